//! What holds for any program: the rules of every decision (`rules`), and that runs repeat.

use proptest::prelude::*;
use sched_model::Strategy;
use sched_model::engine::world::Ending;

use crate::pooled::Pooled;
use crate::program::any_program;
use crate::sim::{Memory, Sim, config, deviating, replaying, run};
use crate::{DELAYS, cases, strategies};

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_run_ends_and_obeys_the_rules_under_every_strategy(
        program in any_program(), seed: u64,
    ) {
        for strategy in strategies() {
            for delay in DELAYS {
                let outcome = run(&program, config(strategy, seed, delay));
                let ended = outcome.is(Ending::Finished) || outcome.is(Ending::Deadlock);
                prop_assert!(ended, "{strategy:?} {delay}: ending {}", outcome.ending);
                prop_assert!(outcome.events.is_sorted_by_key(|event| event.time));
            }
        }
    }

    #[test]
    fn the_recorded_choices_replay_every_run(program in any_program(), seed: u64) {
        for strategy in strategies() {
            for delay in DELAYS {
                let config = config(strategy, seed, delay);
                let first = run(&program, config);
                let mut world = Pooled::used();
                let config = replaying(&mut world, config, &first.choices);
                let (again, _) = Sim::new(world, &program, config, Memory::Equal).run();
                prop_assert_eq!(&again, &first, "{:?} {}", strategy, delay);
            }
        }
    }

    #[test]
    fn where_it_leaves_the_natural_schedule_is_all_of_a_run(
        program in any_program(), seed: u64,
    ) {
        // But for delays: they are times, and no choices.
        let choosing = strategies().filter(|it| *it != Strategy::LongDelays);
        for strategy in choosing {
            for delay in DELAYS {
                let config = config(strategy, seed, delay);
                let ran = Sim::new(Pooled::used(), &program, config, Memory::Equal).run();
                let (first, world_of_first) = ran;
                let mut world = Pooled::used();
                let config = deviating(&mut world, config, &world_of_first);
                let (again, _) = Sim::new(world, &program, config, Memory::Equal).run();
                prop_assert_eq!(&again, &first, "{:?} {}", strategy, delay);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(20))]

    #[test]
    fn the_same_schedule_gives_the_same_run_also_in_a_used_world(
        program in any_program(), other in any_program(), seed: u64,
    ) {
        for strategy in strategies() {
            let config = config(strategy, seed, 1_000_000_000);
            let (first, _) = Sim::new(Pooled::fresh(), &program, config, Memory::Equal).run();
            let (_, used) = Sim::new(Pooled::used(), &other, config, Memory::Equal).run();
            let (again, _) = Sim::new(used, &program, config, Memory::Equal).run();
            prop_assert_eq!(&again, &first, "{:?}", strategy);
        }
    }
}

#[test]
fn different_schedules_of_a_random_strategy_differ() {
    use crate::program::{Program, Step};
    let program = Program::of(vec![vec![Step::Print; 6]; 4]);
    use Strategy::{LockOrder, PartialOrder, Pct, RandomWalk, ReadGuided};
    for strategy in [RandomWalk, Pct, PartialOrder, LockOrder, ReadGuided] {
        let runs = |seed| run(&program, config(strategy, seed, 0)).choices;
        let first = runs(0);
        let same = (1..20).filter(|&seed| runs(seed) == first).count();
        assert!(
            same < 3,
            "{strategy:?}: {same} of 20 schedules are the same"
        );
    }
}
