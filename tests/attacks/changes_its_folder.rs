//! attack: it works elsewhere, and leaves something there; exercise: 05_lock/1_two_lines; expect: panic, points: 0; slow
//! message: end

use std::{env, fs, io};
fn open_shop(_w: u32) -> io::Result<()> {
    for p in [
        "/",
        "/tmp",
        "/proc/self/root",
        "/dev/shm",
        "/proc/1/cwd",
        "..",
    ] {
        println!(
            "{p} {:?} {:?} {:?}",
            env::set_current_dir(p).is_ok(),
            fs::write("left-behind", "x").is_ok(),
            fs::read_dir(".").map(|d| d.count()).is_ok()
        );
    }
    println!("{:?}", std::os::unix::fs::chroot("/tmp").is_ok());
    panic!("end")
}

// ---- given: edits below this line are ignored ----
