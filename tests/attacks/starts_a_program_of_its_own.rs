//! attack: a script is written and started; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: Permission denied

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::write("script", "#!/bin/sh\necho hacked > @OUTSIDE@/canary\n").expect("can be written");
    fs::set_permissions("script", fs::Permissions::from_mode(0o755)).expect("can be changed");
    std::process::Command::new("./script").status().expect("can be started");
    Ok(())
}

// ---- given: edits below this line are ignored ----
