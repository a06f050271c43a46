//! attack: a socket in the file system is connected to, as a service's would be; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: not permitted

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    std::os::unix::net::UnixStream::connect("@OUTSIDE@/socket").expect("can be made");
    Ok(())
}

// ---- given: edits below this line are ignored ----
