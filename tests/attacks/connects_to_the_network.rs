//! attack: a connection to this machine is made; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: not permitted

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    std::net::TcpStream::connect("127.0.0.1:@PORT@").expect("can be made");
    Ok(())
}

// ---- given: edits below this line are ignored ----
