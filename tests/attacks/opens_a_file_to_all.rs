//! attack: the rights of a file outside are changed; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: not permitted

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let all = fs::Permissions::from_mode(0o777);
    fs::set_permissions("@OUTSIDE@/canary", all).expect("can be changed");
    Ok(())
}

// ---- given: edits below this line are ignored ----
