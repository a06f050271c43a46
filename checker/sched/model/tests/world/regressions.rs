//! Faults that there were once, each with the run that showed it.

use sched_model::Strategy;
use sched_model::engine::world::{Ending, Kind, NEVER, NONE, state};
use sched_segment::segment::world_of_zeroes;

use crate::program::{Program, Step};
use crate::sim::{config, run};

fn first_printer(strategy: Strategy, delay: u64) -> u32 {
    let main = vec![Step::Start(1), Step::Sleep(2_000_000_000), Step::Print];
    let child = vec![Step::Sleep(1_000_000_000), Step::Print];
    let program = Program {
        scripts: vec![main, child],
        threads: Vec::new(),
        locks: 0,
        cells: 0,
    };
    let outcome = run(&program, config(strategy, 0, delay));
    outcome
        .events
        .iter()
        .find(|event| event.is(Kind::Print))
        .expect("both print")
        .task
}

#[test]
fn natural_sleeps_its_sleep_out_whatever_the_delay() {
    assert_eq!(first_printer(Strategy::Natural, NEVER), 1);
}

#[test]
fn a_replay_past_its_end_sleeps_its_sleeps_out() {
    assert_eq!(first_printer(Strategy::Replay, NEVER), 1);
}

#[test]
fn long_delays_jumps_over_a_sleep_only_by_chance() {
    let program = {
        let main = vec![Step::Start(1), Step::Sleep(2_000_000_000), Step::Print];
        Program {
            scripts: vec![main, vec![Step::Sleep(1_000_000_000), Step::Print]],
            threads: Vec::new(),
            locks: 0,
            cells: 0,
        }
    };
    let main_first = (0..100).filter(|&seed| {
        let outcome = run(&program, config(Strategy::LongDelays, seed, NEVER));
        outcome
            .events
            .iter()
            .find(|event| event.is(Kind::Print))
            .expect("both")
            .task
            == 0
    });
    let main_first = main_first.count();
    assert!(main_first < 40, "{main_first} of 100");
}

#[test]
fn a_task_to_be_killed_is_delayed_no_longer() {
    let mut world = world_of_zeroes();
    world.config = config(Strategy::Natural, 0, 100);
    world.begin();
    world.add_task(NONE, "main", false, NONE);
    world.add_task(0, "child", false, NONE);
    world.holder = 0;
    // The child woke at 1000 and was then delayed by the whole bound.
    world.task_mut(1).ready_at = 1000;
    world.task_mut(1).delayed_until = 1100;
    world.kill_later(0, 1, 15);
    world.exited(0, 0);
    world.decide(0);
    assert!(world.clock <= 100, "{}", world.clock);
}

#[test]
fn repetition_with_a_period_of_two_is_proved() {
    let mut world = world_of_zeroes();
    world.config = config(Strategy::Natural, 0, 0);
    world.begin();
    world.add_task(NONE, "main", false, NONE);
    world.task_mut(0).state = state::RUNNING;
    for round in 0..100 {
        world.quiet = 1000 + round;
        world.note_fingerprint(0, u64::from(round % 2));
    }
    assert_eq!(world.ending, Ending::Livelock as u32);
}

#[test]
fn a_yield_waits_for_nobodys_sleep() {
    let main = vec![Step::Start(1), Step::Sleep(1_000_000_000), Step::Join(1)];
    let child = vec![Step::Yield, Step::Sleep(1_000_000_000)];
    let program = Program {
        scripts: vec![main, child],
        threads: Vec::new(),
        locks: 0,
        cells: 0,
    };
    let outcome = run(&program, config(Strategy::Natural, 0, 0));
    assert_eq!(outcome.clock, 1_000_000_000);
}
