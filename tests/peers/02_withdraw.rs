//! bug: panic, cause: check_then_act
//!
//! Two withdraw from one account: the money is counted in one critical section, taken in another.

use std::sync::{Arc, Mutex};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn withdraw(account: &Mutex<i64>, amount: i64, bug: bool) {
    if bug {
        let enough = *account.lock().unwrap() >= amount;
        if enough {
            *account.lock().unwrap() -= amount;
        }
    } else {
        let mut balance = account.lock().unwrap();
        if *balance >= amount {
            *balance -= amount;
        }
    }
}

fn main() {
    let bug = bug();
    let account = Arc::new(Mutex::new(100));
    let threads = [0, 1].map(|_| {
        let account = Arc::clone(&account);
        thread::spawn(move || withdraw(&account, 80, bug))
    });
    for thread in threads {
        thread.join().unwrap();
    }
    assert!(*account.lock().unwrap() >= 0);
}
