//! Tests of tables of steps.

use super::*;
use crate::judge::build::RunBuilder;

fn about(task: TaskId) -> About {
    About {
        tasks: vec![task],
        ..About::default()
    }
}

/// Process-2 used the lock before Process-1 failed, and main did nothing there.
fn run() -> Run {
    let run = RunBuilder::new(2).lock("till");
    let run = run.event_at(2, What::Acquired, 9, Some(0));
    let run = run.event_at(2, What::Released, 10, Some(0));
    let run = run.event_at(1, What::Acquired, 11, Some(0));
    run.event_at(1, What::Panic, 12, None).run()
}

#[test]
fn beside_a_task_alone_those_are_shown_who_used_what_it_used() {
    let table = table(&run(), &about(1)).expect("steps");
    assert_eq!(table.tasks, [1, 2]);
    assert_eq!(table.rows.iter().filter(|row| row.is_step()).count(), 4);
}

#[test]
fn a_task_that_met_nobody_shows_its_own_steps() {
    let mut run = run();
    run.events.drain(..2);
    let table = table(&run, &about(1)).expect("steps");
    assert_eq!((table.tasks.len(), table.rows.len()), (1, 2));
}

#[test]
fn there_is_nothing_to_be_seen_of_a_program_that_starts_nobody() {
    let run = RunBuilder::new(0).lock("till");
    let run = run.event_at(0, What::Acquired, 11, Some(0));
    let run = run.event_at(0, What::Panic, 12, None).run();
    assert_eq!(table(&run, &about(0)), None);
}
