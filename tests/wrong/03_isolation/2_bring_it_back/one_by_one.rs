//! verdict: requirement
//!
//! A branch is opened when the one before has closed.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Process, Value};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let (coins, clerk) = (Value::new(0_u32), Value::new(0_u32));
        let work = || {
            trade(branch, customers);
            coins.set(TILL.load(SeqCst));
            clerk.set(process::id());
        };
        Process::new(work).start()?.join();
        accounts.push(Account {
            coins: coins.get(),
            clerk: clerk.get(),
        });
    }
    Ok(accounts)
}
