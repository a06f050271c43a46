//! bug: panic, cause: not_atomic
//!
//! Three threads: the bug needs three steps of different ones right after each other.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;

/// Steps of each thread that do not matter, before and after those that do.
const NOISE: usize = 0;

/// Whether the program is to be wrong.
fn bug() -> bool {
    std::env::args().nth(1).is_some_and(|word| word == "bug")
}

#[derive(Default)]
struct Shop {
    lock: Mutex<()>,
    baking: AtomicUsize,
    smells: AtomicUsize,
    noise: AtomicUsize,
}

impl Shop {
    fn noise(&self) {
        for _ in 0..NOISE {
            self.noise.fetch_add(1, SeqCst);
        }
    }

    fn locked(&self, bug: bool) -> Option<MutexGuard<'_, ()>> {
        (!bug).then(|| self.lock.lock().unwrap())
    }

    fn bake(&self, bug: bool) {
        self.noise();
        let guard = self.locked(bug);
        self.baking.store(1, SeqCst);
        self.baking.store(0, SeqCst);
        drop(guard);
        self.noise();
    }

    fn smell(&self, bug: bool) {
        self.noise();
        let guard = self.locked(bug);
        let baking = self.baking.load(SeqCst);
        drop(guard);
        if baking == 1 {
            self.smells.store(1, SeqCst);
            self.smells.store(0, SeqCst);
        }
        self.noise();
    }

    fn notice(&self) {
        self.noise();
        assert_eq!(self.smells.load(SeqCst), 0, "somebody noticed");
        self.noise();
    }
}

fn main() {
    let bug = bug();
    let shop = Arc::new(Shop::default());
    let spawn = |act: fn(&Shop, bool)| {
        let shop = Arc::clone(&shop);
        thread::spawn(move || act(&shop, bug))
    };
    let threads = [
        spawn(Shop::bake),
        spawn(Shop::smell),
        spawn(|shop, _| shop.notice()),
    ];
    for thread in threads {
        thread.join().unwrap();
    }
}
