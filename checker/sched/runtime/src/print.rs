//! Printing under check: each print is a point, whatever several threads do with the output's lock.

use std::cell::Cell;

use sched_model::Op;
use sched_segment::os::sys;

use crate::attached::with;
use crate::kernel::point;
use crate::object::{Caller, Object};

thread_local! {
    /// Whether this task has passed the point before what it prints next.
    static MAY_PRINT: Cell<bool> = const { Cell::new(false) };
}

/// Prints to standard output by `print`. Where several threads share the output, the point is
/// before its lock is taken: whoever holds the lock then prints at once, and the others need not
/// wait.
pub fn printing(caller: Caller, print: impl FnOnce()) {
    let shared = with(|world, me| world.live_threads(me).count() > 1) == Some(true);
    if shared {
        point(Op::Print, Object::NONE, caller);
        MAY_PRINT.set(true);
    }
    print();
    if shared {
        MAY_PRINT.set(false);
    }
}

/// Writes to standard output (a point) or, with `error`, to standard error.
pub fn print(bytes: &[u8], error: bool, caller: Caller) {
    if !error && !MAY_PRINT.take() {
        point(Op::Print, Object::NONE, caller);
    }
    let over = with(|world, me| {
        world.add_output(me, bytes, error);
        world.over()
    });
    if over == Some(true) {
        sys::leave(0);
    }
}
