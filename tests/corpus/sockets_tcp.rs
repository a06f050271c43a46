//! A server and its clients, over TCP.
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

fn handle(stream: TcpStream) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        writeln!(out, "{}", line.chars().rev().collect::<String>())?;
    }
    Ok(())
}

fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let addr = listener.local_addr()?;
    let server = thread::spawn(move || {
        let hs: Vec<_> = listener.incoming().take(2).map(|s| thread::spawn(move || handle(s.unwrap()).unwrap())).collect();
        for h in hs { h.join().unwrap(); }
    });
    let clients: Vec<_> = ["hello\nworld\n", "bun\n"].into_iter().map(|text| thread::spawn(move || {
        let mut s = TcpStream::connect(addr).unwrap();
        s.write_all(text.as_bytes()).unwrap();
        s.shutdown(Shutdown::Write).unwrap();
        let mut back = String::new();
        s.read_to_string(&mut back).unwrap();
        back
    })).collect();
    for c in clients { print!("{}", c.join().unwrap()); }
    server.join().unwrap();
    Ok(())
}
