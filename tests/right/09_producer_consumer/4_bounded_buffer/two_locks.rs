//! verdict: passed
//!
//! Bakers only keep out bakers, and eaters eaters: where the ones insert, the others do not remove,
//! as the semaphores see to that.

use mp::{Lock, Semaphore};

struct Shelf<'a> {
    ring: &'a Ring,
    at_the_tail: Lock,
    at_the_head: Lock,
    room: Semaphore,
    buns: Semaphore,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            at_the_tail: Lock::new(),
            at_the_head: Lock::new(),
            room: Semaphore::new(ring.places()),
            buns: Semaphore::new(0),
        }
    }

    fn put(&self, bun: u32) {
        self.room.acquire();
        self.at_the_tail.acquire();
        self.ring.insert(bun);
        self.at_the_tail.release();
        self.buns.release();
    }

    fn take(&self) -> u32 {
        self.buns.acquire();
        self.at_the_head.acquire();
        let bun = self.ring.remove();
        self.at_the_head.release();
        self.room.release();
        bun
    }
}
