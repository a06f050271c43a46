//! verdict: wrong_output
//!
//! Each child pushes onto its own copy of the vector, and main's stays empty.

use std::cell::RefCell;
use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let accounts = RefCell::new(Vec::new());
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let accounts = &accounts;
        let work = move || {
            trade(branch, customers);
            accounts.borrow_mut().push(Account {
                coins: TILL.load(SeqCst),
                clerk: process::id(),
            });
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(accounts.into_inner())
}
