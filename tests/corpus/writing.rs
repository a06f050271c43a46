//! `write!` and `writeln!` to whatever there is: strings, formatters, standard output.
use std::fmt::{self, Write as _};
use std::io::{self, Write};

struct Pair(u32, u32);

impl fmt::Display for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        write!(f, "-{:>width$}", self.1, width = 3)
    }
}

struct Counted<W> {
    inner: W,
    bytes: usize,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len();
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn next(text: &mut String) -> Result<usize, fmt::Error> {
    text.push('!');
    Ok(text.len())
}

fn tail() -> io::Result<()> {
    let name = String::from("tail");
    writeln!(io::stdout(), "{name}")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    write!(text, "{}", Pair(1, 2))?;
    writeln!(text)?;
    writeln!(&mut text, "{0} {0:?} {n}", "x", n = 5,)?;
    let mut other = String::from("o");
    // What was borrowed to be written can be changed by what follows in the same statement.
    write!(text, "{other}").map(|()| other.push('p'))?;
    write!(text, "{}", next(&mut other)?)?;
    print!("{text}{other}\n");
    let mut out = Counted { inner: io::stdout(), bytes: 0 };
    writeln!(out, "{}", Pair(7, 8))?;
    write!(out, "a")?;
    writeln!(out.inner.lock(), "b")?;
    let bytes = out.bytes;
    match writeln!(out, "{bytes} bytes") {
        Ok(()) => println!("written"),
        Err(error) => println!("{error}"),
    }
    if writeln!(io::stderr(), "to standard error").is_ok() {
        tail()?;
    }
    let mut buffer = Vec::new();
    writeln!(buffer, "{:?}", Some(1))?;
    io::stdout().write_all(&buffer)?;
    Ok(())
}
