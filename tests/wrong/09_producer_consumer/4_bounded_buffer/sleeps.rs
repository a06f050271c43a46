//! verdict: wrong_output
//!
//! Does not wait for room or for a bun, but for a second, and believes that this is enough.

use std::thread::sleep;
use std::time::Duration;

use mp::Lock;

struct Shelf<'a> {
    ring: &'a Ring,
    lock: Lock,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let lock = Lock::named("shelf");
        Self { ring, lock }
    }

    fn put(&self, bun: u32) {
        sleep(Duration::from_secs(1));
        let _held = self.lock.lock();
        self.ring.insert(bun);
    }

    fn take(&self) -> u32 {
        sleep(Duration::from_millis(1500));
        let _held = self.lock.lock();
        self.ring.remove()
    }
}
