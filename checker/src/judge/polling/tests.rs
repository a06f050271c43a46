//! Runs made by hand that ask in vain, and some that only look like it.

use std::time::Duration;

use sched_model::run::{FileResult, ObjectKind};

use super::*;
use crate::judge::build::RunBuilder;

const SECOND: What = What::Sleep(Duration::from_secs(1));
/// A deed that others can see.
const DEED: What = What::Updated(0, 1);

/// A run in which task 1 does `step` so many times, at lines 40 and following, on object 0.
fn repeated(kind: ObjectKind, times: u32, step: &[What]) -> RunBuilder {
    let mut run = RunBuilder::new(1).object(kind, "x");
    for _ in 0..times {
        for (line, what) in (40..).zip(step) {
            run = run.event_at(1, what.clone(), line, Some(0));
        }
    }
    run
}

/// The same, all in one line.
fn in_one_line(kind: ObjectKind, times: u32, step: &[What]) -> RunBuilder {
    let mut run = RunBuilder::new(1).object(kind, "x");
    for what in (0..times).flat_map(|_| step) {
        run = run.event_at(1, what.clone(), 40, Some(0));
    }
    run
}

/// How often the worst was asked; the tasks and lines are the same in all of these runs.
fn told(run: RunBuilder) -> Option<u32> {
    let found = polls(&run.run())?;
    let Fact::Unmet(Unmet::Polls(task, times, Some(40 | 41))) = found.finding.fact else {
        panic!("{:?}", found.finding);
    };
    assert!(task == "Process-1" || task == "main");
    Some(times)
}

#[test]
fn whoever_asks_again_and_again_polls() {
    use ObjectKind::{Event, Lock, Queue, Semaphore};
    for (kind, step) in [
        (Lock, vec![What::WouldBlock]),
        (Semaphore, vec![What::WouldBlock, What::Yield]),
        (Queue, vec![What::Act(Act::Empty, 0), SECOND]),
        (Queue, vec![What::Act(Act::Full, 0), What::Random, SECOND]),
        (Event, vec![What::Act(Act::Looked, 0), What::Again]),
        (Lock, vec![What::IsAlive(1, true), SECOND]),
        (
            Lock,
            vec![What::IsAlive(1, true), What::Acquired, What::Released],
        ),
        // A permit that is taken and given back serves as a lock.
        (
            Semaphore,
            vec![
                What::IsAlive(1, true),
                What::Act(Act::Took, 0),
                What::Act(Act::Gave, 1),
            ],
        ),
        // Nobody has noticed.
        (
            Lock,
            vec![What::IsAlive(1, true), What::Act(Act::Notified, 0)],
        ),
        // Of two who are asked after, one is gone.
        (Lock, vec![What::IsAlive(1, true), What::IsAlive(0, false)]),
    ] {
        assert_eq!(told(repeated(kind, 3, &step)), None, "{step:?}");
        assert_eq!(told(repeated(kind, 7, &step)), Some(7), "{step:?}");
    }
}

#[test]
fn what_others_can_see_is_no_asking_and_begins_anew() {
    let no = What::Act(Act::Empty, 0);
    for deed in [DEED, What::Print(0, 1), What::Enter("work".into())] {
        let works = [no.clone(), deed.clone()];
        assert_eq!(told(repeated(ObjectKind::Queue, 9, &works)), None);
        // Once the work is done it goes on asking.
        let works = in_one_line(ObjectKind::Queue, 3, &works);
        let then = |times| {
            let asks = |run: RunBuilder, _| run.event_at(1, no.clone(), 40, Some(0));
            told((0..times).fold(
                in_one_line(ObjectKind::Queue, 2, std::slice::from_ref(&deed)),
                asks,
            ))
        };
        assert_eq!(told(works), None);
        assert_eq!((then(3), then(4)), (None, Some(4)));
    }
}

#[test]
fn waiting_for_a_time_by_looking_at_the_clock_is_polling() {
    let looks = |times| repeated(ObjectKind::Lock, times, &[What::Clock]);
    assert_eq!(told(looks(8)), None);
    assert!(told(looks(9)).is_some());
    let works = [What::Clock, DEED];
    assert_eq!(told(repeated(ObjectKind::Value, 30, &works)), None);
}

#[test]
fn to_ask_twice_before_each_message_is_fine() {
    let (empty, got) = (What::Act(Act::Empty, 0), What::Act(Act::Got, 1));
    let twice = [empty.clone(), What::Yield, empty.clone(), What::Again, got];
    assert_eq!(told(in_one_line(ObjectKind::Queue, 9, &twice)), None);
}

#[test]
fn a_limit_that_runs_out_again_and_again_counts_where_nobody_is_delayed() {
    use ObjectKind::{Condition, Event, Lock, Queue};
    let empty = What::Act(Act::Empty, 0);
    for (kind, step) in [
        (Lock, [What::Blocked, What::WouldBlock]),
        (Event, [What::Blocked, What::WouldBlock]),
        (Condition, [What::Blocked, What::WouldBlock]),
        (Queue, [What::Blocked, empty]),
        (Lock, [What::JoinWait(0), What::GaveUp(0)]),
    ] {
        let runs_out = |times| in_one_line(kind, times, &step);
        // A wait for a lock is none, so its try is in vain in any run.
        if kind != Lock || step[0] != What::Blocked {
            assert_eq!(told(runs_out(9)), None, "{step:?}");
        }
        assert_eq!(told(runs_out(3).undelayed()), None, "{step:?}");
        assert_eq!(told(runs_out(4).undelayed()), Some(4), "{step:?}");
    }
}

#[test]
fn a_wait_of_a_second_is_a_wait_if_somebody_tells() {
    let waits = |seconds, tells: bool| {
        let mut run = RunBuilder::new(1).object(ObjectKind::Condition, "x");
        for round in 0..6 {
            let since = Duration::from_secs(10 * round);
            let until = since + Duration::from_millis(seconds);
            run = run.event_at(1, What::Blocked, 40, Some(0)).at_time(since);
            run = run
                .event_at(1, What::WouldBlock, 40, Some(0))
                .at_time(until);
        }
        if tells {
            run = run.act(0, 0, Act::Notified, 0);
        }
        told(run.undelayed())
    };
    assert_eq!(waits(1000, true), None);
    assert_eq!(waits(999, true), Some(6));
    assert_eq!(waits(1000, false), Some(6));
}

#[test]
fn what_always_comes_in_sleep_is_not_waited_for() {
    let comes = |times, sleeps: &[What], deed: &What| {
        let mut run = RunBuilder::new(1).object(ObjectKind::Condition, "x");
        for _ in 0..times {
            run = run.event_at(1, What::Read(0, 1), 40, None);
            for what in sleeps {
                run = run.event_at(1, what.clone(), 41, Some(0));
            }
            run = run.event_at(1, What::Read(0, 2), 40, None);
            run = run.event_at(1, deed.clone(), 42, None);
        }
        run.undelayed()
    };
    let runs_out = [What::Blocked, What::WouldBlock];
    for sleeps in [&[SECOND][..], &runs_out] {
        assert_eq!(told(comes(3, sleeps, &DEED)), None);
        assert_eq!(told(comes(4, sleeps, &DEED)), Some(4));
    }
    // Looking at what changes, and doing nothing with it.
    assert_eq!(told(comes(9, &[SECOND], &What::Yield)), None);
    let told_at_last = comes(4, &runs_out, &DEED).act(0, 0, Act::Notified, 0);
    assert_eq!(told(told_at_last), None);
    let messages = [What::Act(Act::Empty, 0), SECOND, What::Act(Act::Got, 1)];
    assert_eq!(told(in_one_line(ObjectKind::Queue, 3, &messages)), None);
    assert_eq!(told(in_one_line(ObjectKind::Queue, 4, &messages)), Some(4));
}

#[test]
fn asking_whether_each_of_many_is_alive_is_no_polling() {
    let all = |rounds| {
        let mut run = RunBuilder::new(9);
        for _ in 0..rounds {
            for child in 1..=9 {
                run = run.event_at(0, What::IsAlive(child, true), 40, None);
            }
        }
        run
    };
    assert_eq!(told(all(1)), None);
    assert!(told(all(9)).is_some());
}

#[test]
fn reading_a_value_is_asking_only_if_it_changes_at_last() {
    let reads = |times| repeated(ObjectKind::Value, times, &[What::Read(0, 5), SECOND]);
    let changed = |run: RunBuilder| run.event_at(1, What::Read(0, 6), 40, Some(0));
    assert_eq!(told(reads(20)), None);
    assert_eq!(told(changed(reads(3))), None);
    assert_eq!(told(changed(reads(4))), Some(4));
    let elsewhere = reads(9).event_at(1, What::Read(0, 6), 50, Some(0));
    assert_eq!(told(elsewhere), None);
    let printed = [What::Read(0, 5), What::Print(0, 1)];
    let printed = repeated(ObjectKind::Value, 9, &printed);
    assert_eq!(told(changed(printed)), None);
    let locked = [What::Acquired, What::Read(0, 5), What::Released, SECOND];
    let locked = repeated(ObjectKind::Value, 9, &locked);
    let last = locked.event_at(1, What::Read(0, 6), 41, Some(0));
    assert!(told(last).is_some());
}

#[test]
fn a_file_is_asked_for_by_looking_and_by_reading_it_from_its_beginning() {
    let file = |act, result| What::File(act, result);
    let last = |run: RunBuilder, what: &What| told(run.event_at(1, what.clone(), 40, Some(0)));
    let none = file(FileAct::Look, FileResult::Failed);
    let there = file(FileAct::Look, FileResult::Done);
    let looks = in_one_line(ObjectKind::File, 5, &[none, SECOND]);
    assert_eq!(last(looks, &there), Some(5));
    let read = |text: &[u8]| file(FileAct::Read, FileResult::bytes(text));
    let open = file(FileAct::Open, FileResult::Done);
    let reads = in_one_line(ObjectKind::File, 5, &[open.clone(), read(b"no")]);
    let reads = reads.event_at(1, open, 40, Some(0));
    assert_eq!(last(reads, &read(b"yes")), Some(5));
    let reads_on = in_one_line(ObjectKind::File, 5, &[read(b"no")]);
    assert_eq!(last(reads_on, &read(b"")), None);
}

#[test]
fn who_waits_or_gets_on_in_between_does_not_poll() {
    use ObjectKind::{Condition, Lock, Queue};
    for (kind, step) in [
        // In vain, then in earnest.
        (Lock, vec![What::WouldBlock, What::Blocked, What::Acquired]),
        (
            Queue,
            vec![
                What::Act(Act::Full, 0),
                What::Blocked,
                What::Act(Act::Put, 1),
            ],
        ),
        (Queue, vec![What::Act(Act::Empty, 0), DEED]),
        // `while` around the wait of a condition.
        (
            Condition,
            vec![What::Act(Act::Looked, 2), What::Blocked, What::Acquired],
        ),
        (
            Lock,
            vec![What::IsAlive(1, true), What::JoinWait(1), What::Joined(1)],
        ),
    ] {
        let run = repeated(kind, 9, &step).event_at(1, What::Act(Act::Looked, 3), 40, Some(0));
        assert_eq!(told(run.undelayed()), None, "{step:?}");
    }
}

#[test]
fn tasks_lines_and_objects_are_counted_by_themselves() {
    let mut run = RunBuilder::new(3).lock("a").lock("b");
    for (task, line, object) in [(1, 40, 0), (2, 40, 0), (1, 41, 0), (1, 40, 1)] {
        for _ in 0..3 {
            run = run.event_at(task, What::WouldBlock, line, Some(object));
        }
    }
    assert_eq!(told(run), None);
}

#[test]
fn a_run_that_did_not_end_shows_nothing() {
    let run = repeated(ObjectKind::Lock, 9, &[What::WouldBlock]);
    assert_eq!(told(run.deadlock(vec![], vec![])), None);
}
