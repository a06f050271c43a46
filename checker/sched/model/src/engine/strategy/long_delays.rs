//! Long delays: now and then a task is kept from running for a random time between a microsecond
//! and several hours, as a busy machine might do; otherwise there is no preemption.

use super::{Among, Choose, earliest};
use crate::engine::world::{NEVER, World, state};

/// One in this many points delays its task.
const ONE_IN: u64 = 6;
/// Delays are 2^10 to 2^44 nanoseconds: a microsecond to five hours.
const SHIFTS: (u64, u64) = (10, 35);

pub(super) struct LongDelays;

impl Choose for LongDelays {
    fn before(&self, world: &mut World, holder: u32) {
        if world.task(holder).state != state::RUNNING || !world.rng.one_in(ONE_IN) {
            return;
        }
        let shift = SHIFTS.0 + world.rng.below(SHIFTS.1);
        let delay = (1_u64 << shift).min(world.config.max_delay);
        // Where delays are bounded, they must not add up; where they are not, they count from now on.
        let bounded = world.config.max_delay != NEVER;
        let from = if bounded {
            world.task(holder).ready_at
        } else {
            world.clock
        };
        let until = from.saturating_add(delay);
        world.task_mut(holder).delayed_until = until;
    }

    fn pick(&self, world: &mut World, among: Among) -> u32 {
        match among.current {
            Some(task) if world.task(task).delayed_until <= world.clock => task,
            _ => earliest(world, among.candidates),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Among, Choose, LongDelays, SHIFTS};
    use crate::engine::strategy::Strategy;
    use crate::engine::testing::{decide, points, world};
    use crate::engine::world::{NEVER, World, state};

    /// The delays drawn at 6000 points of a task that is ready at 5.
    fn delays(world: &mut World) -> Vec<u64> {
        world.task_mut(0).ready_at = 5;
        world.clock = 5;
        let draw = |_| {
            world.task_mut(0).delayed_until = 0;
            LongDelays.before(world, 0);
            world.task(0).delayed_until.checked_sub(5)
        };
        (0..6000).filter_map(draw).collect()
    }

    #[test]
    fn one_point_in_six_delays_by_a_microsecond_to_hours() {
        let delays = delays(&mut world(Strategy::LongDelays, 3, 2));
        assert!((850..1150).contains(&delays.len()), "{}", delays.len());
        let range = 1 << SHIFTS.0..1 << (SHIFTS.0 + SHIFTS.1);
        assert!(
            delays
                .iter()
                .all(|delay| delay.is_power_of_two() && range.contains(delay))
        );
        for shift in SHIFTS.0..SHIFTS.0 + SHIFTS.1 {
            assert!(delays.contains(&(1 << shift)), "2^{shift}");
        }
    }

    #[test]
    fn no_delay_is_longer_than_the_bound() {
        for bound in [0, 1, 1_000_000] {
            let mut world = world(Strategy::LongDelays, 3, 2);
            world.config.max_delay = bound;
            assert!(delays(&mut world).iter().all(|&delay| delay <= bound));
        }
    }

    #[test]
    fn only_a_task_that_could_go_on_is_delayed() {
        for what in [state::BLOCKED, state::SLEEPING, state::EXITED] {
            let mut world = world(Strategy::LongDelays, 3, 2);
            world.task_mut(0).state = what;
            (0..100).for_each(|_| LongDelays.before(&mut world, 0));
            assert_eq!(world.task(0).delayed_until, 0);
        }
    }

    #[test]
    fn a_delayed_task_lets_others_go_first_and_then_goes_on() {
        let mut world = world(Strategy::LongDelays, 3, 2);
        world.task_mut(0).delayed_until = 1000;
        world.task_mut(1).ready_at = 999;
        world.config.max_delay = NEVER;
        let among = Among {
            holder: 0,
            candidates: crate::engine::slots::SlotSet::of_few(3),
            current: Some(0),
            settled: false,
        };
        let pick = |world: &mut World| LongDelays.pick(world, among);
        assert_eq!(pick(&mut world), 1);
        world.task_mut(1).ready_at = 1001;
        assert_eq!(pick(&mut world), 0);
        world.clock = 1000;
        world.task_mut(1).ready_at = 0;
        assert_eq!(pick(&mut world), 0, "its time has come");
    }

    #[test]
    fn switches_are_rare() {
        let mut world = world(Strategy::LongDelays, 3, 3);
        let chosen = points(&mut world, 600);
        let switches = chosen.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!((5..150).contains(&switches), "{switches} of 600");
    }

    #[test]
    fn the_clock_moves_by_the_delay_when_nobody_else_can_go_on() {
        let mut world = world(Strategy::LongDelays, 3, 1);
        world.task_mut(0).delayed_until = 77;
        world.rng = crate::rng::SplitMix64::new(4);
        assert_eq!(decide(&mut world, 0), 0);
        assert!(world.clock >= 77);
    }
}
