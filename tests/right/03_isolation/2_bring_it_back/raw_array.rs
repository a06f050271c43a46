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
