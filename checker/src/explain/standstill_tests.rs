//! Tests of standstills.

use sched_model::run::{Run, TaskId, Wait};

use super::of;
use crate::facts::standstill::Standstill;
use crate::judge::build::{RunBuilder, join, receives, wait};

fn ended(waits: Vec<Wait>, cycle: Vec<TaskId>) -> (Run, Option<Standstill>) {
    let run = RunBuilder::new(2).lock("till").lock("door");
    let mut run = run.deadlock(waits.clone(), cycle).run();
    for wait in &waits {
        run.tasks[wait.task].exit_code = None;
    }
    let of = of(&run, &waits[0]);
    (run, of)
}

fn who(standstill: Option<Standstill>) -> Vec<(TaskId, Vec<TaskId>)> {
    let waits = standstill.expect("nobody can go on").waits;
    waits.into_iter().map(|it| (it.task, it.ended_by)).collect()
}

#[test]
fn who_holds_what_the_other_one_wants_is_in_a_cycle() {
    let waits = vec![wait(1, 1, 14, Some((2, 12))), wait(2, 0, 24, Some((1, 22)))];
    let (_, cycle) = ended(waits, vec![1, 2]);
    assert!(cycle.as_ref().is_some_and(Standstill::is_cycle));
    assert_eq!(who(cycle), [(1, vec![2]), (2, vec![1])]);
    let (_, alone) = ended(vec![wait(1, 0, 14, Some((1, 12)))], vec![1]);
    assert_eq!(alone.map(|it| it.is_cycle()), Some(true));
}

#[test]
fn who_waits_for_one_that_is_gone_is_in_none() {
    let (mut run, _) = ended(
        vec![wait(2, 0, 14, Some((1, 12))), join(2, Some(4))],
        vec![],
    );
    run.tasks[1].exit_code = Some(0);
    let first = super::waits(&run)[0].clone();
    let standstill = of(&run, &first);
    assert_eq!(standstill.as_ref().map(Standstill::is_cycle), Some(false));
    assert_eq!(who(standstill), [(2, vec![1])]);
}

#[test]
fn a_message_could_come_from_anybody_who_lives() {
    let (_, all) = ended(
        vec![receives(1, 0, 9), join(2, Some(4)), receives(2, 1, 7)],
        vec![],
    );
    assert_eq!(who(all), [(1, vec![0, 2]), (0, vec![2]), (2, vec![0, 1])]);
}

#[test]
fn it_is_none_while_somebody_who_could_end_it_goes_on() {
    let waits = vec![receives(1, 0, 9), wait(2, 1, 7, Some((2, 5)))];
    let (mut run, _) = ended(waits, vec![2]);
    run.tasks[0].exit_code = None;
    let first = super::waits(&run)[0].clone();
    assert_eq!(of(&run, &first), None);
}

#[test]
fn who_waits_for_those_in_a_cycle_is_in_none() {
    let cycle = [wait(1, 1, 14, Some((2, 12))), wait(2, 0, 24, Some((1, 22)))];
    let waits = [vec![join(1, Some(40))], cycle.to_vec()].concat();
    let (_, standstill) = ended(waits, vec![1, 2]);
    assert_eq!(standstill.as_ref().map(Standstill::is_cycle), Some(false));
    assert_eq!(who(standstill), [(0, vec![1]), (1, vec![2]), (2, vec![1])]);
}
