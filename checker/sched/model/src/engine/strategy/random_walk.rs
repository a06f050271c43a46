//! Random walk: every candidate has the same chance at every point.

use super::{Among, Choose};
use crate::engine::slots::SlotSet;
use crate::engine::world::World;

pub(super) struct RandomWalk;

impl Choose for RandomWalk {
    fn pick(&self, world: &mut World, among: Among) -> u32 {
        any(world, among.candidates)
    }
}

/// Any of them, with equal chance.
pub(super) fn any(world: &mut World, candidates: SlotSet) -> u32 {
    any_of(world, candidates, |_, _| true).unwrap_or(0)
}

/// The same among those of which this holds; `None` if there are none.
pub(super) fn any_of(
    world: &mut World,
    candidates: SlotSet,
    holds: impl Fn(&World, u32) -> bool,
) -> Option<u32> {
    let count = world
        .those_of(candidates)
        .filter(|&task| holds(world, task))
        .count();
    if count == 0 {
        return None;
    }
    let at = usize::try_from(world.rng.below(count as u64)).unwrap_or(0);
    world
        .those_of(candidates)
        .filter(|&task| holds(world, task))
        .nth(at)
}

#[cfg(test)]
mod tests {
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{points, world};

    /// Pearson's statistic against equal chances.
    fn chi_square(counts: &[u32]) -> f64 {
        let expected = f64::from(counts.iter().sum::<u32>()) / counts.len() as f64;
        counts
            .iter()
            .map(|&n| (f64::from(n) - expected).powi(2) / expected)
            .sum()
    }

    #[test]
    fn every_task_and_every_pair_of_turns_has_the_same_chance() {
        let mut world = world(Strategy::RandomWalk, 5, 4);
        let chosen = points(&mut world, 8000);
        let mut single = [0; 4];
        let mut pairs = [0; 16];
        for pair in chosen.windows(2) {
            single[pair[0] as usize] += 1;
            pairs[(4 * pair[0] + pair[1]) as usize] += 1;
        }
        // The 99.9 % points for 3 and 15 degrees of freedom.
        assert!(chi_square(&single) < 16.27, "{single:?}");
        assert!(chi_square(&pairs) < 37.7, "{pairs:?}");
    }

    #[test]
    fn neighbouring_schedules_begin_differently() {
        let mut world = world(Strategy::RandomWalk, 5, 4);
        let mut first = [0; 4];
        for schedule in 0..400 {
            world.config.schedule = schedule;
            crate::engine::testing::again(&mut world, 4);
            first[points(&mut world, 1)[0] as usize] += 1;
        }
        assert!(chi_square(&first) < 16.27, "{first:?}");
    }
}
