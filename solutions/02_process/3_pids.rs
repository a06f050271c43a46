//! Who am I, and who started me?
//!
//! The operating system gives every process a number, its pid. A process can ask for its own with
//! `std::process::id()`, and for that of the process which started it with `parent_id()`. The one
//! that starts a child learns the child's pid from `Child::pid()`. A process can also have a name
//! for people to read: set it before the start, and ask for it with `mp::current().name()`.
//!
//! The task: fill in `introduce`, which tells about whichever process calls it, and `hire`, which
//! starts a process, waits for it, and returns its pid. The line for a process named ada is
//! `ada: process 40002, started by 40001`, with the true numbers. Nobody asks again and again.
//!
//! Why it matters: a value that was computed before the start is a value of the parent. The same
//! line of code gives another answer in another process, and logs, signals and locks depend on it.
//!
//! Try it by hand:  `course run 02_process/3_pids ada ben`
//! Check it:        `course check 02_process/3_pids`

use std::io;
use std::os::unix::process::parent_id;
use std::process;

use mp::Process;

/// One line about the process that calls it: its name, its pid, the pid of its parent.
fn introduce() -> String {
    // All three are asked for at the moment of the call, so they are those of the calling process.
    let name = mp::current().name();
    format!(
        "{name}: process {}, started by {}",
        process::id(),
        parent_id()
    )
}

/// Runs `work` in a process named `name`, waits until it has ended, and returns its pid.
fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    // The parent learns the pid from the child's handle, which stays valid after the child ended.
    let child = Process::new(work).name(name).start()?;
    child.join();
    Ok(child.pid())
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
        let badge = mp::Value::named("badge", 0_u32);
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
