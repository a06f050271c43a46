//! bug: panic, cause: check_then_act
//!
//! Two processes withdraw from one account: counted in one critical section, taken in another.

use mp::{Lock, Process, Value};

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn withdraw(lock: &Lock, balance: &Value<i64>, times: &Value<u32>, bug: bool) {
    let mut guard = Some(lock.lock());
    let enough = balance.get() >= 80;
    if bug {
        guard = None;
    }
    if enough {
        if bug {
            guard = Some(lock.lock());
        }
        balance.set(balance.get() - 80);
        times.set(times.get() + 1);
    }
    drop(guard);
}

fn main() -> std::io::Result<()> {
    let bug = bug();
    let (lock, balance, times) = (&Lock::named("account"), &Value::new(100), &Value::new(0));
    let take = move || withdraw(lock, balance, times, bug);
    let children = [Process::new(take).start()?, Process::new(take).start()?];
    for child in &children {
        child.join();
    }
    assert!(times.get() <= 1);
    Ok(())
}
