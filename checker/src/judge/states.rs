//! The states that a task goes through: Ready, Running, Blocked, and at last Exited.

use sched_model::run::{End, Run, TaskId, What};

use super::{Found, found};
use crate::course::require::Required;
use crate::facts::fact::{Fact, Unmet};
use crate::facts::{State, Verdict};

/// The states of a task, in order. A task that waited is ready before it runs again.
fn states(run: &Run, task: TaskId) -> Vec<State> {
    let mut states = Vec::new();
    for event in &run.events {
        let state = match event.what {
            What::Start(child) if child == task => State::Ready,
            What::Exit(_) if event.task == task => State::Exited,
            What::Blocked | What::JoinWait(_) | What::Sleep(_) if event.task == task => {
                State::Blocked
            }
            _ if event.task == task => State::Running,
            // Another one runs.
            _ if states.last() == Some(&State::Running) => State::Ready,
            _ => continue,
        };
        let before = states.last().copied();
        if matches!(state, State::Running | State::Blocked) {
            if before == Some(State::Blocked) {
                states.push(State::Ready);
            }
            // Only who runs can begin to wait.
            if state == State::Blocked && before != Some(State::Running) {
                states.push(State::Running);
            }
        }
        if states.last() != Some(&state) {
            states.push(state);
        }
    }
    states
}

/// The first task whose states in the natural schedule are not as required.
pub fn others(required: &Required, run: &Run) -> Option<Found> {
    if run.schedule != 0 || run.end != End::Finished {
        return None;
    }
    required.iter().find_map(|(name, required)| {
        let Some(task) = run.tasks.iter().position(|task| task.name == *name) else {
            return Some(found(
                Verdict::Requirement,
                Fact::Unmet(Unmet::NoSuchTask(name.clone())),
                None,
            ));
        };
        let states = states(run, task);
        let at = run.tasks[task].started_at.as_ref();
        (states != *required).then(|| {
            let unmet = Unmet::States(name.clone(), states, required.clone());
            found(Verdict::Requirement, Fact::Unmet(unmet), at)
        })
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::build::{RunBuilder, told};
    use super::*;
    use State::{Blocked, Exited, Ready, Running};

    const SECOND: What = What::Sleep(Duration::from_secs(1));

    fn started() -> RunBuilder {
        RunBuilder::new(1)
            .event(0, What::Start(1))
            .event(0, What::JoinWait(1))
            .event(1, What::Begin)
    }

    #[test]
    fn a_task_is_ready_runs_waits_and_exits() {
        let run = started().event(1, SECOND).event(1, What::Clock);
        let run = run.event(1, What::Exit(0)).event(0, What::Joined(1)).run();
        assert_eq!(
            states(&run, 1),
            [Ready, Running, Blocked, Ready, Running, Exited]
        );
        // Main was there from the beginning.
        assert_eq!(states(&run, 0), [Running, Blocked, Ready, Running]);
    }

    #[test]
    fn whoever_lets_another_one_run_is_ready() {
        let run = started().event(1, What::Yield).event(0, What::Clock);
        let run = run.event(1, What::Clock).event(1, What::Exit(0)).run();
        assert_eq!(states(&run, 1), [Ready, Running, Ready, Running, Exited]);
    }

    #[test]
    fn two_waits_in_a_row_are_two() {
        let run = started().event(1, SECOND).event(1, What::Blocked).run();
        let twice = [Ready, Running, Blocked, Ready, Running, Blocked];
        assert_eq!(states(&run, 1), twice);
    }

    #[test]
    fn the_natural_schedule_must_show_the_sequence() {
        let required = |name: &str, states: &[State]| -> Required {
            [(name.to_owned(), states.to_vec())].into()
        };
        let shown = |required: &Required, schedule| {
            let run = started().event(1, What::Exit(0)).schedule(schedule).run();
            others(required, &run).map(|found| told(&found))
        };
        let right = required("Process-1", &[Ready, Running, Exited]);
        assert_eq!(shown(&right, 0), None);
        let wrong = required("Process-1", &[Ready, Exited]);
        let message = "Process-1 was ready → running → exited, not ready → exited";
        assert_eq!(shown(&wrong, 0).as_deref(), Some(message));
        assert_eq!(shown(&wrong, 1), None);
        let nobody = shown(&required("baker", &[Ready]), 0);
        assert!(nobody.is_some_and(|told| told.contains("no process with the name baker")));
    }
}
