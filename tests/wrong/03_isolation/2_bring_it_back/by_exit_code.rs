//! verdict: wrong_output
//!
//! An exit code has eight bits: of 304 coins, 48 arrive.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::Process;

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let work = move || {
            trade(branch, customers);
            process::exit(TILL.load(SeqCst).cast_signed());
        };
        started.push(Process::new(work).start()?);
    }
    let accounts = started.iter().map(|child| Account {
        coins: child.join().unsigned_abs(),
        clerk: child.pid(),
    });
    Ok(accounts.collect())
}
