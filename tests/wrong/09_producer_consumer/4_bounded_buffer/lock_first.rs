//! verdict: deadlock, cause: held_while_waiting
//!
//! First the lock, then the semaphore: whoever waits for room keeps out those who could make some.

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
        let _held = self.lock.lock();
        self.room.acquire();
        self.ring.insert(bun);
        self.buns.release();
    }

    fn take(&self) -> u32 {
        let _held = self.lock.lock();
        self.buns.acquire();
        let bun = self.ring.remove();
        self.room.release();
        bun
    }
}
