//! A main with as many children as the argument says, each of which takes one lock once.

use mp::{Lock, Process};

fn main() -> std::io::Result<()> {
    let number = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(5);
    let lock = &Lock::new();
    let mut children = Vec::new();
    for _ in 0..number {
        children.push(Process::new(move || drop(lock.lock())).start()?);
    }
    for child in &children {
        child.join();
    }
    Ok(())
}
