//! attack: the time and the rights of its own executable tell later schedules, and other users, of earlier ones; exercise: 05_lock/1_two_lines; expect: panic, points: 0; slow
//! message: not permitted

use std::fs::{self, File, FileTimes, Permissions};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

fn open_shop(_workers: u32) -> io::Result<()> {
    let program = File::open(fs::read_link("/proc/self/exe")?)?;
    let later = program.metadata()?.modified()? + Duration::from_secs(1);
    let timed = program.set_times(FileTimes::new().set_modified(later));
    // As its owner's, whoever starts it.
    let shared = program.set_permissions(Permissions::from_mode(0o4755));
    timed.and(shared).expect("can be set");
    Ok(())
}

// ---- given: edits below this line are ignored ----
