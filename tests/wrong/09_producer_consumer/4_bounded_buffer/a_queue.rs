//! verdict: wrong_output
//!
//! Takes a `Queue`, which is what was to be built. The ring stays empty.

use mp::Queue;

struct Shelf<'a> {
    ring: &'a Ring,
    queue: Queue<u32>,
}

impl<'a> Shelf<'a> {
    fn new(ring: &'a Ring) -> Self {
        let queue = Queue::new(ring.places() as usize);
        Self { ring, queue }
    }

    fn put(&self, bun: u32) {
        self.queue.put(bun);
    }

    fn take(&self) -> u32 {
        self.queue.get()
    }
}
