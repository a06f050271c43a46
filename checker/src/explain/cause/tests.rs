//! Tests of causes, on hand-made runs: each pattern, and what merely resembles it.

use std::time::Duration;

use sched_model::run::{Act, Asked, ObjectKind, Op, Part, Run, TaskId, Wait, What};

use super::{Evidence, proposals};
use crate::facts::fact::Fact;
use crate::facts::{About, Cause, Finding, Found, Proposal, Verdict};
use crate::judge::build::{RunBuilder, join, receives, wait};
use crate::message;

#[path = "waits_tests.rs"]
mod waits;

/// What is wrong: main is concerned, at the end of the run.
fn found(verdict: Verdict, run: &Run) -> Found {
    let about = About {
        tasks: vec![0],
        until: run.events.len().checked_sub(1),
        ..About::default()
    };
    let finding = Finding {
        verdict,
        fact: Fact::Told(String::new()),
        at: None,
        labels: Vec::new(),
    };
    Found {
        finding,
        cause: None,
        details: Vec::new(),
        about,
    }
}

/// A cause, with what is told of it and what shows it.
#[derive(Debug, PartialEq)]
struct Told {
    cause: Cause,
    why: String,
    about: About,
}

fn told(evidence: &Evidence) -> Option<Told> {
    let Proposal { why, about, .. } = proposals(evidence).next()?;
    Some(Told {
        cause: why.cause(),
        why: message::cause::why(evidence.run, &why),
        about,
    })
}

fn cause_of(run: &Run, natural: &Run, verdict: Verdict) -> Option<Told> {
    told(&Evidence {
        run,
        natural,
        passing: None,
        found: &found(verdict, run),
        given: Some(100),
    })
}

/// The cause of a run whose order is wrong, where nothing is known of the natural one.
fn wrong_order(run: RunBuilder) -> Option<Told> {
    let natural = RunBuilder::new(2).run();
    cause_of(&run.run(), &natural, Verdict::WrongOrder)
}

fn name(explanation: Option<Told>) -> Option<Cause> {
    explanation.map(|it| it.cause)
}

fn shared() -> RunBuilder {
    RunBuilder::new(2).object(ObjectKind::Value, "shelf")
}

fn read(run: RunBuilder, task: TaskId, bits: u64) -> RunBuilder {
    run.event_at(task, What::Read(0, bits), 10, Some(0))
}

fn write(run: RunBuilder, task: TaskId, bits: u64) -> RunBuilder {
    run.event_at(task, What::Wrote(0, bits), 11, Some(0))
}

/// Process-1 reads, Process-2 writes `theirs` in between, Process-1 writes `mine`.
fn between(theirs: u64, mine: u64) -> RunBuilder {
    let run = read(shared(), 1, 0).switch(2, true);
    write(write(run, 2, theirs), 1, mine)
}

#[test]
fn writing_over_what_one_has_not_seen_is_a_lost_update() {
    let cause = wrong_order(between(3, 5)).expect("a cause");
    assert_eq!(cause.cause, Cause::LostUpdate);
    assert_eq!(
        cause.why,
        "Process-1 read shelf (line 10), then Process-2 changed it (line 11), and then Process-1 \
         wrote it (line 11) without knowing of that: what Process-2 did is lost"
    );
    let About { tasks, objects, .. } = cause.about;
    assert_eq!((tasks, objects), (vec![1, 2], vec![0]));
}

#[test]
fn two_who_write_the_same_lose_something_only_if_it_should_have_added_up() {
    let run = between(1, 1).run();
    let flag = RunBuilder::new(2).run();
    let cause = cause_of(&run, &flag, Verdict::WrongOrder);
    assert_eq!(name(cause), Some(Cause::CheckThenAct));
    // One after the other, the same write of Process-1 wrote more: it depends on what it read.
    let counter = write(read(write(shared(), 2, 1), 1, 1), 1, 2).run();
    let cause = cause_of(&run, &counter, Verdict::WrongOrder);
    assert_eq!(name(cause), Some(Cause::LostUpdate));
}

#[test]
fn a_look_that_decides_whether_something_is_put_there_gives_it_no_value() {
    let left_out = read(write(read(shared(), 1, 0), 1, 1), 2, 1).run();
    let decided = cause_of(&between(2, 1).run(), &left_out, Verdict::WrongOrder);
    assert_eq!(name(decided), Some(Cause::CheckThenAct));
}

#[test]
fn what_is_put_under_another_key_of_a_manager_changes_nothing_here() {
    let asks = |run: RunBuilder, task, part, asked| {
        run.event_at(task, What::Request(String::new(), part, asked), 10, Some(0))
    };
    let between = |mine, theirs| {
        let run = asks(shared(), 1, mine, Asked::Looks).switch(2, true);
        let run = asks(run, 2, theirs, Asked::Changes);
        wrong_order(asks(run, 1, mine, Asked::Changes)).is_some()
    };
    let [rye, oat] = [b"rye", b"oat"].map(|key| Part::at(0, key));
    let told = [rye, Part::whole(0), oat].map(|mine| between(mine, rye));
    assert_eq!(told, [true, true, false]);
}

#[test]
fn who_reads_again_or_is_not_interrupted_loses_nothing() {
    let again = read(write(read(shared(), 1, 0).switch(2, true), 2, 3), 1, 3);
    assert_eq!(wrong_order(write(again, 1, 5)), None);
    // The scheduler did something else than usual, but not here.
    let elsewhere = read(shared().switch(2, true).event(0, What::Yield), 1, 0);
    assert_eq!(wrong_order(write(write(elsewhere, 2, 3), 1, 5)), None);
    // A change of the same task.
    let mine = write(write(read(shared(), 1, 0).switch(1, true), 1, 3), 1, 5);
    assert_eq!(wrong_order(mine), None);
}

#[test]
fn a_lock_that_was_given_back_in_between_is_named() {
    let takes = |run: RunBuilder, what| run.event_at(1, what, 9, Some(1));
    let run = read(takes(shared().lock("till"), What::Acquired), 1, 0);
    let run = write(takes(run, What::Released).switch(2, true), 2, 3);
    let cause = wrong_order(write(takes(run, What::Acquired), 1, 5)).expect("a cause");
    assert_eq!(cause.cause, Cause::LostUpdate);
    let end = "is lost (Process-1 had let go of till in between)";
    assert!(cause.why.ends_with(end), "{}", cause.why);
}

#[test]
fn different_locks_keep_nobody_apart_and_one_does() {
    let holding = |theirs: usize| {
        let run = shared().lock("front door").lock("back door");
        let run = run.event_at(1, What::Acquired, 8, Some(1));
        let run = read(run, 1, 0).switch(2, true);
        let run = run.event_at(2, What::Acquired, 9, Some(theirs));
        wrong_order(write(write(run, 2, 3), 1, 5))
    };
    let cause = holding(2).expect("a cause");
    assert_eq!(cause.cause, Cause::TwoLocks);
    assert_eq!(
        cause.why,
        "Process-1 held front door from reading shelf (line 10) to writing it (line 11), and \
         Process-2 held back door when it changed shelf (line 11): two different locks keep \
         nobody apart"
    );
    assert_eq!(
        name(holding(1)),
        Some(Cause::LostUpdate),
        "the same lock, somehow"
    );
}

#[test]
fn a_race_under_two_locks_is_told() {
    let access = |run: RunBuilder, task, what, line| run.event_at(task, what, line, Some(0));
    let racing = |theirs: Option<usize>| {
        let run = RunBuilder::new(2).object(ObjectKind::Raw, "shelf");
        let run = run.lock("front door").lock("back door");
        let run = run.event_at(1, What::Acquired, 8, Some(1));
        let run = access(run, 1, What::Wrote(0, 1), 30);
        let run = match theirs {
            Some(lock) => run.event_at(2, What::Acquired, 9, Some(lock)),
            None => run,
        };
        let run = access(run, 2, What::Read(0, 1), 31).race(0, 0).run();
        name(cause_of(&run, &run, Verdict::DataRace))
    };
    assert_eq!(racing(Some(2)), Some(Cause::TwoLocks));
    assert_eq!(racing(None), None);
}

#[test]
fn an_answer_that_is_out_of_date_is_acted_on() {
    let queue = |look: Option<u64>| {
        let act = |run: RunBuilder, task, act, line, number| {
            run.event_at(task, What::Act(act, number), line, Some(0))
        };
        let mut run = RunBuilder::new(2).object(ObjectKind::Queue, "orders");
        if let Some(number) = look {
            run = act(run, 1, Act::Looked, 10, number);
        }
        let run = act(run.switch(2, true), 2, Act::Got, 20, 1);
        wrong_order(act(run, 1, Act::Got, 11, 2))
    };
    let cause = queue(Some(2)).expect("a cause");
    assert_eq!(cause.cause, Cause::CheckThenAct);
    assert_eq!(
        cause.why,
        "Process-1 looked at orders (line 10), then Process-2 changed it (line 20), and then \
         Process-1 went on (line 11) as if nothing had changed"
    );
    assert_eq!(
        queue(None),
        None,
        "who did not look cannot be wrong about it"
    );
}

#[test]
fn who_takes_in_vain_after_it_took_relied_on_its_look() {
    let act = |run: RunBuilder, task, line, act, number| {
        run.event_at(task, What::Act(act, number), line, Some(0))
    };
    // Main is interrupted first, which is of no interest.
    let run = RunBuilder::new(2).object(ObjectKind::Queue, "shelf");
    let run = run.event(0, What::Start(1)).switch(1, true);
    let run = act(act(run, 1, 9, Act::Looked, 2), 1, 10, Act::Got, 1).switch(2, true);
    let run = act(act(run, 2, 19, Act::Looked, 1), 2, 20, Act::Got, 2);
    let mut run = act(run, 1, 10, Act::Empty, 0).run();
    for (choice, task) in run.choices.iter_mut().zip([0, 1]) {
        choice.current = Some(task);
    }
    let natural = RunBuilder::new(2).run();
    let cause = cause_of(&run, &natural, Verdict::WrongOrder).expect("a cause");
    assert_eq!(cause.cause, Cause::CheckThenAct);
    assert_eq!(
        cause.why,
        "Process-1 looked at shelf (line 9), then Process-2 changed it (line 20), and then \
         Process-1 went on (line 10) as if nothing had changed"
    );
}

#[test]
fn who_waits_for_what_it_saw_a_moment_ago_looked_too_early() {
    let run = |saw: Option<u64>, takes: Act| {
        let act = |run: RunBuilder, task, act, line, number| {
            run.event_at(task, What::Act(act, number), line, Some(0))
        };
        let mut run = RunBuilder::new(2).object(ObjectKind::Queue, "orders");
        if let Some(saw) = saw {
            run = act(run, 1, Act::Looked, 10, saw);
        }
        let run = act(run, 2, takes, 20, 1).event_at(1, What::Blocked, 11, Some(0));
        let op = Some(if takes == Act::Got {
            Op::Receive
        } else {
            Op::Send
        });
        let wait = Wait {
            op,
            ..wait(1, 0, 11, None)
        };
        let run = run.deadlock(vec![wait], vec![]).run();
        cause_of(&run, &run, Verdict::Deadlock)
    };
    let cause = run(Some(1), Act::Got).expect("a cause");
    assert_eq!(cause.cause, Cause::CheckThenAct);
    assert_eq!(
        cause.why,
        "Process-1 looked into orders (line 10), then Process-2 took a message (line 20), and then \
         Process-1 waited for one that was no longer there (line 11)"
    );
    assert_eq!(name(run(Some(0), Act::Put)), Some(Cause::CheckThenAct));
    assert_eq!(
        run(Some(1), Act::Put),
        None,
        "it saw that there was no room"
    );
    assert_eq!(run(Some(0), Act::Got), None, "it knew that there was none");
    assert_eq!(run(None, Act::Got), None, "it did not look");
}

/// Process-1 waits for a condition because the shelf is empty; main fills it and notifies;
/// Process-2 empties it before Process-1 goes on, and Process-1 then does this.
fn woken_too_late(then: &[What]) -> Option<Cause> {
    let run = shared().object(ObjectKind::Condition, "bell").lock("door");
    let run = read(run, 1, 0).event_at(1, What::Blocked, 12, Some(1));
    let run = write(run, 0, 1).event_at(0, What::Act(Act::Notified, 1), 20, Some(1));
    let mut run = write(run.switch(2, true), 2, 0).event_at(1, What::Acquired, 12, Some(2));
    for what in then {
        let on = if *what == What::Blocked { 1 } else { 0 };
        run = run.event_at(1, what.clone(), 13, Some(on));
    }
    name(wrong_order(run))
}

#[test]
fn who_is_woken_and_does_not_look_again_should_have() {
    let takes = What::Wrote(0, u64::MAX);
    let blind = woken_too_late(std::slice::from_ref(&takes));
    assert_eq!(blind, Some(Cause::IfNotWhile));
    let sees = woken_too_late(&[What::Read(0, 0), takes.clone()]);
    assert_eq!(
        sees,
        Some(Cause::IfNotWhile),
        "it sees what made it wait before, and goes on"
    );
    let gives_back = [What::Read(0, 0), What::Released, What::Blocked];
    assert_eq!(woken_too_late(&gives_back), None, "it waits again");
    assert_eq!(woken_too_late(&gives_back[..1]), None, "it may yet do so");
    assert_eq!(
        woken_too_late(&[What::Read(0, 0), What::Blocked]),
        None,
        "it waits again"
    );
    assert_eq!(
        woken_too_late(&[What::Read(0, 7), takes]),
        None,
        "there is enough"
    );
}

#[test]
fn a_child_that_needs_what_its_parent_held_at_its_start() {
    let joins = join(1, Some(30));
    let run = |took_before: bool| {
        let mut run = RunBuilder::new(1).lock("till");
        let take = |run: RunBuilder| run.event_at(0, What::Acquired, 20, Some(0));
        if took_before {
            run = take(run);
        }
        run = run.event_at(0, What::Start(1), 21, None);
        if !took_before {
            run = take(run);
        }
        let waits = vec![joins.clone(), wait(1, 0, 14, Some((0, 20)))];
        let run = run.deadlock(waits, vec![0, 1]).run();
        cause_of(&run, &run, Verdict::Deadlock)
    };
    let cause = run(true).expect("a cause");
    assert_eq!(cause.cause, Cause::HeldAtFork);
    assert_eq!(
        cause.why,
        "main held till (line 20) when it started Process-1 (line 21), which needs it, and now \
         waits for its end"
    );
    assert_eq!(run(false), None, "it was taken later");
}

#[test]
fn the_only_one_who_gave_has_died() {
    let run = |code: i32| {
        let wait = receives(2, 0, 14);
        let run = RunBuilder::new(2).object(ObjectKind::Queue, "orders");
        let run = run.event_at(1, What::Act(Act::Put, 1), 20, Some(0));
        let run = run.event_at(1, What::Exit(code), 21, None).exit(1, code);
        let run = run.deadlock(vec![wait], vec![]).run();
        name(cause_of(&run, &run, Verdict::Deadlock))
    };
    assert_eq!(run(-9), Some(Cause::WaitsForDead));
    assert_eq!(run(0), None);
}

/// Main starts Process-1 and sleeps at this line; the sleep is over too early.
fn overslept(line: u32, also_preempts: bool) -> Option<Told> {
    let run = RunBuilder::new(1).event_at(0, What::Start(1), 40, None);
    let run = run.event_at(0, What::Sleep(Duration::from_secs(1)), line, None);
    let mut run = run.switch(0, false).event(0, What::Print(0, 1));
    if also_preempts {
        run = run.switch(1, true);
    }
    wrong_order(run.event(1, What::Yield))
}

#[test]
fn a_sleep_of_the_learner_s_is_no_wait() {
    let cause = overslept(41, false).expect("a cause");
    assert_eq!(cause.cause, Cause::SleepAsSync);
    assert_eq!(
        cause.why,
        "main slept (line 41) and went on while Process-1 was not done yet: a sleep waits for \
         nobody, however long it is"
    );
    assert_eq!(overslept(140, false), None, "in the given part it is work");
    assert_eq!(overslept(41, true), None, "something else was needed, too");
}

/// Two that sleep; this one of them is over too early in the first place, that one in the second.
fn two_overslept(told: TaskId) -> Option<Told> {
    let run = RunBuilder::new(2).event_at(0, What::Start(1), 40, None);
    let run = run.event_at(1, What::Sleep(Duration::from_secs(1)), 41, None);
    let run = run.event_at(2, What::Sleep(Duration::from_secs(1)), 42, None);
    let run = run.switch(1, false).event(1, What::Yield);
    let run = run.switch(2, false).event(told, What::Print(0, 1));
    let run = run.event(0, What::Yield).run();
    let mut found = found(Verdict::WrongOrder, &run);
    found.about.tasks = vec![told];
    self::told(&Evidence {
        run: &run,
        natural: &RunBuilder::new(2).run(),
        passing: None,
        found: &found,
        given: Some(100),
    })
}

#[test]
fn the_sleep_is_that_of_who_was_misled() {
    let why = |told| two_overslept(told).expect("a cause").why;
    assert!(
        why(2).starts_with("Process-2 slept (line 42)"),
        "{}",
        why(2)
    );
    assert!(
        why(1).starts_with("Process-1 slept (line 41)"),
        "{}",
        why(1)
    );
}

/// Process-1 waits for a message for a while, at this line.
fn gave_up_at(line: u32) -> Option<Told> {
    let run = RunBuilder::new(1).object(ObjectKind::Queue, "orders");
    let run = run.event_at(1, What::Blocked, line, Some(0));
    let run = run.event_at(1, What::Act(Act::Empty, 0), line, Some(0));
    wrong_order(run.event(1, What::Print(0, 1)))
}

#[test]
fn who_gives_up_goes_on_without_what_it_waited_for() {
    let cause = gave_up_at(41).expect("a cause");
    assert_eq!(cause.cause, Cause::GaveUp);
    assert_eq!(
        cause.why,
        "Process-1 gave up waiting for a message in orders (line 41) and went on all the same: a \
         limit of time may run out before what is waited for comes, however long it is"
    );
    assert_eq!(gave_up_at(140), None, "the given part may");
}

#[test]
fn a_sleep_between_two_looks_is_asking_and_not_hoping() {
    let look = |run: RunBuilder| run.event_at(0, What::Read(0, 0), 43, Some(0));
    let polls = |before: bool| {
        let run = shared().event_at(0, What::Start(1), 40, None);
        let run = if before { look(run) } else { run };
        let run = run.event_at(0, What::Sleep(Duration::from_secs(1)), 41, None);
        let run = look(run.switch(0, false)).event(0, What::Print(0, 1));
        wrong_order(run.event(1, What::Yield))
    };
    assert_eq!(name(polls(false)), Some(Cause::SleepAsSync));
    assert_eq!(polls(true), None);
}

/// Main reads what its child writes later.
fn read_too_early(run: RunBuilder) -> Option<Told> {
    let run = read(run.event_at(0, What::Start(1), 40, None), 0, 0);
    let until = 1;
    let run = run.event_at(1, What::Wrote(0, 5), 20, Some(0)).run();
    let mut found = found(Verdict::WrongOutput, &run);
    found.about.until = Some(until);
    told(&Evidence {
        run: &run,
        natural: &run,
        passing: None,
        found: &found,
        given: None,
    })
}

#[test]
fn a_child_that_nobody_joined_comes_too_late() {
    let cause = read_too_early(shared().unjoined(1)).expect("a cause");
    assert_eq!(cause.cause, Cause::Unjoined);
    assert_eq!(
        cause.why,
        "main did not wait for Process-1: it went on (line 10) before Process-1 was done (line 20)"
    );
    assert_eq!(read_too_early(shared()), None, "it was joined");
    assert_eq!(
        read_too_early(shared().unjoined(1).daemon(1)),
        None,
        "a daemon"
    );
}
