//! verdict: wrong_order, cause: sleep_as_sync
//!
//! Main gives the branches an hour, and reads then.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;
use std::thread::sleep;
use std::time::Duration;

use mp::{Array, Process};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let results = &Array::new(vec![0_u32; 2 * customers.len()]);
    for (branch, &customers) in customers.iter().enumerate() {
        let work = move || {
            trade(branch, customers);
            results.set(2 * branch, TILL.load(SeqCst));
            results.set(2 * branch + 1, process::id());
        };
        Process::new(work).start()?;
    }
    sleep(Duration::from_secs(3600));
    let account = |branch| Account {
        coins: results.get(2 * branch),
        clerk: results.get(2 * branch + 1),
    };
    Ok((0..customers.len()).map(account).collect())
}
