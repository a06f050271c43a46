//! Bring it back.
//!
//! A child computes in its own memory, and at its end that memory is gone. A result gets home only
//! in something that both sides really share, and that was made before the start: `mp::Value` is
//! one number in shared memory, `mp::Array` several. The child calls `set`, and when the child has
//! ended, the parent calls `get`.
//!
//! The task: an argument such as `12` opens a branch with 12 customers. Write `open_branches`: each
//! branch, in a process of its own, calls `trade(branch, customers)`, and all are open at the same
//! time. `trade` puts the coins into the global `TILL`, which begins with 100 coins in every
//! process. Bring home for each branch an `Account`: what is in the branch's `TILL` in the end, and
//! the pid of the clerk, which is the process that traded.
//!
//! Why it matters: it is the price of isolation. No mistake in a child can spoil its parent's
//! memory, and no result of a child gets into it by itself. (An exit code brings home a number,
//! too, but only from 0 to 255: a full till does not fit.)
//!
//! Try it by hand:  `course run 03_isolation/2_bring_it_back 12 3`
//! Check it:        `course check 03_isolation/2_bring_it_back`

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Array, Process};

/// Opens all branches together, numbered from 0; returns their accounts in this order.
/// `customers` has the number of customers of each branch.
fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    // Made before the start, so that all share them, and with a place for each branch.
    let coins = &Array::named("coins", vec![0_u32; customers.len()]);
    let clerks = &Array::named("clerks", vec![0_u32; customers.len()]);
    let mut started = Vec::new();
    for (branch, &customers) in customers.iter().enumerate() {
        let work = move || {
            trade(branch, customers);
            coins.set(branch, TILL.load(SeqCst));
            clerks.set(branch, process::id());
        };
        started.push(Process::new(work).start()?);
    }
    for branch in &started {
        branch.join();
    }
    // Only the joins make sure that everything has been brought home by now.
    let account = |branch| Account {
        coins: coins.get(branch),
        clerk: clerks.get(branch),
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
    for _ in 0..customers {
        let price = mp::random(5..12) as u32;
        TILL.fetch_add(price, std::sync::atomic::Ordering::SeqCst);
        paid::add(branch, price);
    }
}

/// What the customers of each branch have paid, to compare with. Nobody but `trade` and main look.
mod paid {
    static PAID: std::sync::OnceLock<mp::Array<u32>> = std::sync::OnceLock::new();

    pub(super) fn begin(branches: usize) {
        PAID.get_or_init(|| mp::Array::named("paid", vec![0; branches]));
    }

    pub(super) fn add(branch: usize, price: u32) {
        let paid = PAID.get().expect("main has begun");
        paid.set(branch, paid.get(branch) + price);
    }

    pub(super) fn all(branch: usize) -> u32 {
        PAID.get().map_or(0, |paid| paid.get(branch))
    }
}

fn main() -> std::io::Result<()> {
    let args = std::env::args().skip(1);
    let mut customers: Vec<u32> = args.filter_map(|text| text.parse().ok()).collect();
    if customers.is_empty() {
        customers = vec![12, 3];
    }
    paid::begin(customers.len());
    for (branch, account) in open_branches(&customers)?.iter().enumerate() {
        let Account { coins, clerk } = account;
        let all = 100 + paid::all(branch);
        if *coins == all {
            println!("branch {branch}: all its coins, counted by process {clerk}");
        } else {
            println!("branch {branch}: {coins} of {all} coins, counted by process {clerk}");
        }
    }
    let own = TILL.load(std::sync::atomic::Ordering::SeqCst);
    println!("main's own till: {own} coins");
    Ok(())
}
