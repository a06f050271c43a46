//! verdict: wrong_output
//!
//! Looks only once: whoever is woken may find that another was faster.

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
        if self.ring.buns() == self.ring.places() {
            held.wait();
        }
        self.ring.insert(bun);
        held.notify_all();
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        if self.ring.buns() == 0 {
            held.wait();
        }
        let bun = self.ring.remove();
        held.notify_all();
        bun
    }
}
