//! Tests of the two steps that decide, in orders of decisions.

use super::*;

/// The choices of these tasks in this order, where some are left although they could go on.
fn choices(order: &[TaskId], left: &[usize]) -> Vec<Choice> {
    let choice = |(at, task): (usize, &TaskId)| Choice {
        preempts: left.contains(&at),
        deviates: left.contains(&at),
        ..Choice::of_task(*task)
    };
    order.iter().enumerate().map(choice).collect()
}

/// The pair in these choices, where an order passes if this says so.
fn found(choices: &[Choice], passes: &dyn Fn(&[TaskId]) -> bool) -> Option<Pair> {
    let mut attempt = |all: &[Deviation]| {
        let order: Vec<TaskId> = all.iter().map(|it| it.task).collect();
        assert_eq!(order.len(), choices.len(), "no step is lost: {order:?}");
        Ok(match passes(&order) {
            true => Moved::Passes,
            false => Moved::Fails,
        })
    };
    pair(choices, &mut attempt).expect("no attempt errs")
}

/// Where a task takes a step.
fn step(order: &[TaskId], task: TaskId, number: usize) -> usize {
    let mut all = (0..order.len()).filter(|&at| order[at] == task);
    all.nth(number).expect("a step")
}

#[test]
fn of_a_lost_update_it_is_the_late_write_and_the_read_that_came_before_it() {
    // Both read and write; the first one is left between the two.
    let choices = choices(&[0, 1, 2, 2, 1, 0], &[2]);
    let passes = |order: &[TaskId]| step(order, 1, 1) < step(order, 2, 0);
    let pair = found(&choices, &passes).expect("a pair");
    assert_eq!(pair.steps, [2, 4]);
    let tasks: Vec<TaskId> = pair.order.iter().map(|it| it.task).collect();
    assert_eq!(tasks, [0, 1, 1, 2, 2, 0]);
    assert_eq!(pair.passing, [3, 2]);
}

#[test]
fn steps_that_do_not_matter_are_not_named() {
    // The second step of the one and the third one of the other decide.
    let choices = choices(&[0, 1, 2, 2, 2, 1, 1, 1, 0], &[2]);
    let passes = |order: &[TaskId]| step(order, 1, 2) < step(order, 2, 1);
    let pair = found(&choices, &passes).expect("a pair");
    assert_eq!(pair.steps, [3, 6]);
    let tasks: Vec<TaskId> = pair.order.iter().map(|it| it.task).collect();
    assert_eq!(tasks, [0, 1, 1, 2, 1, 2, 2, 1, 0]);
    assert_eq!(pair.passing, [5, 4]);
}

#[test]
fn who_has_not_begun_may_be_the_one_that_was_to_come_first() {
    let mut choices = choices(&[0, 2, 2, 1, 1, 0], &[]);
    choices[1].deviates = true;
    choices[1].candidates.insert(1);
    let passes = |order: &[TaskId]| step(order, 1, 0) < step(order, 2, 1);
    let pair = found(&choices, &passes).expect("a pair");
    assert_eq!(pair.steps, [2, 3]);
}

#[test]
fn where_no_order_passes_none_decides() {
    let choices = choices(&[0, 1, 2, 2, 1, 0], &[2]);
    assert_eq!(found(&choices, &|_| false), None);
}
