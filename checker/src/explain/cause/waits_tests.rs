//! Causes of waits that never end.

use super::*;

/// A deadlock in which the wait tells this cause by itself.
fn deadlock(run: &Run, cause: Cause) -> Option<Told> {
    let found = Found {
        cause: Some(cause),
        ..found(Verdict::Deadlock, run)
    };
    told(&Evidence {
        run,
        natural: run,
        passing: None,
        found: &found,
        given: None,
    })
}

#[test]
fn an_event_that_was_cleared_too_early_is_told_with_who_did_what() {
    let cleared_by = |task: TaskId| {
        let wait = receives(1, 0, 14);
        let run = RunBuilder::new(2).object(ObjectKind::Event, "baked");
        let run = run.event_at(2, What::Act(Act::Set, 0), 20, Some(0));
        let run = run.event_at(task, What::Act(Act::Cleared, 0), 21, Some(0));
        let run = run.event_at(1, What::Blocked, 14, Some(0));
        let run = run.deadlock(vec![wait], vec![]).run();
        deadlock(&run, Cause::ClearedTooEarly).map(|cause| cause.why)
    };
    assert_eq!(
        cleared_by(2).as_deref(),
        Some(
            "baked was set by Process-2 (line 20), and cleared by Process-2 (line 21) before \
             Process-1 waited for it (line 14): what it told is gone"
        )
    );
    let itself = cleared_by(1).expect("a cause");
    assert!(itself.contains("by Process-1 itself (line 21)"), "{itself}");
}

#[test]
fn who_holds_the_other_end_of_a_pipe_is_named() {
    let held_by = |holder: Option<TaskId>| {
        let wait = Wait {
            op: Some(Op::Receive),
            child: holder,
            ..wait(0, 0, 14, None)
        };
        let run = RunBuilder::new(1).object(ObjectKind::Pipe, "till");
        let run = run.event_at(0, What::Blocked, 14, Some(0));
        let run = run.deadlock(vec![wait], vec![]).run();
        deadlock(&run, Cause::NoSender).map(|cause| (cause.cause, cause.why))
    };
    let (name, why) = held_by(Some(0)).expect("a cause");
    assert_eq!(name, Cause::NoSender);
    assert!(why.ends_with("main itself still holds the other end of till"));
    let (_, why) = held_by(Some(1)).expect("a cause");
    let other = "Process-1 still holds the other end of till, and sends nothing";
    assert!(why.ends_with(other), "{why}");
    let (_, why) = held_by(None).expect("a cause");
    assert_eq!(why, "nobody is left who would send a message");
}

#[test]
fn where_nobody_is_left_it_is_told_who_gave_last_what_is_waited_for() {
    let why = |kind, gave: Option<Act>, op, others: Vec<Wait>| {
        let mut run = RunBuilder::new(2).object(kind, "shelf");
        if let Some(act) = gave {
            run = run.event_at(2, What::Act(act, 1), 9, Some(0));
        }
        let run = run.event_at(0, What::Blocked, 14, Some(0));
        let first = Wait {
            op: Some(op),
            ..wait(0, 0, 14, None)
        };
        let waits = [vec![first], others].concat();
        let run = run.deadlock(waits, vec![]).run();
        cause_of(&run, &run, Verdict::Deadlock).map(|cause| (cause.cause, cause.why))
    };
    let told = |why: &str| Some((Cause::NobodyLeft, format!("nobody is left who would {why}")));
    let (queue, condition) = (ObjectKind::Queue, ObjectKind::Condition);
    assert_eq!(
        why(queue, Some(Act::Got), Op::Send, vec![]),
        told("take a message and so make room; the last who did was Process-2 (line 9)")
    );
    assert_eq!(
        why(condition, None, Op::Receive, vec![receives(1, 0, 30)]),
        told("notify, and nobody ever did"),
        "who waits for the same notifies nobody"
    );
    let elsewhere = vec![receives(1, 1, 30)];
    assert_eq!(
        why(condition, None, Op::Receive, elsewhere),
        None,
        "it might notify if what it waits for came"
    );
    assert_eq!(why(ObjectKind::Lock, None, Op::Acquire, vec![]), None);
}

#[test]
fn who_holds_what_those_need_that_it_waits_for_is_told() {
    let of = |third: Option<Wait>| {
        let receives = receives(1, 0, 14);
        let run = RunBuilder::new(2).object(ObjectKind::Queue, "orders");
        let run = run.object(ObjectKind::Lock, "till");
        let run = run.event_at(1, What::Acquired, 13, Some(1));
        let run = run.event_at(1, What::Blocked, 14, Some(0));
        let run = run.event_at(0, What::Blocked, 20, Some(1));
        let mut waits = vec![receives, wait(0, 1, 20, Some((1, 13)))];
        waits.extend(third);
        let run = run.deadlock(waits, vec![]).run();
        deadlock(&run, Cause::NoSender).map(|cause| (cause.cause, cause.why))
    };
    let why = "Process-1 waits for a message in orders (line 14) while it holds till (line 13), which \
               main needs (line 20); nobody else could go on";
    let expected = Some((Cause::HeldWhileWaiting, why.to_owned()));
    assert_eq!(of(None), expected, "Process-2 has ended");
    assert_eq!(of(Some(wait(2, 1, 30, Some((1, 13))))), expected);
    let other = wait(2, 0, 30, None);
    let name = of(Some(other)).map(|(name, _)| name);
    assert_eq!(name, Some(Cause::NoSender), "it does not need the lock");
}
