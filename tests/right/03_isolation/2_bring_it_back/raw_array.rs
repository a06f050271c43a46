//! verdict: passed
//!
//! Another right answer: no lock is needed where each process writes its own elements, and the
//! joins come between the writing and the reading. The last branch opens first.

use std::io;
use std::process;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Process, RawArray, Run};

struct Branch<'a> {
    number: usize,
    customers: u32,
    results: &'a RawArray<u32>,
}

impl Run for Branch<'_> {
    fn run(&mut self) {
        trade(self.number, self.customers);
        self.results.set(2 * self.number, TILL.load(SeqCst));
        self.results.set(2 * self.number + 1, process::id());
    }
}

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let results = RawArray::new(vec![0_u32; 2 * customers.len()]);
    let mut started = Vec::new();
    for (number, &customers) in customers.iter().enumerate().rev() {
        let branch = Branch {
            number,
            customers,
            results: &results,
        };
        started.push(Process::of(branch).start()?);
    }
    while let Some(child) = started.pop() {
        child.join();
    }
    let numbers: Vec<u32> = (0..results.len()).map(|index| results.get(index)).collect();
    let pairs = numbers.chunks_exact(2);
    Ok(pairs
        .map(|pair| Account {
            coins: pair[0],
            clerk: pair[1],
        })
        .collect())
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
