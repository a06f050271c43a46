//! Read while the manager lives.
//!
//! What a manager keeps is in its own process, and gone with it. The process ends when the
//! `Manager` is dropped: at the end of its scope, or by `shutdown`. Every proxy is of no use from
//! then on, and each call on it is an error. So a result has to be read before that, and whoever
//! still uses a proxy has to be waited for before that.
//!
//! The task: one day in the shop. Write `open_shop`: it starts a manager that keeps the book, which
//! is a list (one for all clerks, or several), and the clerks of the day, numbered from 1, each in
//! a process of its own: `clerk(number, customers, book)`. All of them work at the same time. When
//! they have gone home, and their processes have been joined, it returns all entries that the
//! clerks have written into the book, in any order. The manager has nothing to do after that, and
//! may go.
//!
//! Each argument is a day: `4-2` has two clerks, with 4 customers and with 2.
//!
//! Why it matters: whatever stands for something elsewhere, such as a connection, a handle, or the
//! name of a temporary file, is worth nothing when that has gone. Inside a process Rust's lifetimes
//! would tell you; from another process nobody can borrow.
//!
//! Try it by hand:  `course run 11_manager/3_lifetime 4-2 3-5-1`
//! Check it:        `course check 11_manager/3_lifetime`

use std::io;

use mp::{List, Manager, Process};

/// One day: lets the clerks write into a book, and returns all its entries. `customers` has the
/// number of customers of each clerk.
fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    // TODO: who has to have ended before the manager does, and what has to be read?
    todo!()
}

// ---- given: edits below this line are ignored ----

use day::{Entry, clerk};

/// Only here entries are made.
mod day {
    /// A line in the book.
    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Entry {
        pub clerk: usize,
        pub buns: u32,
        /// The process that wrote it.
        pid: u32,
    }

    impl std::fmt::Display for Entry {
        fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
            let Entry { clerk, buns, pid } = self;
            write!(f, "clerk {clerk}, process {pid}: {buns} buns")
        }
    }

    /// A clerk's day: sells two buns to each customer, and writes it down in the end.
    pub fn clerk(number: usize, customers: u32, book: &mp::List<Entry>) {
        let pid = std::process::id();
        let inside = mp::section("serve");
        std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
        let entry = Entry {
            clerk: number,
            buns: 2 * customers,
            pid,
        };
        println!("clerk {number} sold {} buns", entry.buns);
        drop(inside);
        book.push(entry).expect("the manager keeps the book");
    }
}

/// Reads `4-2`: one clerk with 4 customers, and one with 2.
fn parse(day: &str) -> Vec<u32> {
    let numbers = day.split('-').filter_map(|text| text.parse().ok());
    numbers.collect()
}

fn main() {
    let mut days: Vec<String> = std::env::args().skip(1).collect();
    if days.is_empty() {
        days = ["4-2", "3-5-1"].map(String::from).to_vec();
    }
    for day in &days {
        let entries = open_shop(&parse(day));
        let mut entries = entries.expect("open_shop returns what is in the book");
        entries.sort_by_key(|entry| entry.clerk);
        println!("day {day}: {} entries", entries.len());
        for entry in entries {
            println!("{entry}");
        }
    }
}
