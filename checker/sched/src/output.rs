//! What tasks print: a point each, an event each, and a limit to all of it.

use std::cell::Cell;

use crate::attached::with;
use crate::kernel::{Caller, Object, point};
use crate::limits::{MAX_OUTPUT, MAX_STDERR};
use crate::sys;
use crate::world::{Ending, Kind, NONE, Op, World};

thread_local! {
    /// Whether this task has passed the point before what it prints next.
    static MAY_PRINT: Cell<bool> = const { Cell::new(false) };
}

/// Prints to standard output by `print`. Where several threads share the output, the point is
/// before its lock is taken: who holds the lock then prints at once, and others need not wait.
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

impl World {
    /// Adds to what `task` printed; ends the run when it is too much.
    fn add_output(&mut self, task: u32, bytes: &[u8], error: bool) {
        let len = u32::try_from(bytes.len()).unwrap_or(NONE);
        self.printed = self.printed.saturating_add(len);
        if self.printed as usize > MAX_OUTPUT {
            return self.end(Ending::TooMuchOutput, task);
        }
        if error {
            self.complained = self.complained.saturating_add(len);
            if self.complained as usize > MAX_STDERR {
                return;
            }
        } else {
            self.changed();
        }
        let text = self.add_text(bytes);
        let kind = if error { Kind::Complaint } else { Kind::Print };
        self.record(task, kind, NONE, u64::from(text.start), u64::from(text.len));
    }
}
