//! verdict: deadlock, cause: no_sender
//!
//! Who has not gone home after a minute is sent home, perhaps in the middle of the report.

use std::io;
use std::time::Duration;

use mp::{Process, Queue};

fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::unbounded();
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        };
        started.push(Process::new(work).start()?);
    }
    for clerk in &started {
        if clerk.join_timeout(Duration::from_secs(60)).is_none() {
            clerk.terminate();
            clerk.join();
        }
    }
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    Ok(all)
}

// ---- given: edits below this line are ignored ----

/// A page of a report.
#[derive(serde::Serialize, serde::Deserialize)]
struct Page {
    clerk: usize,
    number: usize,
    text: String,
}

/// The clerk's work: a page, which takes a while.
fn write(clerk: usize, page: usize) -> Page {
    let _inside = mp::section("work");
    println!("clerk {clerk} writes page {page}");
    std::thread::sleep(std::time::Duration::from_millis(100));
    Page {
        clerk,
        number: page,
        text: "bun ".repeat(5_000),
    }
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: usize) -> usize {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (clerks, pages) = (argument(1, 2), argument(2, 5));
    let all = collect(clerks, pages)?;
    for clerk in 1..=clerks {
        let own = || all.iter().filter(|page| page.clerk == clerk);
        let numbers: Vec<usize> = own().map(|page| page.number).collect();
        let letters: usize = own().map(|page| page.text.len()).sum();
        println!("clerk {clerk}: {letters} letters on the pages {numbers:?}");
    }
    println!("pages in all: {}", all.len());
    Ok(())
}
