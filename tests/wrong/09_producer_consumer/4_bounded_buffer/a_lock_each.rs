//! verdict: deadlock, cause: lock_cycle
//!
//! Two conditions, each with a lock of its own: neither keeps the other kind out of the ring, and
//! telling the other kind means taking a second lock.

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
            has_room: Condition::named("has room"),
            has_bun: Condition::named("has bun"),
        }
    }

    fn put(&self, bun: u32) {
        let mut held = self.has_room.lock();
        held.wait_for(|| self.ring.buns() < self.ring.places());
        self.ring.insert(bun);
        self.has_bun.lock().notify_one();
    }

    fn take(&self) -> u32 {
        let mut held = self.has_bun.lock();
        held.wait_for(|| self.ring.buns() > 0);
        let bun = self.ring.remove();
        self.has_room.lock().notify_one();
        bun
    }
}
