//! verdict: wrong_output
//!
//! The number of coins is computed, by prices that are made up. Nothing comes home but the pid, which
//! the parent knows.

use std::io;

use mp::Process;

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let mut children = Vec::new();
    for (branch, &n) in customers.iter().enumerate() {
        children.push(Process::new(move || trade(branch, n)).start()?);
    }
    let sum = |n: u32| 100 + (1..=n).map(|c| 5 + (3 * c) % 7).sum::<u32>();
    let accounts = children.iter().zip(customers).map(|(child, &n)| {
        child.join();
        Account { coins: sum(n), clerk: child.pid() }
    });
    Ok(accounts.collect())
}
