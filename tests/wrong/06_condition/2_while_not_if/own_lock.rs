//! verdict: wrong_order, cause: not_atomic
//!
//! A lock that every eater makes keeps nobody else out, and nobody notifies there.

use mp::Lock;

fn eater(shelf: &Shelf) {
    shelf.changed.lock().wait_for(|| shelf.buns.get() > 0);
    let own = Lock::new();
    let held = own.lock();
    take(shelf);
    drop(held);
    eat();
}
