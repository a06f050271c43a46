//! Tests of the timeline, on hand-made runs: states, locks held, and what led to what.

use std::time::Duration;

use sched_model::run::Choice;

use super::LinkKind::{HandOver, Join, Message, Start, Wake};
use super::*;
use crate::judge::build::RunBuilder;
use State::{Blocked, Exited, Ready, Running};

/// The links of a run, as from, to, kind, and whether somebody woke up.
fn links(run: &Run) -> Vec<(usize, usize, LinkKind, bool)> {
    let links = timeline(run).links.into_iter();
    links.map(|it| (it.from, it.to, it.kind, it.woke)).collect()
}

/// The states just before an event.
fn states(run: &Run, event: usize) -> Vec<Option<State>> {
    let moments = timeline(run).before(run, event).into_iter();
    moments.map(|moment| moment.state).collect()
}

fn joined() -> Run {
    RunBuilder::new(1)
        .event(0, What::Start(1))
        .event(0, What::JoinWait(1))
        .event(1, What::Begin)
        .event(1, What::Exit(0))
        .event(0, What::Joined(1))
        .run()
}

#[test]
fn who_is_started_is_ready_and_who_joins_is_blocked_until_the_end_of_the_child() {
    let run = joined();
    assert_eq!(states(&run, 0), [Some(Running), None]);
    assert_eq!(states(&run, 1), [Some(Running), Some(Ready)]);
    assert_eq!(states(&run, 2), [Some(Blocked), Some(Ready)]);
    assert_eq!(states(&run, 3), [Some(Blocked), Some(Running)]);
    assert_eq!(states(&run, 4), [Some(Ready), Some(Exited)]);
    assert_eq!(states(&run, 5), [Some(Running), Some(Exited)]);
    assert_eq!(links(&run), [(0, 2, Start, false), (3, 4, Join, true)]);
}

#[test]
fn a_lock_is_handed_over_to_who_waits_for_it_and_to_who_takes_it_next() {
    let run = RunBuilder::new(2)
        .lock("till")
        .event_at(1, What::Acquired, 5, Some(0))
        .event_at(2, What::Blocked, 5, Some(0))
        .event_at(1, What::Released, 7, Some(0))
        .event_at(2, What::Acquired, 5, Some(0))
        .event_at(2, What::Released, 7, Some(0))
        .event_at(0, What::Acquired, 5, Some(0))
        .event_at(0, What::Released, 7, Some(0))
        .event_at(0, What::Acquired, 5, Some(0))
        .run();
    let expected = [(2, 3, HandOver, true), (4, 5, HandOver, false)];
    assert_eq!(links(&run), expected, "not from a task to itself");
    let held = |event| {
        let moments = timeline(&run).before(&run, event).into_iter();
        moments.map(|moment| moment.held.len()).collect::<Vec<_>>()
    };
    assert_eq!(held(1), [0, 1, 0]);
    assert_eq!(held(3), [0, 0, 0]);
    assert_eq!(held(4), [0, 0, 1]);
}

#[test]
fn a_message_goes_from_its_sender_to_its_receiver_by_its_number() {
    let run = RunBuilder::new(2)
        .object(ObjectKind::Queue, "counter")
        .act(1, 0, Act::Put, 1)
        .act(1, 0, Act::Put, 2)
        .act(2, 0, Act::Got, 1)
        .act(2, 0, Act::Got, 2)
        .event_at(2, What::Blocked, 9, Some(0))
        .act(1, 0, Act::Put, 3)
        .act(2, 0, Act::Got, 3)
        .run();
    let expected = [
        (0, 2, Message, false),
        (1, 3, Message, false),
        (5, 6, Message, true),
    ];
    assert_eq!(links(&run), expected);
    assert_eq!(states(&run, 5)[2], Some(Blocked));
    assert_eq!(states(&run, 6)[2], Some(Ready));
}

/// Two tasks wait for a condition and are woken up one after the other.
fn notified_twice() -> Run {
    RunBuilder::new(2)
        .object(ObjectKind::Condition, "shelf")
        .event_at(1, What::Blocked, 5, Some(0))
        .event_at(2, What::Blocked, 5, Some(0))
        .act(0, 0, Act::Notified, 1)
        .act(0, 0, Act::Notified, 1)
        .event(1, What::Clock)
        .event(2, What::Clock)
        .run()
}

#[test]
fn who_may_be_chosen_after_a_notification_was_woken_up_by_it() {
    let mut run = notified_twice();
    assert_eq!(links(&run), [(3, 4, Wake, true), (3, 5, Wake, true)]);
    let mut first = Choice::of_task(0);
    first.events = 3;
    first.candidates.insert(1);
    run.choices.push(first);
    assert_eq!(links(&run), [(2, 4, Wake, true), (3, 5, Wake, true)]);
    assert_eq!(states(&run, 3)[1..], [Some(Ready), Some(Blocked)]);
}

#[test]
fn a_sleep_ends_when_its_time_has_come_and_a_yield_makes_ready() {
    let mut run = RunBuilder::new(1)
        .event(1, What::Sleep(Duration::from_secs(1)))
        .event(0, What::Yield)
        .event(0, What::Clock)
        .run();
    run.events[2].time = Duration::from_secs(1);
    assert_eq!(states(&run, 2), [Some(Ready), Some(Blocked)]);
    assert_eq!(states(&run, 3), [Some(Running), Some(Ready)]);
}

#[test]
fn the_threads_of_a_process_are_gone_with_it_and_a_switch_is_where_one_was_left() {
    let run = RunBuilder::new(2)
        .thread(2, 1)
        .event(1, What::Start(2))
        .switch(1, false)
        .switch(2, true)
        .event(2, What::Begin)
        .event(1, What::Exit(0))
        .run();
    assert_eq!(states(&run, 3)[1..], [Some(Exited), Some(Exited)]);
    let left: Vec<_> = timeline(&run).steps.iter().map(|step| step.left).collect();
    assert_eq!(left, [None, Some(1), None]);
}
