//! Drain before you join.
//!
//! A queue between processes has room for 64 KiB on its way. What a process has put beyond that
//! stays with it, and the process stays, too: it does not end before somebody has taken what it
//! put. So whoever joins it first, and wants to read afterwards, waits for ever.
//!
//! The task: each clerk, in a process of its own, writes a report of several pages with `write`,
//! all clerks at the same time, and sends them to main, through a queue say. Write `collect`: it
//! starts the clerks and returns all pages, each clerk's in the order of their numbers. When it
//! returns, all clerks have gone home: their processes have been joined. Nobody asks again and
//! again whether there is another page, or whether a clerk is still there.
//!
//! A clerk's pages are numbered from 1, and so are the clerks. Page 1 is written first, then 2.
//! A page is 20 KB long.
//!
//! The arguments are how many clerks there are, and how many pages each of them writes.
//!
//! Why it matters: it works as long as the reports are short. Try `2 1`, and then `2 5`.
//!
//! Try it by hand:  `course run 08_ipc/3_drain_before_join 2 5`
//! Check it:        `course check 08_ipc/3_drain_before_join`

use std::io;

use mp::{Process, Queue};

/// Has all clerks write all their pages, and returns these when the clerks have gone home.
fn collect(clerks: usize, pages: usize) -> io::Result<Vec<Page>> {
    let report = &Queue::named("report", 0);
    let mut started = Vec::new();
    for clerk in 1..=clerks {
        let work = move || {
            for page in 1..=pages {
                report.put(write(clerk, page));
            }
        };
        started.push(Process::new(work).start()?);
    }
    // As many as there are, not until there are none; and all before the first join, because a
    // clerk with long pages cannot go home before they are taken.
    let all = (0..clerks * pages).map(|_| report.get()).collect();
    for clerk in &started {
        clerk.join();
    }
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
    let _inside = mp::section("write");
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
