//! verdict: wrong_output
//!
//! Counts the buns, and lets bakers put as many as they like.

use mp::{Lock, Semaphore};

struct Shelf<'a> {
    ring: &'a Ring,
    lock: Lock,
    buns: Semaphore,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            lock: Lock::new(),
            buns: Semaphore::new(0),
        }
    }

    fn put(&self, bun: u32) {
        let held = self.lock.lock();
        self.ring.insert(bun);
        drop(held);
        self.buns.release();
    }

    fn take(&self) -> u32 {
        self.buns.acquire();
        let held = self.lock.lock();
        let bun = self.ring.remove();
        drop(held);
        bun
    }
}
