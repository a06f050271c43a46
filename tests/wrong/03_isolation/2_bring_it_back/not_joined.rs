//! verdict: wrong_output, cause: unjoined
//!
//! Main reads what the branches bring home before they have brought it.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

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
    let account = |branch| Account {
        coins: results.get(2 * branch),
        clerk: results.get(2 * branch + 1),
    };
    Ok((0..customers.len()).map(account).collect())
}

// ---- given: edits below this line are ignored ----

/// The coins in the till, as far as this process knows.
static TILL: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(100);

/// What a branch brings home.
struct Account {
    coins: u32,
    clerk: u32,
}

/// Serves the customers of a branch; their coins go into `TILL`.
fn trade(branch: usize, customers: u32) {
    println!("branch {branch} serves {customers} customers");
    for customer in 1..=customers {
        let price = 5 + (3 * customer) % 7;
        TILL.fetch_add(price, std::sync::atomic::Ordering::SeqCst);
    }
}

fn main() -> std::io::Result<()> {
    let args = std::env::args().skip(1);
    let mut customers: Vec<u32> = args.filter_map(|text| text.parse().ok()).collect();
    if customers.is_empty() {
        customers = vec![12, 3];
    }
    for (branch, account) in open_branches(&customers)?.iter().enumerate() {
        let Account { coins, clerk } = account;
        println!("branch {branch}: {coins} coins, counted by process {clerk}");
    }
    let own = TILL.load(std::sync::atomic::Ordering::SeqCst);
    println!("main's own till: {own} coins");
    Ok(())
}
