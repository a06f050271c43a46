//! One line, two requests.
//!
//! A dictionary in a manager belongs to all who have a proxy for it. Each call on the proxy is one
//! request, and the manager does it completely before it looks at the next. But to add 1, which is
//! `d["value"] += 1` in Python, takes two: a `get` and an `insert`. Between them, the manager
//! answers whoever comes. It cannot know that the two belong together.
//!
//! The task: a clerk sells one bun of each kind in `kinds`, in this order: serves it with
//! `serve(kind)`, which takes a while, and sees to it that it is counted in the dictionary `sold`,
//! sooner or later, by whomever. Write `clerk`, and `open_shop`, which starts the clerks, each in a
//! process of its own, and returns when all is counted and all have gone home: their processes have
//! been joined. A kind that was not sold is not in the dictionary. The clerks serve at the same
//! time: nobody waits for somebody else's customer. You may give `clerk` more arguments. Who waits
//! does not ask again and again.
//!
//! The arguments are the number of clerks, and the kinds.
//!
//! Why it matters: stores and databases answer each request in one piece, too, and updates get lost
//! in them every day, between one request and the next.
//!
//! Try it by hand:  `course run 11_manager/1_dict 3 sesame poppy`
//! Check it:        `course check 11_manager/1_dict`

use std::io;

use mp::{Dict, Lock, Process};

/// Serves a bun of each kind, and counts it in `sold`.
fn clerk(kinds: &[String], sold: &Dict<String, u32>, lock: &Lock) -> io::Result<()> {
    for kind in kinds {
        serve(kind);
        // Two requests, one piece: all who change the dictionary hold the same lock.
        let _held = lock.lock();
        let before = sold.get(kind)?.unwrap_or(0);
        sold.insert(kind.clone(), before + 1)?;
    }
    Ok(())
}

/// Lets so many clerks sell, each in a process of its own, and waits for all of them.
fn open_shop(clerks: u32, kinds: &[String], sold: &Dict<String, u32>) -> io::Result<()> {
    // Made before the start, and lent to all.
    let lock = Lock::named("the book's lock");
    let mut started = Vec::new();
    for _ in 0..clerks {
        let work = || clerk(kinds, sold, &lock).expect("the manager is there");
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// Serves a customer, which takes some time.
fn serve(kind: &str) {
    let _inside = mp::section("serve");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    println!("here is your {kind} bun");
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let clerks = args.next().and_then(|text| text.parse().ok()).unwrap_or(3);
    let mut kinds: Vec<String> = args.collect();
    if kinds.is_empty() {
        kinds = ["sesame", "poppy"].map(String::from).to_vec();
    }
    let manager = mp::Manager::start()?;
    let sold = manager.named_dict("sold")?;
    open_shop(clerks, &kinds, &sold)?;
    let mut items = sold.items()?;
    items.sort();
    for (kind, buns) in items {
        println!("{kind} buns sold: {buns}");
    }
    Ok(())
}
