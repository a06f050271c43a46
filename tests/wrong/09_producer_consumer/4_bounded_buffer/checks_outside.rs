//! verdict: wrong_output
//!
//! Looks for room and for buns before taking the lock.

use mp::Lock;

struct Shelf<'a> {
    ring: &'a Ring,
    lock: Lock,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let lock = Lock::new();
        Self { ring, lock }
    }

    fn put(&self, bun: u32) {
        while self.ring.buns() == self.ring.places() {}
        let _held = self.lock.lock();
        self.ring.insert(bun);
    }

    fn take(&self) -> u32 {
        while self.ring.buns() == 0 {}
        let _held = self.lock.lock();
        self.ring.remove()
    }
}
