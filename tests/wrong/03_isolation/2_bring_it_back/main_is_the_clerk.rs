//! verdict: wrong_output
//!
//! The pid is asked for outside of the closure: it is main's.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Process, Value};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let tills: Vec<Value<u32>> = customers.iter().map(|_| Value::new(0)).collect();
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let till = &tills[branch];
        let work = move || {
            trade(branch, customers);
            till.set(TILL.load(SeqCst));
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    let account = |till: &Value<u32>| Account {
        coins: till.get(),
        clerk: process::id(),
    };
    Ok(tills.iter().map(account).collect())
}
