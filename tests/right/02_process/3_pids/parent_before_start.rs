//! verdict: passed
//!
//! Another right answer: the pid is noted before the wait.

use std::io;
use std::os::unix::process::parent_id;

use mp::Process;

fn introduce() -> String {
    let (pid, parent) = (std::process::id(), parent_id());
    [
        mp::current().name(),
        format!(": process {pid}, started by {parent}"),
    ]
    .concat()
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(move || work()).name(name).start()?;
    let pid = child.pid();
    child.join();
    Ok(pid)
}

// ---- given: edits below this line are ignored ----

fn main() -> std::io::Result<()> {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    if names.is_empty() {
        names = vec!["ada".to_owned(), "ben".to_owned()];
    }
    println!("the shop is process {}", std::process::id());
    for name in &names {
        // The child leaves its own pid here, where the parent can read it.
        let badge = mp::Value::new(0_u32);
        let pid = hire(name, || {
            println!("{}", introduce());
            badge.set(std::process::id());
        })?;
        println!("the shop knows {name} as process {pid}");
        println!(
            "{name} wears the badge of that process: {}",
            badge.get() == pid
        );
    }
    Ok(())
}
