//! The ladder of points: right, then also safe, then also live, then also concurrent and clean.

use crate::facts::Verdict;

/// The rungs, of which each counts the same.
const RUNGS: u32 = 4;

/// The points for the verdicts seen, each with whether it was seen in schedule 0.
pub fn points(seen: impl IntoIterator<Item = (Verdict, bool)>, max: u32) -> u32 {
    let reached = seen
        .into_iter()
        .map(|(verdict, natural)| rungs_below(verdict, natural))
        .min();
    let reached = reached.unwrap_or(RUNGS);
    // In 64 bits, because the course may give any number of points.
    u32::try_from(u64::from(max) * u64::from(reached) / u64::from(RUNGS)).unwrap_or(max)
}

/// How many rungs a program with this verdict can reach.
fn rungs_below(verdict: Verdict, natural: bool) -> u32 {
    match verdict {
        Verdict::Passed => RUNGS,
        Verdict::Requirement | Verdict::Leak => 3,
        // The output may be right in schedule 0 although accesses race.
        Verdict::DataRace => 1,
        Verdict::BuildError | Verdict::NotAllowed | Verdict::Pending | Verdict::WrongOutput => 0,
        // Whatever else went wrong in schedule 0: it did not come to the right output.
        _ if natural => 0,
        Verdict::Panic | Verdict::WrongOrder => 1,
        Verdict::Deadlock
        | Verdict::Livelock
        | Verdict::EndlessLoop
        | Verdict::TooMuchOutput
        | Verdict::OutOfMemory
        | Verdict::Inconclusive => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
