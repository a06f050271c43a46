//! Tests of making failing schedules smaller.

use sched_model::run::Run;

use super::*;
use crate::judge::build::RunBuilder;
use crate::judge::ending;

/// Steps of each of the tasks.
const STEPS: u64 = 6;
/// How many tasks there are.
const TASKS: usize = 3;

/// The choices of a schedule of tasks that do nothing but take this many steps.
fn choices(follow: &[Deviation]) -> Vec<Choice> {
    let mut turns = [0; TASKS];
    let mut holder = 0;
    let mut choices = Vec::new();
    loop {
        let candidates: Vec<TaskId> = (0..TASKS).filter(|&it| turns[it] < STEPS).collect();
        let Some(&first) = candidates.first() else {
            return choices;
        };
        let goes_on = candidates.contains(&holder);
        let natural = if goes_on { holder } else { first };
        let turn = turns[holder];
        let wanted = follow
            .iter()
            .find(|it| it.holder == holder && it.turn == turn);
        let task = wanted
            .map(|it| it.task)
            .filter(|it| candidates.contains(it));
        let task = task.unwrap_or(natural);
        turns[holder] += 1;
        choices.push(Choice {
            preempts: goes_on && task != holder,
            deviates: task != natural,
            ..Choice::of_task(task)
        });
        holder = task;
    }
}

fn failing(choices: Vec<Choice>) -> Failing {
    let run = RunBuilder::new(2).panic(1, "oh").run();
    let found = ending::exits(&run, &|_| true).remove(0);
    let run = Run { choices, ..run };
    Failing { run, found }
}

/// Shrinks the schedule with these choices; what fails is told by the tasks in their order.
fn smallest(all: &[Deviation], fails: &dyn Fn(&[TaskId]) -> bool) -> (Failing, u32) {
    let mut attempts = 0;
    let mut attempt = |follow: &[Deviation]| {
        attempts += 1;
        let choices = choices(follow);
        let order: Vec<TaskId> = choices.iter().map(|it| it.task).collect();
        Ok(fails(&order).then(|| failing(choices)))
    };
    let smallest = shrink(failing(choices(all)), &mut attempt).expect("no attempt errs");
    (smallest, attempts)
}

/// A switch at every step.
fn in_turn() -> Vec<Deviation> {
    let turns = (0..TASKS).flat_map(|holder| (0..STEPS).map(move |turn| (holder, turn)));
    let next = |(holder, turn)| Deviation {
        holder,
        turn,
        task: (holder + 1) % TASKS,
    };
    turns.map(next).collect()
}

#[test]
fn what_does_not_matter_is_left_out() {
    let (smallest, attempts) = smallest(&in_turn(), &|_| true);
    assert_eq!(smallest.switches(), 0);
    assert_eq!(deviations(&smallest.run.choices), []);
    assert_eq!(attempts, 1, "the natural schedule is tried first");
}

#[test]
fn where_runs_are_long_points_are_counted_and_the_natural_schedule_is_not_tried() {
    let attempts_at = |steps: u64| {
        let long = |follow: &[Deviation]| {
            let mut failing = failing(choices(follow));
            failing.run.steps = u32::try_from(steps).expect("few");
            failing
        };
        let mut attempts = 0_u64;
        let mut attempt = |follow: &[Deviation]| {
            assert!(!follow.is_empty());
            attempts += 1;
            Ok(None)
        };
        let smallest = shrink(long(&in_turn()), &mut attempt).expect("no attempt errs");
        assert_eq!(u64::from(smallest.run.steps), steps);
        attempts
    };
    assert_eq!(attempts_at(super::STEPS + 1), u64::from(LEAST));
    assert_eq!(attempts_at(2_000_000), MOST_STEPS.div_ceil(2_000_000));
}

#[test]
fn one_switch_is_left_where_one_is_needed() {
    // As for a lost update: somebody else comes between two steps of task 0.
    let between = |order: &[TaskId]| {
        let first = order.iter().position(|&task| task != 0);
        let last = order.iter().rposition(|&task| task == 0);
        first < last
    };
    assert!(between(
        &choices(&in_turn())
            .iter()
            .map(|it| it.task)
            .collect::<Vec<_>>()
    ));
    let (smallest, attempts) = smallest(&in_turn(), &between);
    assert_eq!(smallest.switches(), 1);
    assert!(attempts <= ATTEMPTS);
}

#[test]
fn another_order_of_tasks_needs_no_switch() {
    // As for output that only the order of starting keeps in order.
    let last_first = |order: &[TaskId]| {
        let place = |task| order.iter().rposition(|&it| it == task);
        place(2) < place(1)
    };
    let (smallest, _) = smallest(&in_turn(), &last_first);
    assert_eq!(smallest.switches(), 0);
    assert_eq!(deviations(&smallest.run.choices).len(), 1);
}

#[test]
fn stretches_of_a_task_are_joined_by_moving_one_of_them() {
    let choices = |order: &[TaskId]| {
        let choice = |task: &TaskId| Choice {
            preempts: true,
            deviates: true,
            ..Choice::of_task(*task)
        };
        order.iter().map(choice).collect::<Vec<_>>()
    };
    let joined = joined(&choices(&[2, 0, 0, 1, 2, 0, 1]), 3);
    assert_eq!(joined[0], [2, 0, 0, 0, 1, 2, 1], "it goes on at once");
    assert_eq!(joined[1], [2, 1, 2, 0, 0, 0, 1], "it does not go on before");
    assert!(
        super::joined(&choices(&[0, 1]), 1).is_empty(),
        "nothing to join"
    );
    assert!(
        super::joined(&choices(&[0, 1]), 0).is_empty(),
        "nothing before"
    );
}
