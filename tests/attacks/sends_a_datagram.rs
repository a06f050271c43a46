//! attack: a datagram is sent; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: not permitted

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    let socket = std::net::UdpSocket::bind("127.0.0.1:0").expect("can be made");
    socket.send_to(b"hacked", "127.0.0.1:@PORT@").expect("can be sent");
    Ok(())
}

// ---- given: edits below this line are ignored ----
