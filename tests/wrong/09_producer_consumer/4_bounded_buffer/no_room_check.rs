//! verdict: wrong_output
//!
//! Waits for buns, but not for room: a bun is laid where another one lies.

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
        let held = self.changed.lock();
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
