//! verdict: panic, cause: sleep_as_sync
//!
//! Ten seconds are enough for every clerk, but for the one that is kept waiting.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::{List, Manager, Process};

fn open_shop(customers: &[u32]) -> io::Result<Vec<Entry>> {
    let manager = Manager::start()?;
    let book: List<Entry> = manager.list()?;
    for (number, &customers) in (1..).zip(customers) {
        let book = &book;
        Process::new(move || clerk(number, customers, book)).start()?;
    }
    sleep(Duration::from_secs(10));
    book.to_vec()
}

// ---- given: edits below this line are ignored ----

/// A line in the book.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Entry {
    clerk: usize,
    buns: u32,
    /// The process that wrote it.
    pid: u32,
}

/// A clerk's day: sells two buns to each customer, and writes it down in the end.
fn clerk(number: usize, customers: u32, book: &mp::List<Entry>) {
    let pid = std::process::id();
    let inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    let entry = Entry {
        clerk: number,
        buns: 2 * customers,
        pid,
    };
    drop(inside);
    println!("clerk {number} sold {} buns", entry.buns);
    book.push(entry).expect("the manager keeps the book");
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
        for Entry { clerk, buns, pid } in entries {
            println!("clerk {clerk}, process {pid}: {buns} buns");
        }
    }
}
