//! Real programs, started, fed, read, waited for and killed.
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

fn feed(mut stdin: ChildStdin) -> io::Result<()> {
    for word in ["pear", "apple", "zebra", "fig"] {
        writeln!(stdin, "{word}")?;
    }
    Ok(())
}

fn sorted() -> io::Result<()> {
    let mut sort = Command::new("sort");
    let mut sort = sort.arg("-r").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (stdin, stdout) = (sort.stdin.take().unwrap(), sort.stdout.take().unwrap());
    let writer = thread::spawn(move || feed(stdin));
    for line in BufReader::new(stdout).lines() {
        println!("{}", line?);
    }
    writer.join().unwrap()?;
    println!("{}", sort.wait()?);
    Ok(())
}

fn asked_at_once() {
    let ask = |number: usize| {
        let sum = Command::new("expr").args([&number.to_string(), "+", "5"]).output();
        String::from_utf8(sum.unwrap().stdout).unwrap()
    };
    let all: Vec<_> = (0..3).map(|number| thread::spawn(move || ask(number))).collect();
    for sum in all {
        print!("{}", sum.join().unwrap());
    }
}

fn beside_somebody_busy() -> io::Result<()> {
    static DONE: AtomicBool = AtomicBool::new(false);
    let ticks = thread::spawn(|| {
        while !DONE.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(1));
        }
    });
    println!("{}", Command::new("true").status()?);
    DONE.store(true, Ordering::SeqCst);
    ticks.join().unwrap();
    Ok(())
}

fn more_than_a_pipe_holds() -> io::Result<()> {
    let mut cat = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let mut stdin = cat.stdin.take().unwrap();
    let writer = thread::spawn(move || stdin.write_all(&[b'x'; 300_000]));
    let mut back = Vec::new();
    cat.stdout.take().unwrap().read_to_end(&mut back)?;
    writer.join().unwrap()?;
    println!("{} bytes, {}", back.len(), cat.wait()?);
    Ok(())
}

fn main() -> io::Result<()> {
    sorted()?;
    asked_at_once();
    beside_somebody_busy()?;
    more_than_a_pipe_holds()?;
    let mut endless = Command::new("sleep").arg("100").spawn()?;
    endless.kill()?;
    println!("{:?}", endless.wait()?.code());
    let said = Command::new("sh").args(["-c", "echo out; echo err >&2; exit 3"]).output()?;
    println!("{:?} {:?}", String::from_utf8_lossy(&said.stdout), said.status.code());
    Ok(())
}
