//! A set of tasks.

use crate::limits::MAX_TASKS;

/// A set of tasks, by number: one bit each, so that a point costs little.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskSet(u128);

const _: () = assert!(
    MAX_TASKS <= u128::BITS as usize,
    "a task has a bit in a set"
);

impl TaskSet {
    /// Adds a task.
    pub fn insert(&mut self, task: u32) {
        self.0 |= 1_u128.checked_shl(task).unwrap_or(0);
    }

    /// Takes a task out.
    pub fn remove(&mut self, task: u32) {
        self.0 &= !1_u128.checked_shl(task).unwrap_or(0);
    }

    /// As two words, the low one first.
    #[must_use]
    pub fn to_words(self) -> [u64; 2] {
        [0, 64].map(|shift| u64::try_from(self.0 >> shift & u128::from(u64::MAX)).unwrap_or(0))
    }

    /// The set of two words.
    #[must_use]
    pub fn of_words([low, high]: [u64; 2]) -> Self {
        Self(u128::from(low) | u128::from(high) << 64)
    }

    /// Whether a task is in it.
    #[must_use]
    pub fn contains(self, task: u32) -> bool {
        self.0 & 1_u128.checked_shl(task).unwrap_or(0) != 0
    }

    /// Number of tasks.
    #[must_use]
    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Removes the oldest task and returns it.
    pub fn take_first(&mut self) -> Option<u32> {
        let task = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (task < u128::BITS).then_some(task)
    }

    /// The tasks, in order of creation.
    pub fn iter(self) -> impl Iterator<Item = u32> {
        let mut rest = self;
        std::iter::from_fn(move || rest.take_first())
    }
}
