//! Where a task that uses memory comes from.

use std::cell::Cell;
use std::ops::Range;
use std::ptr;

use super::From;
use crate::frames::{self, Walked};
use crate::kernel;

thread_local! {
    /// Where this thread's stack ends; 0 before it is known.
    static END: Cell<usize> = const { Cell::new(0) };
}

/// Where this thread's stack ends; 0 where that is not known.
fn end_of_stack() -> usize {
    if END.get() == 0
        && let Some([_, end]) = kernel::own_stack()
    {
        END.set(usize::try_from(end).unwrap_or(0));
    }
    END.get()
}

/// The live part of this thread's stack, about. Empty where its end is not known.
#[inline(always)]
pub fn live_stack() -> Range<usize> {
    let here = 0_u8;
    ptr::from_ref(&here).addr()..end_of_stack()
}

/// The calls that led to a place, on the stack of this thread, of which this is the live part.
pub fn walk(from: From, live: &Range<usize>) -> Walked {
    frames::calls_to(Some(from.pc), from.frame, live)
}
