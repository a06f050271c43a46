//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Main sleeps instead of waiting for the child's end.

use std::io;
use std::os::unix::process::parent_id;
use std::process;
use std::thread::sleep;
use std::time::Duration;

use mp::Process;

fn introduce() -> String {
    let name = mp::current().name();
    format!(
        "{name}: process {}, started by {}",
        process::id(),
        parent_id()
    )
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    sleep(Duration::from_secs(1));
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
