//! Counts what the program computes, in basic blocks of its code: the same numbers on every machine.
//!
//! The compiler calls [`block`] in those that decide which others run (SanitizerCoverage, `trace-pc`);
//! code that was compiled before, such as most of std's, has no such calls. One task runs at a time,
//! so all processes of a run share one count, and no atomic additions are needed. A task that computes
//! for long without a scheduling point makes [single steps](super::single_steps) now and then, to see
//! whether it ever ends; a run that computes more than it may is stopped where it is.

use std::ptr;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use super::{single_steps, sys};

/// Blocks without a point after which a task makes single steps, and again after twice as many.
const MANY: u64 = 1 << 25;
/// For so many of them one single step, which takes a tenth of their time or less.
const BLOCKS_PER_STEP: u64 = 1 << 16;
/// Single steps at most at a time, and before a run is given up.
const MOST_STEPS: u32 = 1 << 16;

/// What the tasks of a run computed, in memory that they share.
#[repr(C)]
#[derive(Debug)]
pub struct Count {
    /// Blocks until it is looked at how many there were.
    left: AtomicU64,
    /// What that was when it was last looked at.
    given: AtomicU64,
    /// Blocks of the run until then.
    before: AtomicU64,
    /// Blocks between the last point and then.
    since: AtomicU64,
    /// Blocks that a run may come to.
    most: AtomicU64,
    /// Not 0 while a task makes single steps: what these leave behind must not be another count.
    paused: AtomicU32,
    /// Not 0 once the run came to more than it may.
    over: AtomicU32,
}

impl Count {
    /// Nothing was computed yet in a run that may compute so much.
    pub fn begin(&self, most: u64) {
        for (word, value) in [
            (&self.left, MANY),
            (&self.given, MANY),
            (&self.before, 0),
            (&self.since, 0),
            (&self.most, most),
        ] {
            word.store(value, Ordering::Relaxed);
        }
        self.paused.store(0, Ordering::Relaxed);
        self.over.store(0, Ordering::Relaxed);
    }

    /// Blocks of this run.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.before.load(Ordering::Relaxed) + self.spent()
    }

    /// Blocks since it was last looked at.
    #[inline]
    fn spent(&self) -> u64 {
        let given = self.given.load(Ordering::Relaxed);
        given.saturating_sub(self.left.load(Ordering::Relaxed))
    }

    /// The task that runs came to a scheduling point.
    #[inline]
    pub fn point(&self) {
        let total = self.before.load(Ordering::Relaxed) + self.spent();
        self.before.store(total, Ordering::Relaxed);
        self.left.store(MANY, Ordering::Relaxed);
        // Else they are so, since it was not looked at.
        if self.since.load(Ordering::Relaxed) != 0 {
            self.given.store(MANY, Ordering::Relaxed);
            self.since.store(0, Ordering::Relaxed);
        }
        if total >= self.most.load(Ordering::Relaxed) {
            self.stop();
        }
    }

    /// Whether the task that runs makes single steps for its count, and so counts nothing.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Relaxed) != 0
    }

    /// Whether the run came to more than it may.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed) != 0
    }

    /// The task goes no further: the supervisor sees that, and ends the run.
    #[cold]
    fn stop(&self) -> ! {
        self.over.store(1, Ordering::Relaxed);
        loop {
            sys::rest(Duration::from_secs(1));
        }
    }

    /// So many blocks were counted as were given.
    #[cold]
    #[inline(never)]
    fn used_up(&self) {
        let add = |word: &AtomicU64, more: u64| {
            let sum = word.load(Ordering::Relaxed).saturating_add(more);
            word.store(sum, Ordering::Relaxed);
            sum
        };
        let given = self.given.load(Ordering::Relaxed);
        let (total, since) = (add(&self.before, given), add(&self.since, given));
        let rest = self.most.load(Ordering::Relaxed).saturating_sub(total);
        let next = since.min(rest);
        self.given.store(next, Ordering::Relaxed);
        self.left.store(next.max(1), Ordering::Relaxed);
        let steps = match rest {
            0 if given == 0 => self.stop(),
            0 => MOST_STEPS,
            _ => u32::try_from(since / BLOCKS_PER_STEP).map_or(MOST_STEPS, |it| it.min(MOST_STEPS)),
        };
        self.paused.store(1, Ordering::Relaxed);
        COUNTS.store(ptr::null_mut(), Ordering::Relaxed);
        if !single_steps::make(steps, goes_on) {
            goes_on();
        }
    }
}

/// The count of the run of which this process is a part.
static COUNT: AtomicPtr<Count> = AtomicPtr::new(ptr::null_mut());
/// The same while blocks count.
static COUNTS: AtomicPtr<Count> = AtomicPtr::new(ptr::null_mut());

/// This process counts here from now on.
pub fn attach(count: &'static Count) {
    let count = ptr::from_ref(count).cast_mut();
    COUNT.store(count, Ordering::Relaxed);
    COUNTS.store(count, Ordering::Relaxed);
}

/// A basic block of the program begins.
#[inline]
pub fn block() {
    // SAFETY: null, or made of a reference that is valid for ever.
    let Some(count) = (unsafe { COUNTS.load(Ordering::Relaxed).as_ref() }) else {
        return;
    };
    let left = count.left.load(Ordering::Relaxed).wrapping_sub(1);
    count.left.store(left, Ordering::Relaxed);
    if left == 0 {
        count.used_up();
    }
}

/// The single steps came to their end, and blocks count again.
fn goes_on() {
    let count = COUNT.load(Ordering::Relaxed);
    // SAFETY: null, or made of a reference that is valid for ever.
    if let Some(count) = unsafe { count.as_ref() } {
        count.paused.store(0, Ordering::Relaxed);
    }
    COUNTS.store(count, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::{Count, MANY};
    use std::sync::atomic::{AtomicU32, AtomicU64};

    #[test]
    fn blocks_add_up_over_points_and_looks() {
        let count = Count {
            left: AtomicU64::new(0),
            given: AtomicU64::new(0),
            before: AtomicU64::new(9),
            since: AtomicU64::new(9),
            most: AtomicU64::new(0),
            paused: AtomicU32::new(1),
            over: AtomicU32::new(1),
        };
        count.begin(1 << 40);
        assert_eq!(
            (count.total(), count.is_paused(), count.is_over()),
            (0, false, false)
        );
        let compute = |blocks| {
            let left = count.left.load(super::Ordering::Relaxed);
            count.left.store(left - blocks, super::Ordering::Relaxed);
        };
        compute(5);
        assert_eq!(count.total(), 5);
        count.point();
        compute(7);
        assert_eq!(count.total(), 12);
        compute(MANY - 7);
        count.used_up();
        assert_eq!(count.total(), 5 + MANY);
        compute(MANY);
        count.used_up();
        assert_eq!(count.total(), 5 + 2 * MANY);
        assert_eq!(
            count.given.load(super::Ordering::Relaxed),
            2 * MANY,
            "after twice as many"
        );
        count.point();
        compute(3);
        assert_eq!(count.total(), 8 + 2 * MANY);
        assert_eq!(count.spent(), 3, "as after any point");
    }
}
