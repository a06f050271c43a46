//! Causes of waits that never end.

use super::*;

/// A deadlock in which the wait of main tells this cause by itself.
fn deadlock(run: &Run, cause: Cause) -> Option<Told> {
    deadlock_of(0, run, Some(cause))
}

/// The same of the wait of a task.
fn deadlock_of(task: TaskId, run: &Run, cause: Option<Cause>) -> Option<Told> {
    let mut found = found(Verdict::Deadlock, run);
    found.cause = cause;
    found.about.tasks = vec![task];
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
    let said = "Process-1 waits for something that never comes (line 30), which nobody else has used; nobody else is \
                left who would notify. Nobody but main has used shelf";
    assert_eq!(
        why(condition, None, Op::Receive, elsewhere),
        Some((Cause::NobodyLeft, said.to_owned())),
        "it might notify if what it waits for came"
    );
    assert_eq!(why(ObjectKind::Lock, None, Op::Acquire, vec![]), None);
    let run = RunBuilder::new(2)
        .object(ObjectKind::Parker, "it")
        .thread(1, 0);
    let run = run.event_at(0, What::Act(Act::Set, 0), 9, Some(0));
    let run = run.event_at(0, What::JoinWait(1), 11, None);
    let run = run.event_at(1, What::Blocked, 14, Some(0));
    let run = run
        .deadlock(vec![join(1, Some(11)), receives(1, 0, 14)], vec![])
        .run();
    assert_eq!(
        deadlock_of(1, &run, None).map(|it| it.why).as_deref(),
        Some(
            "only main, which waits for the end of Process-1 (line 11), could still unpark it; the \
             last who did was main (line 9)"
        ),
        "nobody knows what it would do then"
    );
}

#[test]
fn who_would_give_what_is_waited_for_and_waits_for_the_waiter_is_told() {
    let of = |queue: ObjectKind, others: Vec<Wait>| {
        let run = RunBuilder::new(2).object(queue, "orders");
        let run = run
            .event(0, What::Start(1))
            .event_at(0, What::JoinWait(1), 20, None);
        let run = run.event_at(1, What::Blocked, 14, Some(0));
        let run = run.event_at(2, What::Blocked, 30, Some(0));
        let waits = [vec![join(1, Some(20)), receives(1, 0, 14)], others].concat();
        let run = run.deadlock(waits, vec![]).run();
        let proposed = deadlock_of(1, &run, None);
        proposed
            .filter(|it| it.cause == Cause::MutualWait)
            .map(|it| it.why)
    };
    let told = "Process-1 waits for a message in orders (line 14), and main waits for the end of \
                Process-1 (line 20): each would go on only if the other one went on first";
    assert_eq!(of(ObjectKind::Queue, vec![]).as_deref(), Some(told));
    let same = receives(2, 0, 30);
    assert_eq!(
        of(ObjectKind::Queue, vec![same]).as_deref(),
        Some(told),
        "it gives none"
    );
    let other = Wait {
        op: Some(Op::Send),
        ..receives(2, 0, 30)
    };
    assert_eq!(
        of(ObjectKind::Queue, vec![other]),
        None,
        "it might be this one"
    );
    let kept = vec![wait(2, 0, 30, Some((0, 9)))];
    assert_eq!(of(ObjectKind::Lock, kept), None);
}

#[test]
fn a_change_after_the_last_sign_is_told_if_it_was_looked_at_before() {
    let of = |looks: bool, signs: &[usize]| {
        let run = RunBuilder::new(1).object(ObjectKind::Condvar, "bell");
        let mut run = run.object(ObjectKind::Value, "buns");
        let sign = |run: RunBuilder| run.event_at(0, What::Act(Act::Notified, 0), 20, Some(0));
        for step in 0..3 {
            if signs.contains(&step) {
                run = sign(run);
            }
            run = match step {
                0 if looks => run.event_at(1, What::Read(0, 0), 13, Some(1)),
                1 => run.event_at(0, What::Wrote(0, 1), 21, Some(1)),
                _ => run,
            };
        }
        let run = run.event_at(1, What::Blocked, 14, Some(0));
        let run = run.deadlock(vec![receives(1, 0, 14)], vec![]).run();
        deadlock_of(1, &run, None).map(|cause| cause.why)
    };
    let told = "main changed buns (line 21) after Process-1 had looked at it (line 13), and notified \
                nobody after that, but before (line 20)";
    assert_eq!(of(true, &[0]).as_deref(), Some(told));
    let other = |why: Option<String>| assert_ne!(why.as_deref(), Some(told));
    other(of(false, &[0]));
    other(of(true, &[2]));
    other(of(true, &[0, 2]));
    other(of(true, &[]));
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
