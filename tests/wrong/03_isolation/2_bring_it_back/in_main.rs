//! verdict: wrong_output
//!
//! A cheat: main trades for every branch, and empties its till after each.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let mut accounts = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        trade(branch, customers);
        accounts.push(Account {
            coins: TILL.swap(100, SeqCst),
            clerk: process::id(),
        });
    }
    Ok(accounts)
}
