//! verdict: requirement
//!
//! Keeps the rules with a lock alone: looks, gives it back, has a nap, looks again.

use std::thread::sleep;
use std::time::Duration;

use mp::Lock;

struct Shelf<'a> {
    ring: &'a Ring,
    lock: Lock,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let lock = Lock::named("shelf");
        Self { ring, lock }
    }

    fn put(&self, bun: u32) {
        loop {
            let held = self.lock.lock();
            if self.ring.buns() < self.ring.places() {
                self.ring.insert(bun);
                return;
            }
            drop(held);
            sleep(Duration::from_millis(1));
        }
    }

    fn take(&self) -> u32 {
        loop {
            let held = self.lock.lock();
            if self.ring.buns() > 0 {
                return self.ring.remove();
            }
            drop(held);
            sleep(Duration::from_millis(1));
        }
    }
}
