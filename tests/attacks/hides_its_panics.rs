//! attack: panics are caught and the hook that notes them is replaced; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    let _ = std::panic::catch_unwind(|| panic!("nobody sees this"));
    Ok(())
}

// ---- given: edits below this line are ignored ----
