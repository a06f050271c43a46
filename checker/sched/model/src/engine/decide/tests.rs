//! Tests of the decision, on hand-made worlds: who may be chosen, when time passes, how a run ends.

use super::Next;
use crate::engine::block::WaitFor;
use crate::engine::strategy::Strategy;
use crate::engine::testing::{again, decide, point, world};
use crate::engine::world::{Ending, NEVER, NONE, Op, World, state};
use crate::kind::ObjectKind;
use crate::limits::{LONGEST_DELAY, MAX_STEPS};

/// Tasks that sleep until these times; `D` as given.
fn sleepers(max_delay: u64, until: &[u64]) -> Box<World> {
    let tasks = u32::try_from(until.len()).expect("few tasks");
    let mut world = world(Strategy::RandomWalk, 3, tasks);
    world.config.max_delay = max_delay;
    for (task, &until) in (0..).zip(until) {
        world.task_mut(task).state = state::SLEEPING;
        world.task_mut(task).ready_at = until;
    }
    world
}

fn set(tasks: &[u32]) -> super::SlotSet {
    super::SlotSet::of_few(tasks.iter().fold(0, |bits, task| bits | 1 << task))
}

#[test]
fn those_within_the_delay_of_the_earliest_are_candidates() {
    let of = |delay| sleepers(delay, &[30, 10, 20, 11]).candidates();
    assert_eq!(of(0), set(&[1]));
    assert_eq!(of(1), set(&[1, 3]));
    assert_eq!(of(10), set(&[1, 2, 3]));
    assert_eq!(of(NEVER), set(&[0, 1, 2, 3]));
}

#[test]
fn the_clock_becomes_the_later_of_itself_and_the_ready_time() {
    let mut world = sleepers(0, &[30, 10]);
    assert_eq!(decide(&mut world, NONE), 1);
    assert_eq!(world.clock, 10);
    world.task_mut(1).state = state::EXITED;
    world.clock = 50;
    assert_eq!(decide(&mut world, 1), 0);
    assert_eq!(world.clock, 50);
}

#[test]
fn a_wait_whose_deadline_comes_times_out() {
    let mut world = sleepers(0, &[30, 10]);
    let wait = WaitFor {
        word: 8,
        object: NONE,
        child: NONE,
        deadline: 5,
    };
    world.block(0, wait);
    assert_eq!(decide(&mut world, NONE), 0);
    assert_eq!((world.clock, world.task(0).timed_out), (5, 1));
    assert_eq!(world.task(0).ready_at, 5);
    assert_eq!(world.wake(8, 1), 0, "it no longer waits");
}

#[test]
fn a_task_to_be_killed_is_a_candidate_whatever_it_waits_for() {
    let mut world = sleepers(0, &[30, 10, 20]);
    world.block(
        0,
        WaitFor {
            word: 8,
            object: NONE,
            child: NONE,
            deadline: NEVER,
        },
    );
    assert_eq!(world.candidates(), set(&[1]));
    world.kill_later(1, 0, 15);
    assert_eq!(world.candidates(), set(&[0]));
    world.exited(0, -15);
    assert_eq!(world.candidates(), set(&[1]));
}

#[test]
fn a_repeated_question_steps_back_until_something_changes() {
    let mut world = world(Strategy::Natural, 3, 2);
    for _ in 0..2 {
        world.announce(0, Op::TryAcquire, 5, 1);
        assert_eq!(decide(&mut world, 0), 0, "the first time it may ask");
        world.not_yet(0);
        world.announce(0, Op::TryAcquire, 5, 1);
        assert_eq!(world.candidates(), set(&[1]));
        world.changed();
        assert_eq!(world.candidates(), set(&[0, 1]));
    }
}

#[test]
fn another_place_or_another_object_is_another_question() {
    let mut world = world(Strategy::Natural, 3, 2);
    world.announce(0, Op::Read, 5, 1);
    world.not_yet(0);
    for (op, object, site) in [(Op::Read, 6, 1), (Op::Read, 5, 2), (Op::TryAcquire, 5, 1)] {
        world.announce(0, op, object, site);
        assert_eq!(world.task(0).stepped_back, 0, "{op:?}");
    }
    world.announce(0, Op::Read, 5, 1);
    assert_eq!(world.task(0).stepped_back, 1);
}

#[test]
fn what_follows_at_the_same_place_is_another_operation() {
    let mut world = world(Strategy::Natural, 3, 2);
    world.announce_at(0, Op::Read, 5, 1, 1);
    world.not_yet(0);
    // As in `value.set(value.get() + 1)` of a function with `#[track_caller]`.
    world.announce_at(0, Op::Write, 5, 1, 1);
    assert_eq!(world.task(0).stepped_back, 0);
    world.announce_at(0, Op::Read, 5, 2, 1);
    assert_eq!(world.task(0).stepped_back, 0, "another element");
    world.announce_at(0, Op::Read, 5, 1, 1);
    assert_eq!(world.task(0).stepped_back, 1);
}

#[test]
fn tasks_that_all_step_back_take_turns() {
    let mut world = world(Strategy::RandomWalk, 3, 3);
    for task in 0..3 {
        world.announce(task, Op::Yield, NONE, 1);
        world.not_yet(task);
    }
    let mut holder = 0;
    let mut chosen = Vec::new();
    for _ in 0..9 {
        world.announce(holder, Op::Yield, NONE, 1);
        holder = decide(&mut world, holder);
        chosen.push(holder);
    }
    let turns = (0..3).map(|task| chosen[3..].iter().filter(|&&t| t == task).count());
    assert_eq!(turns.collect::<Vec<_>>(), [2, 2, 2], "{chosen:?}");
}

#[test]
fn with_nobody_left_the_run_is_finished_or_blocked_forever() {
    let blocked_forever = WaitFor {
        word: 8,
        object: NONE,
        child: NONE,
        deadline: NEVER,
    };
    for (daemon, expected) in [(0, Ending::Deadlock), (1, Ending::Finished)] {
        let mut world = world(Strategy::Natural, 3, 2);
        world.task_mut(1).daemon = daemon;
        world.block(1, blocked_forever);
        world.exited(0, 0);
        assert_eq!(world.decide(0), Next::Over);
        assert_eq!(world.ending, expected as u32);
        assert_eq!(world.decide(0), Next::Over, "and stays so");
    }
}

#[test]
fn too_many_points_are_inconclusive() {
    let mut world = world(Strategy::Natural, 3, 2);
    world.steps = MAX_STEPS - 2;
    world.announce(0, Op::Print, NONE, 1);
    let next = decide(&mut world, 0);
    world.announce(next, Op::Print, NONE, 1);
    assert_eq!(world.decide(next), Next::Over);
    assert_eq!(
        (world.ending, world.end_task),
        (Ending::Inconclusive as u32, next)
    );
}

#[test]
fn every_decision_is_recorded_with_its_clock() {
    let mut world = sleepers(0, &[30, 10]);
    decide(&mut world, NONE);
    world.task_mut(1).state = state::EXITED;
    decide(&mut world, 1);
    let choices = world.log[..2]
        .iter()
        .map(|entry| (entry.choice.task, entry.choice.clock));
    assert_eq!(choices.collect::<Vec<_>>(), [(1, 10), (0, 30)]);
    assert_eq!(world.choice_count, 2);
}

#[test]
fn looking_at_the_clock_makes_time_pass_ever_faster() {
    let mut world = world(Strategy::Natural, 3, 1);
    let mut read = || {
        world.announce(0, Op::Clock, NONE, 1);
        world.read_clock(0)
    };
    assert_eq!((read(), read()), (0, 0), "two readings may be the same");
    let mut readings = 0;
    while read() < 3_600_000_000_000 {
        readings += 1;
    }
    assert!(readings < 1000, "an hour takes {readings} readings");
}

#[test]
fn a_request_is_a_call_where_nobody_is_interrupted() {
    let mut world = world(Strategy::Natural, 5, 4);
    let (server, caller, other) = (3, 0, 1);
    let manager = world
        .add_object(ObjectKind::Manager as u32, "", NONE, 0)
        .expect("has room");
    let rests = |child| WaitFor {
        word: 8,
        object: manager,
        child,
        deadline: NEVER,
    };
    world.block(server, rests(NONE));
    world.make_ready(server);
    world.block(caller, rests(server));
    assert_eq!(
        decide(&mut world, caller),
        server,
        "although others are ready"
    );
    world.make_ready(caller);
    world.block(server, rests(NONE));
    assert_eq!(decide(&mut world, server), caller);
    world.block(caller, rests(NONE));
    assert_eq!(decide(&mut world, caller), other, "this was no request");
}

#[test]
fn a_limit_does_not_run_out_while_somebody_else_has_long_been_ready() {
    let limited = |limit_delay: u64, slept: u64| {
        let mut world = sleepers(NEVER, &[1_000, 0, slept]);
        world.config.limit_delay = limit_delay;
        let wait = WaitFor {
            word: 8,
            object: NONE,
            child: NONE,
            deadline: 1_000,
        };
        world.block(0, wait);
        world.task_mut(1).state = state::READY;
        world
    };
    assert_eq!(limited(999, 2_000).candidates(), set(&[1]));
    assert_eq!(limited(1_000, 2_000).candidates(), set(&[0, 1]));
    assert_eq!(limited(999, 500).candidates(), set(&[1, 2]), "it is before");
    let unlimited = limited(LONGEST_DELAY, 2_000).candidates();
    assert_eq!(unlimited, set(&[0, 1, 2]));
    let mut late = limited(100, 500);
    late.task_mut(1).delayed_until = 5_000;
    assert_eq!(late.start_time(1), 100);
    late.task_mut(1).delayed_until = 900;
    assert_eq!(late.start_time(1), 900, "the limit has not run out by then");
}

#[test]
fn who_slept_longer_than_others_may_be_delayed_lets_them_go_on_once_awake() {
    for schedule in 0..64 {
        let mut world = world(Strategy::RandomWalk, 3, 2);
        world.config.max_delay = NEVER;
        world.config.schedule = schedule;
        again(&mut world, 2);
        for (task, until) in [(0, 2 * LONGEST_DELAY), (1, 0)] {
            world.task_mut(task).state = state::SLEEPING;
            world.task_mut(task).ready_at = until;
        }
        // Asleep it may be late; awake it is later than one may be who runs.
        if decide(&mut world, 0) == 0 {
            assert_eq!(point(&mut world, 0), 1);
            return;
        }
    }
    panic!("it is never chosen");
}
