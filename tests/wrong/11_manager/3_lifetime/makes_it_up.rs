//! verdict: build_error
//!
//! A cheat: nobody sells, and main writes the book from what it knows, and with its own pid.

use std::{io, process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let entry = |(at, &customers): (usize, &u32)| Entry {
        clerk: at + 1,
        buns: 2 * customers,
        pid: process::id(),
    };
    for (number, customers) in (1..).zip(customers) {
        println!("clerk {number} sold {} buns", 2 * customers);
    }
    Ok(customers.iter().enumerate().map(entry).collect())
}
