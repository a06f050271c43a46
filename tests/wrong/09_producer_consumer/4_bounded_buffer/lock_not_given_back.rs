//! verdict: deadlock, cause: held_while_waiting
//!
//! Takes the lock by hand, and goes away with the bun without giving it back.

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
        self.buns.release();
    }

    fn take(&self) -> u32 {
        self.buns.acquire();
        self.lock.acquire();
        let bun = self.ring.remove();
        self.room.release();
        bun
    }
}
