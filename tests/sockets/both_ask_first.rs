//! verdict: deadlock, none
//! line: 19
//! says: Thread-1 waits for something to read from a socket (line 14), and only main could write to it
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

fn main() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let baker = thread::spawn(move || {
        let mut shop = TcpStream::connect(address).unwrap();
        let mut order = [0; 2];
        shop.read_exact(&mut order).unwrap();
        shop.write_all(b"buns").unwrap();
    });
    let (mut shop, _) = listener.accept().unwrap();
    let mut buns = [0; 4];
    shop.read_exact(&mut buns).unwrap();
    shop.write_all(b"2!").unwrap();
    baker.join().unwrap();
}
