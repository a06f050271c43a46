//! Virtual time: without delay a run takes as long as its critical path; a delay has a bound.

use proptest::prelude::*;
use sched_model::Strategy as Schedule;
use sched_model::engine::world::{Ending, Kind, NEVER};

use crate::program::{Program, Step, lock_free};
use crate::sim::{Outcome, config, run};
use crate::{cases, strategies};

/// When the last task of a lock-free program exits if nobody ever waits for a core, and the most
/// sleeps and joins on the way.
fn critical_path(program: &Program) -> u64 {
    let mut last = 0;
    end_of(program, 0, 0, &mut last);
    last
}

/// When the task of this script, begun at `now`, exits.
fn end_of(program: &Program, script: usize, mut now: u64, last: &mut u64) -> u64 {
    let mut ends = vec![0; program.scripts.len()];
    for step in &program.scripts[script] {
        match *step {
            Step::Sleep(nanos) => now += nanos,
            Step::Start(child) => ends[child] = end_of(program, child, now, last),
            Step::Join(child) => now = now.max(ends[child]),
            _ => {}
        }
    }
    *last = now.max(*last);
    now
}

/// Steps that can be delayed: each at most by `D`.
fn points(program: &Program) -> u64 {
    program
        .scripts
        .iter()
        .map(|script| script.len() as u64 + 2)
        .sum()
}

/// For each sleep how long it really took, and how long it was to take.
fn sleeps(outcome: &Outcome) -> Vec<(u64, u64)> {
    let sleep = |(at, event): (usize, &crate::sim::Event)| {
        let after = outcome.events[at + 1..]
            .iter()
            .find(|next| next.task == event.task)?;
        event
            .is(Kind::Sleep)
            .then_some((after.time - event.time, event.a))
    };
    outcome
        .events
        .iter()
        .enumerate()
        .filter_map(sleep)
        .collect()
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn without_delay_the_makespan_is_the_critical_path(program in lock_free(), seed: u64) {
        let expected = critical_path(&program);
        for strategy in strategies() {
            let outcome = run(&program, config(strategy, seed, 0));
            prop_assert!(outcome.is(Ending::Finished));
            prop_assert_eq!(outcome.clock, expected, "{:?}", strategy);
        }
    }

    #[test]
    fn a_run_is_never_shorter_and_its_delays_are_bounded(
        program in lock_free(), seed: u64, delay in 1..10_000_000_000_u64,
    ) {
        let shortest = critical_path(&program);
        let longest = shortest + delay * points(&program);
        for strategy in strategies() {
            let outcome = run(&program, config(strategy, seed, delay));
            prop_assert!(outcome.is(Ending::Finished));
            prop_assert!((shortest..=longest).contains(&outcome.clock), "{:?}", strategy);
        }
    }

    #[test]
    fn a_sleep_takes_its_time_and_at_most_the_delay_more(
        program in lock_free(), seed: u64, bounded: bool,
    ) {
        let delay = if bounded { 1_000_000 } else { NEVER };
        for strategy in strategies() {
            for (took, wanted) in sleeps(&run(&program, config(strategy, seed, delay))) {
                prop_assert!(took >= wanted, "{strategy:?}: {took} of {wanted}");
            }
            for (took, wanted) in sleeps(&run(&program, config(strategy, seed, 0))) {
                prop_assert!(took >= wanted, "{strategy:?}: {took} of {wanted}");
            }
        }
    }
}

/// Main sleeps two seconds and prints, the child sleeps one and prints.
fn sleepers() -> Program {
    let main = vec![Step::Start(1), Step::Sleep(2_000_000_000), Step::Print];
    Program {
        scripts: vec![main, vec![Step::Sleep(1_000_000_000), Step::Print]],
        threads: Vec::new(),
        locks: 0,
        cells: 0,
    }
}

/// Who printed first in each of 200 schedules: how often it was main.
fn main_first(strategy: Schedule, delay: u64) -> usize {
    let first = |seed| {
        let outcome = run(&sleepers(), config(strategy, seed, delay));
        outcome
            .events
            .iter()
            .find(|event| event.is(Kind::Print))
            .expect("both print")
            .task
    };
    (0..200).filter(|&seed| first(seed) == 0).count()
}

#[test]
fn a_sleep_orders_tasks_unless_the_delay_may_be_longer() {
    for strategy in [
        Schedule::RandomWalk,
        Schedule::PartialOrder,
        Schedule::LongDelays,
    ] {
        assert_eq!(main_first(strategy, 0), 0, "{strategy:?}");
        assert_eq!(main_first(strategy, 900_000_000), 0, "{strategy:?}");
        assert!(main_first(strategy, 1_100_000_000) > 5, "{strategy:?}");
        assert!(main_first(strategy, NEVER) > 5, "{strategy:?}");
    }
    assert_eq!(main_first(Schedule::Natural, 0), 0);
}
