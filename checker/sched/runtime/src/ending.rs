//! Threads that handed the baton over for good, until the system has really ended them.

use std::sync::atomic::{AtomicI32, Ordering};

use sched_segment::os::sys;

/// The real id of the thread of this process that handed the baton over last in order to end. None
/// of its values is 0, so that it lies beside the other statics that a process writes.
static LEAVING: AtomicI32 = AtomicI32::new(NOBODY);
const NOBODY: i32 = -1;

/// This thread is about to hand the baton over for good.
pub(crate) fn leaves() {
    LEAVING.store(rustix::thread::gettid().as_raw_pid(), Ordering::Relaxed);
}

/// Waits until the thread that ended last is really gone, if it was one of this process.
pub(crate) fn let_leave() {
    let tid = LEAVING.load(Ordering::Relaxed);
    if tid == NOBODY {
        return;
    }
    while sys::has_thread(tid) {
        rustix::thread::sched_yield();
    }
    LEAVING.store(NOBODY, Ordering::Relaxed);
}
