//! verdict: build_error
//!
//! A `Queue` behind it all, and the ring's two numbers kept as if the buns had been there.

use mp::{Lock, Queue};

struct Shelf<'a> {
    ring: &'a Ring,
    queue: Queue<u32>,
    lock: Lock,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        Self { ring, queue: Queue::new(ring.places() as usize), lock: Lock::new() }
    }

    fn put(&self, bun: u32) {
        self.queue.put(bun);
        let _held = self.lock.lock();
        self.ring.tail.set(self.ring.tail.get() + 1);
    }

    fn take(&self) -> u32 {
        let bun = self.queue.get();
        let _held = self.lock.lock();
        self.ring.head.set(self.ring.head.get() + 1);
        bun
    }
}
