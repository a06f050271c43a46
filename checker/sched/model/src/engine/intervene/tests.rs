//! Tests of what interventions change, in worlds whose tasks pass points at given lines.

use crate::engine::block::WaitFor;
use crate::engine::decide::Next;
use crate::engine::strategy::Strategy;
use crate::engine::testing;
use crate::engine::world::{Here, NEVER, NONE, Op, World, state};
use crate::intervention::{Intervention, records};
use crate::run::Site;

const FILE: &str = "a.rs";

fn at(line: u32) -> Site {
    Site {
        file: FILE.into(),
        line,
        column: 1,
    }
}

/// A world of main and others, of which the others always come first if they may.
fn world(tasks: u32, how: &[Intervention]) -> Box<World> {
    let mut world = testing::world(Strategy::BreadthFirst, 0, tasks);
    world.config.interventions = records(how).expect("has room");
    world
}

fn site(world: &mut World, line: u32) -> u32 {
    world.site(Here {
        key: line.into(),
        file: FILE,
        line,
        column: 1,
    })
}

/// The one whose turn it is comes to a line; who goes on.
fn comes_to(world: &mut World, task: u32, line: u32) -> u32 {
    let site = site(world, line);
    world.changed();
    world.announce(task, Op::Write, NONE, site);
    testing::decide(world, task)
}

/// Lets everybody but this task wait at a line without an intervention, and lets it go on.
fn alone(world: &mut World, task: u32) {
    for other in 0..world.task_count {
        let site = site(world, 99);
        world.task_mut(other).site = site;
        world.task_mut(other).state = state::READY;
    }
    world.task_mut(task).state = state::RUNNING;
    world.holder = task;
}

#[test]
fn nobody_comes_between_steps_that_are_kept_together() {
    let mut world = world(3, &[Intervention::Together(at(10), at(12))]);
    alone(&mut world, 0);
    // Whoever comes there is chosen at some time; from then on it alone goes on, asleep or not.
    let mut holder = comes_to(&mut world, 0, 10);
    while holder != 0 {
        holder = comes_to(&mut world, holder, 20);
    }
    assert_eq!(comes_to(&mut world, 0, 11), 0);
    world.sleep(0, 1_000_000);
    assert_eq!(testing::decide(&mut world, 0), 0);
    assert_eq!(comes_to(&mut world, 0, 12), 0);
    assert_eq!(
        comes_to(&mut world, 0, 12),
        0,
        "one step may have several points"
    );
    assert_ne!(comes_to(&mut world, 0, 13), 0, "it has done the last one");
}

#[test]
fn a_step_is_kept_together_with_itself_when_the_task_comes_there_again() {
    let mut world = world(3, &[Intervention::TogetherUntilAgain(at(10))]);
    alone(&mut world, 0);
    let mut holder = comes_to(&mut world, 0, 10);
    while holder != 0 {
        holder = comes_to(&mut world, holder, 20);
    }
    for line in [10, 11, 12, 10] {
        assert_eq!(comes_to(&mut world, 0, line), 0, "line {line}");
    }
    assert_ne!(comes_to(&mut world, 0, 11), 0, "it has been there again");
}

#[test]
fn who_waits_between_them_lets_others_go_on_and_then_comes_first() {
    let mut world = world(3, &[Intervention::Together(at(10), at(12))]);
    alone(&mut world, 0);
    let mut holder = comes_to(&mut world, 0, 10);
    while holder != 0 {
        holder = comes_to(&mut world, holder, 20);
    }
    let wait = |word| WaitFor {
        word,
        object: NONE,
        child: NONE,
        deadline: NEVER,
    };
    world.block(0, wait(77));
    let other = testing::decide(&mut world, 0);
    assert_ne!(other, 0);
    world.block(other, wait(77));
    let last = testing::decide(&mut world, other);
    world.task_mut(other).ready_order = 0;
    assert_eq!(world.wake(77, 1), 1);
    assert_eq!(
        world.task(other).state,
        state::BLOCKED,
        "however long it waits"
    );
    assert_eq!(comes_to(&mut world, last, 20), 0);
}

#[test]
fn what_one_holds_no_other_one_takes_at_these_places() {
    let mut world = world(2, &[Intervention::OneAtATime(vec![at(10), at(20)])]);
    for _ in 0..2 {
        world.add_object(1, "", NONE, 0).expect("few objects");
    }
    alone(&mut world, 0);
    world.task_mut(0).site = site(&mut world, 10);
    world.acquired(0, 0, true);
    let twenty = site(&mut world, 20);
    world.task_mut(1).site = twenty;
    for line in [30, 31, 32] {
        assert_eq!(
            comes_to(&mut world, 0, line),
            0,
            "the other one would take the second"
        );
    }
    assert_eq!(
        comes_to(&mut world, 0, 20),
        0,
        "who holds one may take the other"
    );
    world.released(0, 0);
    assert_eq!(comes_to(&mut world, 0, 33), 1);
}

#[test]
fn a_parent_goes_on_after_the_end_of_what_it_started() {
    let after = |child| Intervention::AfterEnd {
        at: at(20),
        started: at(10),
        child,
    };
    for child in [None, Some(1)] {
        let mut world = world(3, &[after(child)]);
        alone(&mut world, 0);
        let started = site(&mut world, 10);
        for task in [1, 2] {
            world.task_mut(task).started_at = started;
        }
        world.task_mut(0).site = site(&mut world, 20);
        let may_go_on = |world: &mut World| {
            let all = world.candidates();
            let allowed = world.let_on(NONE, all);
            world.is_among(allowed, 0)
        };
        assert!(!may_go_on(&mut world));
        world.exited(1, 0);
        assert_eq!(may_go_on(&mut world), child == Some(1));
        world.exited(2, 0);
        assert!(may_go_on(&mut world));
        world.tick(1);
        assert_eq!(testing::decide(&mut world, 0), 0);
        let known = |task| world.knowledge(task).nth(1);
        assert_eq!(known(0), known(1), "it saw its end");
    }
}

#[test]
fn a_sleep_is_over_when_others_have_gone_on_that_could_before() {
    let mut world = world(2, &[Intervention::OnTime(at(10))]);
    world.config.strategy = Strategy::LongDelays.code();
    alone(&mut world, 0);
    world.task_mut(0).site = site(&mut world, 10);
    world.sleep(0, 1000);
    for _ in 0..20 {
        assert_eq!(testing::decide(&mut world, 1), 1);
        world.holder = 1;
        let line = site(&mut world, 50);
        world.announce(1, Op::Write, NONE, line);
    }
    world.exited(1, 0);
    assert_eq!(world.decide(1), Next::Task(0));
}

#[test]
fn of_two_that_sleep_as_long_at_one_place_each_may_be_first() {
    let first = |preferred: u32| {
        let mut world = world(2, &[Intervention::OnTime(at(10))]);
        alone(&mut world, 0);
        for task in [0, 1] {
            world.task_mut(task).site = site(&mut world, 10);
            world.sleep(task, 1000);
        }
        let all = world.candidates();
        let allowed = world.let_on(NONE, all);
        assert!(world.is_among(allowed, preferred));
        world.note_step(preferred);
        world.task_mut(preferred).state = state::RUNNING;
        let all = world.candidates();
        let allowed = world.let_on(NONE, all);
        assert!(
            world.is_among(allowed, 1 - preferred),
            "it may come between"
        );
    };
    first(0);
    first(1);
}

#[test]
fn nobody_is_kept_waiting_where_nobody_else_can_go_on() {
    let after = Intervention::AfterEnd {
        at: at(20),
        started: at(10),
        child: None,
    };
    let mut world = world(2, &[after]);
    alone(&mut world, 0);
    world.task_mut(1).started_at = site(&mut world, 10);
    world.holder = 1;
    world.task_mut(0).state = state::READY;
    world.task_mut(0).site = site(&mut world, 20);
    world.task_mut(1).state = state::RUNNING;
    let wait = WaitFor {
        word: 5,
        object: NONE,
        child: NONE,
        deadline: NEVER,
    };
    world.block(1, wait);
    assert_eq!(world.decide(1), Next::Task(0));
}

#[test]
fn who_asks_again_and_again_between_such_steps_lets_others_go_on_after_a_while() {
    let mut world = world(2, &[Intervention::Together(at(10), at(12))]);
    alone(&mut world, 0);
    let mut holder = comes_to(&mut world, 0, 10);
    while holder != 0 {
        holder = comes_to(&mut world, holder, 20);
    }
    let mut asked = 0;
    while comes_to(&mut world, 0, 11) == 0 {
        asked += 1;
        assert!(asked < 1_000);
    }
    assert!(asked > 200, "{asked}");
}

#[test]
fn who_has_waited_for_long_comes_between_no_steps_that_others_just_began() {
    let mut world = world(2, &[Intervention::Together(at(10), at(12))]);
    alone(&mut world, 0);
    world.ready_orders += 1_000;
    let mut holder = comes_to(&mut world, 0, 10);
    while holder != 0 {
        holder = comes_to(&mut world, holder, 20);
    }
    world.task_mut(1).ready_order = 0;
    assert_eq!(comes_to(&mut world, 0, 11), 0);
    assert_eq!(comes_to(&mut world, 0, 12), 0);
}
