//! verdict: deadlock, cause: lost_wakeup
//!
//! Waits before it looks: when the last tray is on the shelf, nobody notifies any more.

fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    held.notify_all();
}

fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    loop {
        held.wait();
        if shelf.buns[kind].get() > 0 {
            break;
        }
    }
    take(shelf, kind);
}
