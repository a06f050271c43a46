//! attack: a shell is to do what the program may not; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    let mut shell = std::process::Command::new("/bin/sh");
    shell.args(["-c", "echo hacked > @OUTSIDE@/canary"]);
    shell.status().expect("can be started");
    Ok(())
}

// ---- given: edits below this line are ignored ----
