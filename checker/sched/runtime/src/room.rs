//! How much address space a process of a run may have: more where many threads have a stack each.

use rustix::process::{Resource, Rlimit};
use sched_model::limits::{MAX_LIVE, MEMORY_PER_PROCESS, STACK, STACKS};
use sched_segment::segment::Segment;

use crate::memory;

/// Address space of a process with so many threads.
fn allowed(threads: usize) -> u64 {
    let further = threads.saturating_sub(STACKS) as u64;
    MEMORY_PER_PROCESS + size_of::<Segment>() as u64 + further * STACK
}

/// Limits the address space of this process, which has so many threads.
pub(crate) fn limit_memory(threads: usize) {
    // Where plain memory is watched, what is known of it comes on top.
    let limit = Rlimit {
        current: Some(allowed(threads) + memory::mapped() as u64),
        maximum: Some(allowed(MAX_LIVE) + memory::SIZE as u64),
    };
    // Without it a program may run out of memory later, or threads earlier.
    let _ = rustix::process::setrlimit(Resource::As, limit);
}
