//! verdict: deadlock, cause: lost_wakeup
//!
//! Bakers and eaters wait in one condition, and one of them is woken: perhaps the one that has
//! nothing to do.

use mp::Condition;

struct Shelf<'a> {
    ring: &'a Ring,
    changed: Condition<'a>,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let changed = Condition::named("shelf");
        Self { ring, changed }
    }

    fn put(&self, bun: u32) {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() < self.ring.places());
        self.ring.insert(bun);
        held.notify_one();
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() > 0);
        let bun = self.ring.remove();
        held.notify_one();
        bun
    }
}
