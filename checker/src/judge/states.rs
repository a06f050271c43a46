//! The states that a task goes through: Ready, Running, Blocked, and at last Exited.

use sched_model::run::{Act, End, Event, ObjectKind, Run, Site, TaskId, What};

use super::{Found, found};
use crate::course::require::Required;
use crate::facts::fact::{Detail, Fact, Parting, Unmet};
use crate::facts::{State, Verdict};

/// The states of a task, in order, each with the event that shows it. A task that waited is ready before
/// it runs again.
fn states(run: &Run, task: TaskId) -> Vec<(State, usize)> {
    let mut states: Vec<(State, usize)> = Vec::new();
    let last = |states: &[(State, usize)]| states.last().map(|(state, _)| *state);
    for (index, event) in run.events.iter().enumerate() {
        let state = match event.what {
            What::Start(child) if child == task => State::Ready,
            What::Exit(_) if event.task == task => State::Exited,
            What::Blocked | What::JoinWait(_) | What::Sleep(_) if event.task == task => {
                State::Blocked
            }
            _ if event.task == task => State::Running,
            // Another one runs.
            _ if last(&states) == Some(State::Running) => State::Ready,
            _ => continue,
        };
        let before = last(&states);
        if matches!(state, State::Running | State::Blocked) {
            if before == Some(State::Blocked) {
                states.push((State::Ready, index));
            }
            // Only who runs can begin to wait.
            if state == State::Blocked && before != Some(State::Running) {
                states.push((State::Running, index));
            }
        }
        if last(&states) != Some(state) {
            states.push((state, index));
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
        let went = states(run, task);
        let was: Vec<State> = went.iter().map(|(state, _)| *state).collect();
        (was != *required).then(|| parting(run, task, &went, required))
    })
}

/// Where states part from those that are required.
fn parting(run: &Run, task: TaskId, went: &[(State, usize)], required: &[State]) -> Found {
    let was: Vec<State> = went.iter().map(|(state, _)| *state).collect();
    let same = was.iter().zip(required).take_while(|(a, b)| a == b);
    let same = same.count();
    let event = went.get(same).map_or(run.events.len(), |(_, event)| *event);
    // What others did made it ready; the reason is what it did itself before.
    let own = |event: &&Event| event.task == task && event.at.as_ref().is_some_and(is_learners);
    let until = run.events.len().min(event + 1);
    let before = run.events[..until].iter().rev().find(own);
    let in_vain = in_vain(run, task, &went[same.saturating_sub(1).min(went.len())..]);
    // Who lets others go first does so in the step that it came to.
    let next = run.events[until..].iter().find(|event| event.task == task);
    let yields = next.filter(|event| event.what == What::Yield && in_vain.is_none());
    let own = yields.or(before);
    let at = own.and_then(|event| event.at.as_ref());
    let parting = Parting {
        task: run.tasks[task].name.clone(),
        was: was.get(same).copied(),
        asked: required.get(same).copied(),
        in_vain,
        line: at.map(|at| at.line),
    };
    let at = at.or(run.tasks[task].started_at.as_ref());
    let fact = Fact::Unmet(Unmet::States(Box::new(parting)));
    let mut found = found(Verdict::Requirement, fact, at);
    let states = Detail::States(required.to_vec(), was, same);
    found.details.push(states);
    found
}

fn is_learners(at: &Site) -> bool {
    !at.is_ours()
}

/// What a task asked in vain and then once more, from the first of these states until it was blocked.
fn in_vain(run: &Run, task: TaskId, went: &[(State, usize)]) -> Option<(String, ObjectKind)> {
    let (_, first) = went.first()?;
    let blocked = went.iter().find(|(state, _)| *state == State::Blocked);
    let until = blocked.map_or(run.events.len(), |(_, event)| *event);
    let events = run.events.get(*first..until)?;
    let in_vain = |event: &&Event| match event.what {
        What::WouldBlock | What::Act(Act::Empty | Act::Full, _) => event.task == task,
        What::Act(Act::Looked, number) => event.task == task && number == 0,
        _ => false,
    };
    let object = events.iter().find(in_vain)?.object?;
    let again = |event: &&Event| event.task == task && event.object == Some(object);
    let times = events.iter().filter(again).count();
    let object = run.objects.get(object)?;
    (times > 1).then(|| (object.name.clone(), object.kind))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::build::{RunBuilder, details, told};
    use super::*;
    use State::{Blocked, Exited, Ready, Running};

    fn names(run: &Run, task: TaskId) -> Vec<State> {
        let states = states(run, task);
        states.into_iter().map(|(state, _)| state).collect()
    }

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
            names(&run, 1),
            [Ready, Running, Blocked, Ready, Running, Exited]
        );
        // Main was there from the beginning.
        assert_eq!(names(&run, 0), [Running, Blocked, Ready, Running]);
    }

    #[test]
    fn who_let_others_go_first_is_told_where_it_did() {
        let asked = vec![Ready, Running, Blocked, Ready, Running, Exited];
        let required = [("Process-1".to_owned(), asked)].into();
        let run = started().event(0, What::Clock);
        let run = run.event_at(1, What::Yield, 31, None);
        let found = others(&required, &run.event(1, What::Exit(0)).run()).expect("is told");
        assert!(
            told(&found).contains("let others go first (line 31)"),
            "{}",
            told(&found)
        );
    }

    #[test]
    fn whoever_lets_another_one_run_is_ready() {
        let run = started().event(1, What::Yield).event(0, What::Clock);
        let run = run.event(1, What::Clock).event(1, What::Exit(0)).run();
        assert_eq!(names(&run, 1), [Ready, Running, Ready, Running, Exited]);
    }

    #[test]
    fn two_waits_in_a_row_are_two() {
        let run = started().event(1, SECOND).event(1, What::Blocked).run();
        let twice = [Ready, Running, Blocked, Ready, Running, Blocked];
        assert_eq!(names(&run, 1), twice);
    }

    #[test]
    fn who_asks_in_place_of_waiting_is_told_so_with_two_rows_that_part() {
        let run = started().object(ObjectKind::Event, "bell");
        let looks = |run: RunBuilder| {
            let run = run.event_at(1, What::Act(Act::Looked, 0), 28, Some(0));
            run.event_at(0, What::Clock, 40, None)
        };
        let run = looks(run).event_at(1, What::Act(Act::Looked, 1), 28, Some(0));
        let run = run.event(1, What::Exit(0)).run();
        let states = vec![Ready, Running, Blocked, Ready, Running, Exited];
        let found = others(&[("Process-1".to_owned(), states)].into(), &run).expect("a finding");
        let message =
            "until bell was set, Process-1 was never Blocked: it asked again and again (line 28)";
        assert_eq!(told(&found), message);
        assert_eq!(found.finding.at.as_ref().map(|at| at.line), Some(28));
        let rows = "The states that were asked for, and those that it was in:\n  \
             asked  Ready   → Running → Blocked → Ready   → Running → Exited\n  \
             was    Ready   → Running → Ready   → Running → Exited\n                             \
             ^^^^^^^ here they part";
        assert_eq!(details(&found), [rows]);
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
        let message =
            "Process-1 went on where it had to come to its end: it was Running, not Exited";
        assert_eq!(shown(&wrong, 0).as_deref(), Some(message));
        assert_eq!(shown(&wrong, 1), None);
        let nobody = shown(&required("baker", &[Ready]), 0);
        assert!(nobody.is_some_and(|told| told.contains("no process with the name baker")));
    }
}
