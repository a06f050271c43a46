//! Random numbers that are the same in every schedule of a check.

use std::ops::{Bound, RangeBounds};
use std::panic::Location;

use sched_model::rng::SplitMix64;
use sched_runtime::kernel;

/// A random number from `range`, like Python's `random.randrange`. Under check each task has a
/// stream of its own that depends on the seed alone, so that a schedule can be replayed.
///
/// # Panics
///
/// When the range is empty.
#[must_use]
#[track_caller]
pub fn random(range: impl RangeBounds<u64>) -> u64 {
    let first = match range.start_bound() {
        Bound::Included(&first) => first,
        Bound::Excluded(&before) => before.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let last = match range.end_bound() {
        Bound::Included(&last) => Some(last),
        Bound::Excluded(&end) => end.checked_sub(1),
        Bound::Unbounded => Some(u64::MAX),
    };
    let last = last
        .filter(|last| first <= *last)
        .expect("random needs a range that is not empty");
    let bits = kernel::random(Location::caller()).unwrap_or_else(system_random);
    match (last - first).checked_add(1) {
        Some(size) => first + SplitMix64::new(bits).below(size),
        None => bits,
    }
}

/// Chance from the system, by way of the keys that std draws for its hash maps.
fn system_random() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(kernel::task_number())
}

#[cfg(test)]
mod tests {
    use super::random;

    #[test]
    fn stays_inside_every_kind_of_range() {
        for _ in 0..100 {
            assert!((3..6).contains(&random(3..6)));
            assert!((3..=6).contains(&random(3..=6)));
            assert_eq!(random(..1), 0);
            assert_eq!(random(u64::MAX..), u64::MAX);
        }
    }

    #[test]
    #[should_panic(expected = "random needs a range that is not empty")]
    fn an_empty_range_is_refused() {
        let _ = random(3..3);
    }
}
