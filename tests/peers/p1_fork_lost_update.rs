//! bug: panic, cause: lost_update
//!
//! Five processes add one to a shared counter, in two steps.

use mp::{Process, Value};

const PROCESSES: i32 = 5;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn main() -> std::io::Result<()> {
    let bug = bug();
    let counter = &Value::new(0);
    let add = move || {
        if bug {
            counter.set(counter.get() + 1);
        } else {
            counter.lock().update(|n| n + 1);
        }
    };
    let mut children = Vec::new();
    for _ in 0..PROCESSES {
        children.push(Process::new(add).start()?);
    }
    for child in &children {
        child.join();
    }
    assert_eq!(counter.get(), PROCESSES);
    Ok(())
}
