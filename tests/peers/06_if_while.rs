//! bug: panic, cause: if_not_while
//!
//! Two consumers wait with `if` for a queue that is not empty.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn take(shelf: &Mutex<VecDeque<usize>>, filled: &Condvar, bug: bool) -> usize {
    let mut buns = shelf.lock().unwrap();
    if bug {
        if buns.is_empty() {
            buns = filled.wait(buns).unwrap();
        }
    } else {
        while buns.is_empty() {
            buns = filled.wait(buns).unwrap();
        }
    }
    buns.pop_front().expect("there is a bun")
}

fn main() {
    let bug = bug();
    let shop = Arc::new((Mutex::new(VecDeque::new()), Condvar::new()));
    let eaters = [0, 1].map(|_| {
        let shop = Arc::clone(&shop);
        thread::spawn(move || take(&shop.0, &shop.1, bug))
    });
    for bun in 0..2 {
        shop.0.lock().unwrap().push_back(bun);
        shop.1.notify_one();
    }
    for eater in eaters {
        eater.join().unwrap();
    }
}
