//! verdict: deadlock, cause: nobody_left
//!
//! Waits until the last bun is taken before it puts the next, however many places there are.

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
        held.wait_for(|| self.ring.buns() == 0);
        self.ring.insert(bun);
        held.notify_all();
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        held.wait_for(|| self.ring.buns() > 0);
        let bun = self.ring.remove();
        held.notify_all();
        bun
    }
}
