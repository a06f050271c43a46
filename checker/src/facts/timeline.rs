//! A run as it went, step by step.

use sched_model::run::{ObjectId, Run, TaskId};

use crate::facts::State;

/// A run as it went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// What each event changed.
    pub steps: Vec<Step>,
    /// Which event led to which, in the order of the later ones.
    pub links: Vec<Link>,
}

/// What an event changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// Tasks that came to another state.
    pub states: Vec<(TaskId, State)>,
    /// Who holds other locks than before, and which.
    pub held: Option<(TaskId, Vec<ObjectId>)>,
    /// The task that was left just before, although it could have gone on.
    pub left: Option<TaskId>,
}

/// An event led to another, of another task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The earlier one.
    pub from: usize,
    /// The later one.
    pub to: usize,
    /// How.
    pub kind: LinkKind,
    /// Whether the task of the later one waited for the earlier one, and was Ready from then on.
    pub woke: bool,
}

/// How an event led to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// It started the task.
    Start,
    /// It was the end of the task that was waited for.
    Join,
    /// It gave back what the other took next.
    HandOver,
    /// It sent the message that the other got.
    Message,
    /// It woke up the other one in another way.
    Wake,
}

/// What a task is doing at some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its state; `None` before its start.
    pub state: Option<State>,
    /// What it did last.
    pub last: Option<usize>,
    /// The locks it holds.
    pub held: Vec<ObjectId>,
}

impl Timeline {
    /// What each task is doing just before an event.
    pub fn before(&self, run: &Run, event: usize) -> Vec<Moment> {
        let blank = Moment {
            state: None,
            last: None,
            held: Vec::new(),
        };
        let mut moments = vec![blank; run.tasks.len()];
        if let Some(main) = moments.first_mut() {
            main.state = Some(State::Running);
        }
        for (index, step) in self.steps.iter().enumerate().take(event) {
            moments[run.events[index].task].last = Some(index);
            for &(task, state) in &step.states {
                moments[task].state = Some(state);
            }
            if let Some((task, held)) = &step.held {
                moments[*task].held.clone_from(held);
            }
        }
        moments
    }
}
