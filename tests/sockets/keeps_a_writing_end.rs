//! verdict: deadlock, none
//! line: 15
//! says: Process-1 waits for something to read from a pipe (line 10), and only main could write to it or close it
use std::io::{Read, Write};

fn main() -> std::io::Result<()> {
    let (mut out, mut into) = std::io::pipe()?;
    let reader = mp::Process::new(move || {
        let mut all = String::new();
        out.read_to_string(&mut all).unwrap();
        println!("{all}");
    });
    let reader = reader.start()?;
    into.write_all(b"dough")?;
    reader.join();
    drop(into);
    Ok(())
}
