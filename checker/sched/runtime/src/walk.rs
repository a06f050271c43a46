//! Where a task comes from that uses memory: its stack, and the calls on it.

use std::cell::Cell;
use std::ops::Range;
use std::ptr;

use sched_segment::os::fingerprint;

use crate::attached::{leads, stack_end, with};
use crate::frames::{self, Walked};

/// Where in the program something is done: the return address of the call that tells of it, and the
/// frame of the function that does it.
#[derive(Clone, Copy, Debug)]
pub struct From {
    /// The return address.
    pub pc: usize,
    /// The frame pointer.
    pub frame: usize,
}

/// The most that the main thread's stack takes.
const MAIN_STACK: usize = 8 << 20;

thread_local! {
    /// Where this thread's stack ends; 0 before it is known.
    static END: Cell<usize> = const { Cell::new(0) };
}

/// Where this thread's stack ends; 0 where that is not known.
fn end_of_stack() -> usize {
    if END.get() == 0
        && let Some([_, end]) = own_stack()
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

/// Where the stack of this thread begins and ends; looked up once.
pub(crate) fn own_stack() -> Option<[u64; 2]> {
    if leads() {
        return stack_end().map(|end| [(end - MAIN_STACK) as u64, end as u64]);
    }
    let known = with(|world, me| world.thread(me).stack).filter(|&stack| stack != [0, 0]);
    known.or_else(|| {
        let stack = fingerprint::my_stack()?;
        with(|world, me| world.thread_mut(me).stack = stack);
        Some(stack)
    })
}
