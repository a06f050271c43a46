//! Reading standard input, which has nothing to say.
use std::io::{self, BufRead, Read, Write};

fn main() {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line).expect("can be read");
    println!("{read} {line:?}");
    println!("{}", io::stdin().lock().lines().count());
    let mut rest = Vec::new();
    io::stdin().read_to_end(&mut rest).expect("can be read");
    let mut out = io::stdout().lock();
    writeln!(out, "{} bytes", rest.len()).unwrap();
    out.write_all(b"raw bytes\n").unwrap();
    out.flush().unwrap();
}
