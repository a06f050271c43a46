//! attack: names of tasks and locks are markup, escapes and commands; exercise: 05_lock/1_two_lines; expect: panic, points: 0; slow

use std::io;
fn open_shop(_w: u32) -> io::Result<()> {
    let l = mp::Lock::named("</pre><script>alert(1)</script>\u{1b}[31m\n::error::x\u{202e}");
    let p = mp::Process::new(|| panic!("\u{1b}[2J</script>"))
        .name("<img src=x onerror=alert(1)>\n\n::set-output name=result::passed".to_string())
        .start()?;
    std::thread::Builder::new()
        .name("<b>\u{1b}]0;x\u{7}".into())
        .spawn(|| panic!("::error::"))
        .unwrap()
        .join()
        .ok();
    l.acquire();
    p.join();
    l.acquire();
    Ok(())
}

// ---- given: edits below this line are ignored ----
