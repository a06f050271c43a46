//! Tests of the trace as text, on hand-made runs.

use std::time::Duration;

use super::*;
use crate::judge::build::{FILE, RunBuilder, join, site};
use crate::message::trace::deed;
use sched_model::run::{Act, End, Meaning, ObjectId, Refusal, Site, TaskId, Wait, What};

fn event(millis: u64, task: TaskId, what: What, line: u32, object: Option<ObjectId>) -> Event {
    Event {
        time: Duration::from_millis(millis),
        task,
        what,
        at: site(line),
        object,
    }
}

fn run(end: End, events: Vec<Event>) -> Run {
    let run = RunBuilder::new(2).lock("Lock-1").lock("till");
    let run = run.print(1, "moved\u{7} 5").end(end).run();
    let mut run = Run {
        events,
        makespan: Duration::from_millis(1500),
        steps: 42,
        bytes: 0,
        computed: 0,
        ..run
    };
    run.tasks[2].name = "\u{1b}[31mevil".to_owned();
    run
}

#[test]
fn a_deadlock_is_told_step_by_step_and_then_who_waits_for_whom() {
    let wait = |task, object, line, holder, since| Wait {
        task,
        object: Some(object),
        child: None,
        at: site(line),
        holder: Some((holder, site(since))),
        op: None,
        far_side: None,
    };
    let joins = join(1, Some(20));
    let end = End::Deadlock {
        waits: vec![joins, wait(1, 1, 12, 2, 11), wait(2, 0, 12, 1, 11)],
        cycle: vec![1, 2],
    };
    let events = vec![
        event(0, 0, What::Start(1), 18, None),
        event(0, 0, What::Start(2), 18, None),
        event(0, 0, What::JoinWait(1), 20, None),
        event(0, 1, What::Begin, 18, None),
        event(0, 1, What::Acquired, 11, Some(0)),
        event(0, 1, What::Sleep(Duration::from_millis(250)), 10, None),
        event(100, 2, What::Acquired, 11, Some(1)),
        event(100, 2, What::Print(0, 3), 9, None),
        event(100, 2, What::Blocked, 12, Some(0)),
        event(250, 1, What::Blocked, 12, Some(1)),
    ];
    insta::assert_snapshot!(trace(&run(end, events), FILE), @r#"
       time  task            line  what it did
    0.000 s  main              18  starts Process-1
    0.000 s  main              18  starts \u{1b}[31mevil
    0.000 s  main              20  waits for the end of Process-1
    0.000 s  Process-1         18  begins, as process 40002
    0.000 s  Process-1         11  takes Lock-1
    0.000 s  Process-1         10  sleeps for 0.250 s
    0.100 s  \u{1b}[31mevil    11  takes till
    0.100 s  \u{1b}[31mevil     9  prints "moved\u{7} 5" and 2 more lines
    0.100 s  \u{1b}[31mevil    12  has to wait for Lock-1
    0.250 s  Process-1         12  has to wait for till

    Here the program can never go on:
      - main waits at line 20 for the end of Process-1
      - Process-1 waits at line 12 for till, which \u{1b}[31mevil holds since line
        11
      - \u{1b}[31mevil waits at line 12 for Lock-1, which Process-1 holds since line
        11
    A cycle: Process-1, who waits for \u{1b}[31mevil, who waits for Process-1.
    "#);
}

#[test]
fn who_waits_at_its_end_waits_in_no_line() {
    let ours = site(214).map(|site| Site {
        file: "checker/mp/src/process.rs".into(),
        ..site
    });
    let end = Wait {
        at: ours,
        ..join(1, None)
    };
    let end = End::Deadlock {
        waits: vec![end],
        cycle: vec![],
    };
    let text = trace(&run(end, vec![]), FILE);
    assert!(
        text.contains("  - main waits for the end of Process-1\n"),
        "{text}"
    );
}

#[test]
fn numbers_are_shown_as_the_program_uses_them() {
    let minus_three = u64::from((-3_i32).cast_unsigned());
    let wrote = event(0, 1, What::Wrote(0, minus_three), 4, Some(0));
    let mut run = run(End::Finished, vec![wrote]);
    run.objects[0].meaning = Meaning::I32;
    let text = trace(&run, FILE);
    assert!(text.contains("writes Lock-1: -3\n"), "{text}");
}

#[test]
fn a_wait_that_was_given_up_tells_how_long_it_was() {
    let events = vec![
        event(0, 0, What::JoinWait(1), 4, None),
        event(500, 1, What::Blocked, 5, Some(0)),
        event(1000, 2, What::WouldBlock, 6, Some(0)),
        event(1500, 1, What::Blocked, 5, Some(0)),
        event(2500, 1, What::WouldBlock, 5, Some(0)),
        event(3000, 1, What::Blocked, 7, Some(1)),
        event(3500, 1, What::Act(Act::Empty, 0), 7, Some(1)),
        event(3500, 1, What::Act(Act::Full, 0), 8, Some(1)),
        event(4000, 0, What::GaveUp(1), 4, None),
        event(4000, 0, What::StartFailed(Refusal::Threads), 9, None),
        event(5000, 2, What::Blocked, 10, Some(0)),
        event(5000, 2, What::WouldBlock, 10, Some(0)),
    ];
    let run = run(End::Finished, events);
    let told = |index: usize| deed(&run, FILE, &run.events[index]);
    assert_eq!(told(2), "tries to take Lock-1, in vain", "it did not wait");
    assert_eq!(told(4), "gives up on Lock-1 after 2.000 s", "in two parts");
    assert_eq!(told(6), "gives up after 0.500 s: till is empty");
    assert_eq!(told(7), "finds till full", "it did not wait");
    assert_eq!(told(8), "gives up after 4.000 s");
    assert_eq!(
        told(9),
        "cannot start a process: its process has other threads"
    );
    assert_eq!(
        told(11),
        "gives up on Lock-1 at once, its time being over before it could wait"
    );
}

#[test]
fn every_other_deed_has_its_words() {
    let events = vec![
        event(0, 1, What::Wrote(0, 7), 4, Some(0)),
        event(0, 1, What::Read(1, 8), 5, Some(1)),
        event(0, 1, What::Updated(0, 9), 6, Some(1)),
        event(0, 1, What::WouldBlock, 7, Some(0)),
        event(0, 1, What::Released, 8, Some(0)),
        event(0, 0, What::IsAlive(1, true), 9, None),
        event(0, 0, What::Signal(1, 15), 10, None),
        event(0, 1, What::Enter("work".to_owned()), 11, None),
        event(0, 1, What::Leave("work".to_owned()), 11, None),
        event(0, 1, What::Clock, 12, None),
        event(0, 1, What::Yield, 13, None),
        event(0, 1, What::Random, 14, None),
        event(0, 1, What::Panic, 15, None),
        event(0, 1, What::Exit(-15), 16, None),
        event(3_600_000, 0, What::Joined(1), 17, None),
        event(3_600_000, 0, What::Exit(0), 18, None),
    ];
    let mut run = run(End::Finished, events);
    run.tasks[1].panic = Some(("no\nway".to_owned(), site(15)));
    run.stderr = "thread panicked\n\u{1b}[1mno way\n".to_owned();
    insta::assert_snapshot!(trace(&run, FILE), @r#"
          time  task       line  what it did
       0.000 s  Process-1     4  writes Lock-1: 7
       0.000 s  Process-1     5  reads till[1]: 8
       0.000 s  Process-1     6  changes till[0] to 9
       0.000 s  Process-1     7  tries to take Lock-1, in vain
       0.000 s  Process-1     8  releases Lock-1
       0.000 s  main          9  asks whether Process-1 is alive: yes
       0.000 s  main         10  sends SIGTERM to Process-1
       0.000 s  Process-1    11  enters work
       0.000 s  Process-1    11  leaves work
       0.000 s  Process-1    12  reads the clock
       0.000 s  Process-1    13  lets others go first
       0.000 s  Process-1    14  draws a random number
       0.000 s  Process-1    15  panics: no\nway
       0.000 s  Process-1    16  is ended by SIGTERM
    3600.000 s  main         17  sees the end of Process-1
    3600.000 s  main         18  exits with 0

    It ended by itself after 1.500 s of virtual time and 42 scheduling points.

    What it printed to standard error:
        thread panicked
        \u{1b}[1mno way
    "#);
}

#[test]
fn every_other_end_has_its_words() {
    let ends = [
        End::Livelock {
            tasks: vec![(0, site(3)), (1, None)],
        },
        End::EndlessLoop {
            task: 1,
            last: site(3),
        },
        End::TooMuchOutput { task: 1 },
        End::OutOfMemory { task: 1 },
        End::Inconclusive {
            reason: "blocked in read".to_owned(),
            at: site(3),
        },
    ];
    let lines = ends.map(|end| {
        let text = trace(&run(end, Vec::new()), FILE);
        text.lines().last().expect("an end").to_owned()
    });
    insta::assert_snapshot!(lines.join("\n"), @r#"
    Here the same steps repeat for ever: main at line 3, Process-1.
    Here Process-1 computes for ever after line 3.
    Here Process-1 printed more than is allowed.
    Here Process-1 asked for more memory than is allowed.
    Here the checker had to give up at line 3: blocked in read.
    "#);
}

#[test]
fn a_line_of_another_file_is_told_with_its_file() {
    let events = vec![event(0, 0, What::Clock, 12, None)];
    let text = trace(&run(End::Finished, events), "other.rs");
    assert!(
        text.contains("exercises/05_lock/1_two_lines.rs:12"),
        "{text}"
    );
}
