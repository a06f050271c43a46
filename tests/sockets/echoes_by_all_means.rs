//! verdict: passed
//! Right: an echo over TCP, a reader that asks again and again, a copy from a pipe to a socket, and a
//! limit of time that runs out where nobody else can do anything.
use std::io::{BufRead, BufReader, ErrorKind, IoSlice, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::Duration;

fn echo() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut back = stream.try_clone().unwrap();
        for line in BufReader::new(stream).lines() {
            let parts = [IoSlice::new(b"> "), IoSlice::new(line.as_ref().unwrap().as_bytes())];
            assert_eq!(back.write_vectored(&parts).unwrap(), 5);
            back.write_all(b"\n").unwrap();
        }
    });
    let mut client = TcpStream::connect(address).unwrap();
    let mut answers = BufReader::new(client.try_clone().unwrap());
    for _ in 0..2 {
        client.write_all(b"bun\n").unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        assert_eq!(line, "> bun\n");
    }
    drop((client, answers));
    server.join().unwrap();
}

fn asks_again() {
    let (mut here, mut there) = UnixStream::pair().unwrap();
    here.set_nonblocking(true).unwrap();
    let writer = thread::spawn(move || there.write_all(b"!").unwrap());
    let mut one = [0];
    while let Err(error) = here.read(&mut one) {
        assert_eq!(error.kind(), ErrorKind::WouldBlock);
    }
    writer.join().unwrap();
}

fn copies() {
    let (mut out, mut into) = std::io::pipe().unwrap();
    let (mut to, mut from) = UnixStream::pair().unwrap();
    let copier = thread::spawn(move || std::io::copy(&mut out, &mut to).unwrap());
    let reader = thread::spawn(move || from.read_to_end(&mut Vec::new()).unwrap());
    into.write_all(&[1; 9000]).unwrap();
    drop(into);
    assert_eq!((copier.join().unwrap(), reader.join().unwrap()), (9000, 9000));
}

fn waits_in_vain() {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(600))).unwrap();
    assert_eq!(socket.recv(&mut [0]).unwrap_err().kind(), ErrorKind::WouldBlock);
}

fn main() {
    echo();
    asks_again();
    copies();
    waits_in_vain();
}
