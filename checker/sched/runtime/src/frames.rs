//! The calls that led somewhere, read from the frames on the stack.
//!
//! # Safety
//!
//! The program is compiled with frame pointers, and so is std; code that keeps something else in the
//! register ends the walk, or leads it to another place of the same stack. So a frame is read only
//! where it lies, aligned, inside the live part of this thread's own stack: above the frame that was
//! read before, or above where it was left for the scheduler's, and below the end. Nobody else writes
//! there meanwhile, since only the task that has the baton runs.

use std::ops::Range;
use std::ptr;

use sched_model::limits::MAX_CALLS;

/// Calls, innermost first.
pub struct Walked {
    calls: [u32; MAX_CALLS],
    count: usize,
}

impl Walked {
    /// Their return addresses.
    pub fn as_slice(&self) -> &[u32] {
        &self.calls[..self.count]
    }

    /// Whether there is room for more.
    fn add(&mut self, pc: usize) -> bool {
        // Code of a static executable lies low.
        let Some(pc) = u32::try_from(pc).ok().filter(|&pc| pc != 0) else {
            return false;
        };
        self.calls[self.count] = pc;
        self.count += 1;
        self.count < MAX_CALLS
    }
}

/// The calls that led to the function of this frame, behind the innermost if it is known, on the stack of
/// this thread, of which this is the live part.
pub fn calls_to(innermost: Option<usize>, frame: usize, live: &Range<usize>) -> Walked {
    let mut walked = Walked {
        calls: [0; MAX_CALLS],
        count: 0,
    };
    if innermost.is_none_or(|pc| walked.add(pc)) {
        follow(&mut walked, frame, live);
    }
    walked
}

/// What lies at a frame of this thread's stack, of which this is the live part: the caller's frame, and
/// where the function returns to.
pub fn words_at(frame: usize, live: &Range<usize>) -> Option<[usize; 2]> {
    let inside =
        frame > live.start && frame.is_multiple_of(8) && frame < live.end.saturating_sub(16);
    let words = ptr::with_exposed_provenance::<[usize; 2]>(frame);
    // SAFETY: aligned, and inside the live part of this stack, as the condition says.
    inside.then(|| unsafe { words.read_volatile() })
}

/// Whether the calls that led to the function of this frame lead through that of the `other` one.
pub fn leads_through(mut frame: usize, other: usize, live: &Range<usize>) -> bool {
    while frame < other {
        match words_at(frame, live) {
            Some([next, _]) if next > frame => frame = next,
            _ => return false,
        }
    }
    frame == other
}

fn follow(walked: &mut Walked, mut frame: usize, live: &Range<usize>) {
    let mut lowest = live.start;
    while frame > lowest
        && let Some([next, pc]) = words_at(frame, live)
        && walked.add(pc)
    {
        lowest = frame;
        frame = next;
    }
}
