//! verdict: wrong_output
//!
//! Opens no branch where there are no customers: but it, too, has a till, and a clerk.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Array, Process};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let coins = &Array::new(vec![0_u32; customers.len()]);
    let clerks = &Array::new(vec![0_u32; customers.len()]);
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        if customers > 0 {
            let work = move || {
                trade(branch, customers);
                coins.set(branch, TILL.load(SeqCst));
                clerks.set(branch, process::id());
            };
            started.push(Process::new(work).start()?);
        }
    }
    started.iter().for_each(|branch| drop(branch.join()));
    let account = |branch| Account {
        coins: coins.get(branch),
        clerk: clerks.get(branch),
    };
    Ok((0..customers.len()).map(account).collect())
}
