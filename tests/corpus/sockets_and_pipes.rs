//! Two ends of a socket and of a pipe, in two threads.
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::thread;

fn main() -> std::io::Result<()> {
    let (mut a, mut b) = UnixStream::pair()?;
    let echo = thread::spawn(move || {
        let mut buf = [0u8; 4];
        let mut n = 0;
        loop {
            match b.read_exact(&mut buf) {
                Ok(()) => { buf.reverse(); b.write_all(&buf).unwrap(); n += 1; }
                Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return n,
                Err(e) => panic!("{e}"),
            }
        }
    });
    for word in [b"abcd", b"1234", b"xyzw"] {
        a.write_all(word)?;
        let mut r = [0; 4];
        a.read_exact(&mut r)?;
        println!("{}", std::str::from_utf8(&r).unwrap());
    }
    drop(a);
    println!("{} messages", echo.join().unwrap());
    let (mut r, mut w) = std::io::pipe()?;
    let t = thread::spawn(move || { let mut s = String::new(); r.read_to_string(&mut s).unwrap(); s });
    w.write_all(b"through a pipe")?;
    drop(w);
    println!("{}", t.join().unwrap());
    Ok(())
}
