//! verdict: data_race
//!
//! The semaphores count right, but nobody is kept out of the ring.

use mp::Semaphore;

struct Shelf<'a> {
    ring: &'a Ring,
    room: Semaphore,
    buns: Semaphore,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            room: Semaphore::named("room", ring.places()),
            buns: Semaphore::named("buns", 0),
        }
    }

    fn put(&self, bun: u32) {
        self.room.acquire();
        self.ring.insert(bun);
        self.buns.release();
    }

    fn take(&self) -> u32 {
        self.buns.acquire();
        let bun = self.ring.remove();
        self.room.release();
        bun
    }
}
