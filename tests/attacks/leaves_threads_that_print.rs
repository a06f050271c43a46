//! attack: threads print on while main sleeps for ever; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0; slow

use std::io;
fn open_shop(_w: u32) -> io::Result<()> {
    for _ in 0..3 {
        std::thread::spawn(|| {
            loop {
                std::thread::sleep(std::time::Duration::from_secs(1));
                print!(".");
            }
        });
    }
    std::thread::sleep(std::time::Duration::MAX);
    Ok(())
}

// ---- given: edits below this line are ignored ----
