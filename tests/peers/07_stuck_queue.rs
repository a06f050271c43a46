//! bug: deadlock, cause: lost_wakeup
//!
//! A shelf for one bun with one condition for both sides: a notification can wake the wrong one.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

struct Shelf {
    buns: Mutex<VecDeque<u32>>,
    filled: Condvar,
    emptied: Condvar,
}

fn main() {
    let bug = bug();
    let shelf = Arc::new(Shelf {
        buns: Mutex::new(VecDeque::new()),
        filled: Condvar::new(),
        emptied: Condvar::new(),
    });
    let emptied = move |shelf: &'static Shelf| if bug { &shelf.filled } else { &shelf.emptied };
    let shelf: &'static Shelf = Box::leak(Box::new(Arc::into_inner(shelf).expect("only one")));
    let mut threads = Vec::new();
    for _ in 0..2 {
        threads.push(thread::spawn(move || {
            for _ in 0..2 {
                let mut buns = shelf.buns.lock().unwrap();
                while buns.is_empty() {
                    buns = shelf.filled.wait(buns).unwrap();
                }
                buns.pop_front();
                drop(buns);
                emptied(shelf).notify_one();
            }
        }));
        threads.push(thread::spawn(move || {
            for bun in 0..2 {
                let mut buns = shelf.buns.lock().unwrap();
                while buns.len() == 1 {
                    buns = emptied(shelf).wait(buns).unwrap();
                }
                buns.push_back(bun);
                drop(buns);
                shelf.filled.notify_one();
            }
        }));
    }
    for thread in threads {
        thread.join().unwrap();
    }
}
