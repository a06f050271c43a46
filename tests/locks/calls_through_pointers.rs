//! verdict: wrong_order, lost_update
//! why: Thread-1 read Atomic-1 (line 12), then Thread-2 changed it (line 13)
//! A function's pointer has the line of the function, which is not the program's: that is never told.

use std::sync::atomic::{AtomicU32, Ordering};

static BUNS: AtomicU32 = AtomicU32::new(0);
const LOOK: fn(&AtomicU32, Ordering) -> u32 = AtomicU32::load;
const PUT: fn(&AtomicU32, u32, Ordering) = AtomicU32::store;

fn bake() {
    let buns = LOOK(&BUNS, Ordering::SeqCst);
    PUT(&BUNS, buns + 1, Ordering::SeqCst);
}

fn main() {
    std::thread::scope(|s| {
        s.spawn(bake);
        s.spawn(bake);
    });
    println!("{}", BUNS.load(Ordering::SeqCst));
}
