//! verdict: passed
//!
//! Everybody is notified, and each wait has a limit all the same, which is long.

use std::time::Duration;

use mp::Condition;

const LONG: Duration = Duration::from_secs(2);

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
        while self.ring.buns() == self.ring.places() {
            held.wait_timeout(LONG);
        }
        self.ring.insert(bun);
        held.notify_all();
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        while self.ring.buns() == 0 {
            held.wait_timeout(LONG);
        }
        let bun = self.ring.remove();
        held.notify_all();
        bun
    }
}
