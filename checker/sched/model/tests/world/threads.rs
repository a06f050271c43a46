//! Threads: tasks that share a process, its id, its end, and what they lend each other.

use sched_model::Strategy;
use sched_model::engine::block::WaitFor;
use sched_model::engine::world::{Ending, NEVER, NONE, Op, World, state};

use crate::pooled::Pooled;
use crate::sim::config;

/// Main (0), a thread of it (1), a process (2) with two threads (3 and 4).
fn world() -> Pooled {
    let mut world = Pooled::used();
    world.config = config(Strategy::Natural, 0, NEVER);
    world.begin();
    world.add_task(NONE, "main", false, NONE);
    world.task_mut(0).state = state::RUNNING;
    world.add_thread(0, None, 0, NONE);
    world.add_task(0, "Process-1", false, NONE);
    world.add_thread(2, None, 0, NONE);
    world.add_thread(3, None, 0, NONE);
    world
}

fn name(world: &World, task: u32) -> String {
    let text = world.task(task).name;
    let bytes = &world.text[text.start as usize..(text.start + text.len) as usize];
    String::from_utf8_lossy(bytes).into_owned()
}

fn wait(word: u64, child: u32) -> WaitFor {
    WaitFor {
        word,
        object: NONE,
        child,
        deadline: NEVER,
    }
}

#[test]
fn ids_count_processes_and_are_shared_by_their_threads() {
    let mut world = world();
    let pids: Vec<u32> = world.tasks().iter().map(|task| task.pid).collect();
    assert_eq!(pids, [0, 0, 1, 1, 1]);
    let processes: Vec<u32> = world.tasks().iter().map(|task| task.process).collect();
    assert_eq!(processes, [0, 0, 2, 2, 2]);
    let next = world.add_task(0, "Process-2", false, NONE).expect("few");
    assert_eq!(world.task(next).pid, 2);
    assert_eq!(
        [0, 1, 2, 3].map(|pid| world.leader(pid)),
        [0, 2, next, NONE]
    );
}

#[test]
fn names_tell_whose_thread_it_is_and_do_not_depend_on_what_others_start() {
    let mut world = world();
    let named = world.add_thread(0, Some("egon"), 0, NONE).expect("few");
    let tasks = [
        world.add_thread(named, None, 0, NONE).expect("few"),
        world.add_thread(0, None, 0, NONE).expect("few"),
        world.add_thread(1, None, 0, NONE).expect("few"),
    ];
    let expected = ["egon:1", "Thread-3", "Thread-1:1"];
    assert_eq!(tasks.map(|task| name(&world, task)), expected);
    let expected = ["Thread-1", "Process-1:Thread-1", "Process-1:Thread-1:1"];
    assert_eq!([1, 3, 4].map(|task| name(&world, task)), expected);
}

#[test]
fn the_end_of_a_process_is_that_of_its_threads_and_of_no_other() {
    let mut world = world();
    world.block(3, wait(8, NONE));
    world.block(0, wait(0, 2));
    let events = world.event_count;
    world.died(4, -9);
    let states: Vec<u32> = world.tasks().iter().map(|task| task.state).collect();
    let gone = state::EXITED;
    assert_eq!(states, [state::READY, state::READY, gone, gone, gone]);
    assert_eq!([2, 3, 4].map(|task| world.task(task).cut_off), [0, 1, 1]);
    assert_eq!(world.task(2).exit_code, -9);
    assert_eq!(world.event_count, events + 1, "the leader's end is told");
    assert!(!world.over(), "main and its thread can go on");
    world.died(2, 0);
    assert_eq!(world.task(2).exit_code, -9, "it died once");
}

#[test]
fn threads_that_wait_when_their_process_ends_are_no_deadlock() {
    let mut world = world();
    world.process_exited(2, 0);
    world.block(1, wait(8, NONE));
    world.process_exited(0, 0);
    world.decide(0);
    assert_eq!(world.ending, Ending::Finished as u32);
}

#[test]
fn who_sees_the_end_of_a_process_knows_what_its_threads_did() {
    let mut world = world();
    let cell = world.add_object(4, "", NONE, 2).expect("few objects");
    world.check_access(4, cell, 0, true);
    world.check_access(1, cell, 1, true);
    world.process_exited(2, 0);
    world.acquire_edge_from_task(0, 2);
    world.check_access(0, cell, 0, true);
    assert_eq!(world.race_count, 0);
    world.check_access(0, cell, 1, true);
    assert_eq!(world.race_count, 1, "nobody ordered main's own thread");
}

#[test]
fn a_token_is_kept_until_it_is_taken_and_two_are_one() {
    let mut world = world();
    world.unpark(0, 1);
    world.unpark(0, 1);
    assert!(world.take_token(1));
    assert!(!world.take_token(1));
    world.block(1, wait(World::parked_at(1), NONE));
    world.block(3, wait(World::parked_at(3), NONE));
    world.unpark(0, 1);
    assert_eq!(world.task(1).state, state::READY);
    assert_eq!(world.task(3).state, state::BLOCKED);
    assert!(world.take_token(1));
}

#[test]
fn whoever_is_unparked_knows_what_came_before() {
    let mut world = world();
    let cell = world.add_object(4, "", NONE, 1).expect("few objects");
    world.check_access(1, cell, 0, true);
    world.unpark(1, 0);
    assert!(world.take_token(0));
    world.check_access(0, cell, 0, true);
    assert_eq!(world.race_count, 0);
}

#[test]
fn a_scope_is_over_when_all_its_threads_are_and_its_place_is_used_again() {
    let mut world = world();
    let inner = world.add_thread(1, None, 77, NONE).expect("few");
    assert_eq!(world.live_in_scope(0, 77), Some(inner));
    assert_eq!(world.live_in_scope(2, 77), None, "of another process");
    world.exited(inner, 0);
    assert_eq!(world.live_in_scope(0, 77), None);
    world.leave_scope(0, 77, 1);
    assert_eq!(world.task(inner).joined, 1);
    let later = world.add_thread(0, None, 77, NONE).expect("few");
    world.leave_scope(2, 77, 1);
    assert_eq!(world.task(later).joined, 0);
}

#[test]
fn what_a_scopes_thread_did_happened_before_the_scopes_end_even_if_it_ended_long_before() {
    let mut world = world();
    let cell = world.add_object(4, "", NONE, 1).expect("few objects");
    let inner = world.add_thread(0, None, 77, NONE).expect("few");
    world.check_access(inner, cell, 0, true);
    world.exited(inner, 0);
    world.leave_scope(0, 77, 1);
    world.check_access(0, cell, 0, true);
    assert_eq!(world.race_count, 0);
}

#[test]
fn a_thread_that_could_not_be_made_is_nobody() {
    let mut world = world();
    world.was_not_made(1);
    let task = world.task(1);
    assert_eq!(
        (task.state, task.cut_off, task.joined),
        (state::EXITED, 1, 1)
    );
}

/// Main and its thread pass points and change nothing.
fn spinning() -> Pooled {
    let mut world = world();
    world.process_exited(2, 0);
    world.quiet = 1000;
    for task in [0, 1] {
        world.announce(task, Op::Yield, NONE, 1);
    }
    world
}

#[test]
fn threads_repeat_themselves_only_while_what_they_share_is_the_same_at_every_point() {
    let mut world = spinning();
    assert!(world.has_company(0));
    for _ in 0..3 {
        world.note_thread(0, 5, 100);
        assert!(!world.over(), "the thread has not come round");
    }
    world.note_thread(1, 6, 100);
    world.note_thread(1, 6, 100);
    assert_eq!(world.ending, Ending::Livelock as u32);
    let mut world = spinning();
    for _ in 0..100 {
        world.note_thread(0, 5, 100);
        world.note_thread(1, 6, 200);
    }
    assert!(
        !world.over(),
        "each sees what it saw, but they see different things"
    );
}

#[test]
fn a_thread_that_stops_to_wait_may_have_changed_something_before() {
    let mut world = spinning();
    world.note_thread(0, 5, 100);
    world.note_thread(0, 5, 100);
    world.block(1, wait(8, NONE));
    assert!(!world.has_company(0));
    world.note_fingerprint(0, 7);
    assert!(!world.over(), "what it saw before proves nothing now");
    world.note_fingerprint(0, 7);
    assert_eq!(world.ending, Ending::Deadlock as u32);
}

#[test]
fn what_is_lent_to_others_is_shared() {
    let mut world = world();
    world.thread_mut(0).stack = [1000, 2000];
    world.thread_mut(1).stack = [3000, 4000];
    world.thread_mut(3).stack = [5000, 6000];
    world.thread_mut(0).lent = 1500;
    let mut stacks = [[0; 2]; 8];
    assert_eq!(world.stacks(1, &mut stacks), 2);
    assert_eq!(stacks[..2], [[1000, 1500], [3000, 4000]]);
    world.exited(1, 0);
    assert_eq!(world.stacks(0, &mut stacks), 1);
}
