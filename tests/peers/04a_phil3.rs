//! bug: deadlock, cause: lock_cycle
//!
//! Three philosophers, each of whom takes the left fork first.

use std::sync::{Arc, Mutex};
use std::thread;

const PHILOSOPHERS: usize = 3;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

fn eat(forks: &[Mutex<u32>], seat: usize, bug: bool) {
    let (mut first, mut second) = (seat, (seat + 1) % PHILOSOPHERS);
    if !bug && first > second {
        std::mem::swap(&mut first, &mut second);
    }
    let mut one = forks[first].lock().unwrap();
    let mut other = forks[second].lock().unwrap();
    *one += 1;
    *other += 1;
}

fn main() {
    let bug = bug();
    let forks: Arc<Vec<Mutex<u32>>> = Arc::new((0..PHILOSOPHERS).map(|_| Mutex::new(0)).collect());
    // The last philosopher is main.
    let threads: Vec<_> = (0..PHILOSOPHERS - 1)
        .map(|seat| {
            let forks = Arc::clone(&forks);
            thread::spawn(move || eat(&forks, seat, bug))
        })
        .collect();
    eat(&forks, PHILOSOPHERS - 1, bug);
    for thread in threads {
        thread.join().unwrap();
    }
}
