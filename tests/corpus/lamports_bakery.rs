//! Lamport's bakery for three: each waits in a loop that reads much, and lets others go on.
//! (Lamport, "A new solution of Dijkstra's concurrent programming problem", CACM 17:8, 1974.)

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;

const N: usize = 3;
static ENTERING: [AtomicBool; N] = [const { AtomicBool::new(false) }; N];
static NUMBER: [AtomicUsize; N] = [const { AtomicUsize::new(0) }; N];
static INSIDE: AtomicUsize = AtomicUsize::new(0);

fn lock(me: usize) {
    ENTERING[me].store(true, SeqCst);
    let last = NUMBER.iter().map(|number| number.load(SeqCst)).max();
    NUMBER[me].store(last.unwrap_or(0) + 1, SeqCst);
    ENTERING[me].store(false, SeqCst);
    for other in 0..N {
        while ENTERING[other].load(SeqCst) {
            thread::yield_now();
        }
        loop {
            let number = NUMBER[other].load(SeqCst);
            if number == 0 || (number, other) >= (NUMBER[me].load(SeqCst), me) {
                break;
            }
            thread::yield_now();
        }
    }
}

fn main() {
    thread::scope(|scope| {
        for me in 0..N {
            scope.spawn(move || {
                lock(me);
                assert_eq!(INSIDE.fetch_add(1, SeqCst), 0);
                INSIDE.fetch_sub(1, SeqCst);
                NUMBER[me].store(0, SeqCst);
            });
        }
    });
    println!("the bakery is closed");
}
