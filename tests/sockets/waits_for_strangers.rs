//! verdict: inconclusive, none
//! line: 9
//! says: somebody from outside
//! A server for others is no mistake, and nobody comes while it is checked.
use std::net::TcpListener;

fn main() {
    let listener = TcpListener::bind("127.0.0.1:28463").unwrap();
    for guest in listener.incoming() {
        drop(guest);
    }
}
