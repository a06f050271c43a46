//! Ids: `/proc` tells the same ones as the calls do.
use std::fs;
use std::io;
use std::os::unix::process::parent_id;
use std::process;

/// The number after this word in a status.
fn told(status: &str, word: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix(word))?;
    line.trim().parse().ok()
}

fn main() -> io::Result<()> {
    let own = process::id();
    let link = fs::read_link("/proc/self")?;
    println!("{}", link.to_str() == Some(&own.to_string()));
    let thread = fs::read_link("/proc/thread-self")?;
    println!("{}", thread.starts_with(own.to_string()));
    for folder in ["self".to_owned(), "thread-self".to_owned(), own.to_string()] {
        let status = fs::read_to_string(format!("/proc/{folder}/status"))?;
        println!("{}", told(&status, "Pid:") == Some(own));
        println!("{}", told(&status, "PPid:") == Some(parent_id()));
        let stat = fs::read_to_string(format!("/proc/{folder}/stat"))?;
        println!("{}", stat.starts_with(&format!("{own} (")));
    }
    println!("{}", fs::read_to_string("/proc/uptime")?.contains('.'));
    println!("{}", fs::metadata(format!("/proc/{own}")).is_ok());
    Ok(())
}
