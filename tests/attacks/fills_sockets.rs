//! attack: processes fill sockets that nobody reads, which takes the system's own memory; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow
//! message: more in its schedules than a check can follow

use std::io::{self, Write};
use std::os::unix::net::UnixStream;

use mp::{Event, Process};

fn fill() {
    let mut kept = Vec::new();
    while let Ok((near, mut far)) = UnixStream::pair() {
        far.set_nonblocking(true).expect("can be set");
        while far.write(&[0; 1 << 16]).is_ok() {}
        kept.push((near, far));
    }
    Event::new().wait();
}

fn open_shop(_workers: u32) -> io::Result<()> {
    let start = |_| Process::new(fill).start();
    let filling: Vec<_> = (0..60).map(start).collect::<Result<_, _>>()?;
    for child in &filling {
        child.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----
