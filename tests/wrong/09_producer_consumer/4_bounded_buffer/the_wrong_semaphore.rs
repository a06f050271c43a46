//! verdict: deadlock, cause: nobody_left
//!
//! Each gives back the permit that it took: nobody ever learns of a bun.

use mp::{Lock, Semaphore};

struct Shelf<'a> {
    ring: &'a Ring,
    lock: Lock,
    room: Semaphore,
    buns: Semaphore,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            lock: Lock::named("ring"),
            room: Semaphore::named("room", ring.places()),
            buns: Semaphore::named("buns", 0),
        }
    }

    fn put(&self, bun: u32) {
        self.room.acquire();
        let held = self.lock.lock();
        self.ring.insert(bun);
        drop(held);
        self.room.release();
    }

    fn take(&self) -> u32 {
        self.buns.acquire();
        let held = self.lock.lock();
        let bun = self.ring.remove();
        drop(held);
        self.buns.release();
        bun
    }
}
