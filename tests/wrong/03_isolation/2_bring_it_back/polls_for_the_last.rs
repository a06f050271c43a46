//! verdict: wrong_order, cause: unjoined
//!
//! Main polls until the last branch has brought its account, and takes the others for granted.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;
use std::thread::sleep;
use std::time::Duration;

use mp::{Array, Process};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let coins = &Array::new(vec![0_u32; customers.len()]);
    let clerks = &Array::new(vec![0_u32; customers.len()]);
    for (branch, &customers) in customers.iter().enumerate() {
        let work = move || {
            trade(branch, customers);
            coins.set(branch, TILL.load(SeqCst));
            clerks.set(branch, process::id());
        };
        Process::new(work).start()?;
    }
    while clerks.get(customers.len() - 1) == 0 {
        sleep(Duration::from_millis(10));
    }
    let account = |branch| Account {
        coins: coins.get(branch),
        clerk: clerks.get(branch),
    };
    Ok((0..customers.len()).map(account).collect())
}
