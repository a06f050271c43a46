//! verdict: requirement
//!
//! Nobody notifies: whoever waits looks again every few milliseconds, since the limit has run out.

use std::time::Duration;

use mp::Condition;

const A_WHILE: Duration = Duration::from_millis(5);

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
            held.wait_timeout(A_WHILE);
        }
        self.ring.insert(bun);
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        while self.ring.buns() == 0 {
            held.wait_timeout(A_WHILE);
        }
        self.ring.remove()
    }
}
