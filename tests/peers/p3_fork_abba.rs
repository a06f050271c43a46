//! bug: deadlock, cause: lock_cycle
//!
//! Two processes take two locks in opposite orders.

use mp::{Lock, Process};

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn both(first: &Lock, second: &Lock) {
    let _first = first.lock();
    let _second = second.lock();
}

fn main() -> std::io::Result<()> {
    let bug = bug();
    let (left, right) = (&Lock::named("left"), &Lock::named("right"));
    let one = Process::new(|| both(left, right)).start()?;
    let other = Process::new(|| {
        if bug {
            both(right, left);
        } else {
            both(left, right);
        }
    })
    .start()?;
    one.join();
    other.join();
    Ok(())
}
