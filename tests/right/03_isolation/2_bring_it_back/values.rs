//! verdict: passed
//!
//! Another right answer: a value for each branch, and the parent knows the clerk's pid anyway.

use std::io;
use std::sync::atomic::Ordering::SeqCst;

use mp::{Child, Process, Value};

fn open_branches(customers: &[u32]) -> io::Result<Vec<Account>> {
    let tills: Vec<Value<u32>> = customers.iter().map(|_| Value::new(0)).collect();
    let start = |(branch, till)| {
        Process::new(move || {
            trade(branch, customers[branch]);
            Value::set(till, TILL.load(SeqCst));
        })
        .start()
    };
    let started = tills.iter().enumerate().map(start);
    let started = started.collect::<io::Result<Vec<Child>>>()?;
    let brought_home = started.iter().zip(&tills).map(|(child, till)| {
        child.join();
        Account {
            coins: till.get(),
            clerk: child.pid(),
        }
    });
    Ok(brought_home.collect())
}
