//! The ladder of points, of which each rung counts the same.

use crate::facts::{RUNGS, Verdict};

/// The rung reached for the verdicts seen, each with whether it was seen in schedule 0.
pub fn rung(seen: impl IntoIterator<Item = (Verdict, bool)>) -> u32 {
    let reached = seen
        .into_iter()
        .map(|(verdict, natural)| verdict.traits().rungs[usize::from(!natural)])
        .min();
    reached.unwrap_or(RUNGS)
}

/// The whole points for a rung.
pub fn points(rung: u32, max: u32) -> u32 {
    // In 64 bits, because the course may give any number of points.
    u32::try_from(u64::from(max) * u64::from(rung) / u64::from(RUNGS)).unwrap_or(max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(seen: impl IntoIterator<Item = (Verdict, bool)>, max: u32) -> u32 {
        super::points(rung(seen), max)
    }

    #[test]
    fn each_rung_gives_a_quarter() {
        assert_eq!(points([], 4), 4);
        assert_eq!(points([(Verdict::Requirement, true)], 4), 3);
        assert_eq!(points([(Verdict::Deadlock, false)], 4), 2);
        assert_eq!(points([(Verdict::WrongOrder, false)], 4), 1);
        assert_eq!(points([(Verdict::WrongOutput, true)], 4), 0);
    }

    #[test]
    fn the_lowest_missing_rung_counts() {
        assert_eq!(
            points([(Verdict::Deadlock, false), (Verdict::DataRace, true)], 4),
            1
        );
        assert_eq!(
            points([(Verdict::Requirement, false), (Verdict::Panic, false)], 4),
            1
        );
    }

    #[test]
    fn a_deadlock_in_schedule_0_leaves_nothing() {
        assert_eq!(points([(Verdict::Deadlock, true)], 4), 0);
        assert_eq!(points([(Verdict::Inconclusive, true)], 4), 0);
    }

    #[test]
    fn the_ladder_is_scaled_and_rounded_down() {
        assert_eq!(points([(Verdict::Requirement, true)], 10), 7);
        assert_eq!(points([(Verdict::WrongOrder, false)], 3), 0);
        assert_eq!(points([], u32::MAX), u32::MAX);
    }
}
