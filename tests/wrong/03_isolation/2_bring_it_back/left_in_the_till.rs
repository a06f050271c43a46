//! verdict: wrong_output
//!
//! Main looks into `TILL` after the join: that is main's own, in which nothing has changed.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        started.push(Process::new(move || trade(branch, customers)).start()?);
    }
    let mut accounts = Vec::new();
    for child in &started {
        child.join();
        accounts.push(Account {
            coins: TILL.load(SeqCst),
            clerk: child.pid(),
        });
    }
    Ok(accounts)
}
