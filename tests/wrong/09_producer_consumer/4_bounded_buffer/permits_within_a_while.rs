//! verdict: requirement
//!
//! The right semaphores, and a limit of a millisecond after which it asks for a permit once more.

use std::time::Duration;

use mp::{Lock, Semaphore};

struct Shelf<'a> {
    ring: &'a Ring,
    own: Lock,
    room: Semaphore,
    buns: Semaphore,
}

fn acquire(permits: &Semaphore) {
    while !permits.acquire_timeout(Duration::from_millis(1)) {}
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            own: Lock::named("ring"),
            room: Semaphore::named("room", ring.places()),
            buns: Semaphore::named("buns", 0),
        }
    }

    fn put(&self, bun: u32) {
        acquire(&self.room);
        {
            let _held = self.own.lock();
            self.ring.insert(bun);
        }
        self.buns.release();
    }

    fn take(&self) -> u32 {
        acquire(&self.buns);
        let bun = {
            let _held = self.own.lock();
            self.ring.remove()
        };
        self.room.release();
        bun
    }
}
