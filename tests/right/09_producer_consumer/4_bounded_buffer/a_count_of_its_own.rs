//! verdict: passed
//!
//! Counts the buns itself, in a shared value, and tells others only when the shelf was empty or
//! full.

use mp::{Condition, Value};

struct Shelf<'a> {
    ring: &'a Ring,
    changed: Condition<'a>,
    buns: Value<u32>,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self {
            ring,
            changed: Condition::with(&ring.lock),
            buns: Value::new(0),
        }
    }

    fn put(&self, bun: u32) {
        let mut held = self.changed.lock();
        held.wait_for(|| self.buns.get() < self.ring.places());
        self.ring.insert(bun);
        self.buns.lock().update(|buns| buns + 1);
        if self.buns.get() == 1 {
            held.notify_all();
        }
    }

    fn take(&self) -> u32 {
        let mut held = self.changed.lock();
        held.wait_for(|| self.buns.get() > 0);
        let bun = self.ring.remove();
        self.buns.lock().update(|buns| buns - 1);
        if self.buns.get() + 1 == self.ring.places() {
            held.notify_all();
        }
        bun
    }
}
