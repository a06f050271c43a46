//! verdict: requirement
//!
//! Both lines in one text, which is printed at once and without the lock: nobody promises that it
//! comes out in one piece.

use std::io;
use std::process;

use mp::Process;

fn worker(number: u32) {
    let who = format!("{number}: {}", process::id());
    let text = format!("{who} is running\n{who} is done\n");
    print!("{text}");
}

fn open_shop(workers: u32) -> io::Result<()> {
    let mut started = Vec::new();
    for number in 1..=workers {
        started.push(Process::new(move || worker(number)).start()?);
    }
    started.iter().for_each(|child| drop(child.join()));
    Ok(())
}
