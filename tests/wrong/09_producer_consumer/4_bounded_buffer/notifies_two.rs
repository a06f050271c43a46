//! verdict: deadlock, cause: lost_wakeup
//!
//! Two notifications, in the hope that one of the two can use it.

use mp::Condition;

struct Shelf<'a> {
    ring: &'a Ring,
    changed: Condition<'a>,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let changed = Condition::with(&ring.lock);
        Self { ring, changed }
    }

    fn put(&self, bun: u32) {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() < self.ring.places());
        self.ring.insert(bun);
        held.notify(2);
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() > 0);
        let bun = self.ring.remove();
        held.notify(2);
        bun
    }
}
