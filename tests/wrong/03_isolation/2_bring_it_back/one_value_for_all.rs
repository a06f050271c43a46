//! verdict: wrong_output
//!
//! One value for all branches: it holds the account of whoever came last.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Process, Value};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let coins = &Value::new(0_u32);
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let work = move || {
            trade(branch, customers);
            coins.set(TILL.load(SeqCst));
        };
        started.push(Process::new(work).start()?);
    }
    let accounts = started.iter().map(|child| {
        child.join();
        Account {
            coins: coins.get(),
            clerk: child.pid(),
        }
    });
    Ok(accounts.collect())
}
