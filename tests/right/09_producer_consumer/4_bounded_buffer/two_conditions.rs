//! verdict: passed
//!
//! A condition for each kind over the same lock: then one at a time is enough to be told.

use mp::Condition;

struct Shelf<'a> {
    ring: &'a Ring,
    has_room: Condition<'a>,
    has_bun: Condition<'a>,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            has_room: Condition::named_with("has room", &ring.lock),
            has_bun: Condition::named_with("has bun", &ring.lock),
        }
    }

    fn put(&self, bun: u32) {
        let mut held = self.has_room.lock();
        while self.ring.buns() == self.ring.places() {
            held.wait();
        }
        self.ring.insert(bun);
        self.has_bun.lock().notify_one();
    }

    fn take(&self) -> u32 {
        let mut held = self.has_bun.lock();
        while self.ring.buns() == 0 {
            held.wait();
        }
        let bun = self.ring.remove();
        drop(held);
        self.has_room.lock().notify_one();
        bun
    }
}
