//! verdict: wrong_output
//!
//! `Arc` and `Mutex` share between threads. A process gets a copy of them, like of anything else.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};

use mp::Process;

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let results = Arc::new(Mutex::new(vec![(0, 0); customers.len()]));
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let results = Arc::clone(&results);
        let work = move || {
            trade(branch, customers);
            if let Ok(mut results) = results.lock() {
                results[branch] = (TILL.load(SeqCst), process::id());
            }
        };
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    let results = results.lock().map(|results| results.clone());
    let results = results.unwrap_or_default().into_iter();
    Ok(results
        .map(|(coins, clerk)| Account { coins, clerk })
        .collect())
}
