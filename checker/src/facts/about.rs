//! What a finding is about: the tasks, objects and events without which it cannot be understood.

use sched_model::run::{ObjectId, Run, TaskId, What};

/// What must be seen of a run to understand a finding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Who took part.
    pub tasks: Vec<TaskId>,
    /// What they met at; empty where that is not known.
    pub objects: Vec<ObjectId>,
    /// Events that show it.
    pub events: Vec<usize>,
    /// The event after which nothing matters any more.
    pub until: Option<usize>,
    /// Whether what was printed matters.
    pub prints: bool,
}

impl About {
    /// Somebody took part.
    pub fn task(&mut self, task: TaskId) {
        add(&mut self.tasks, task);
    }

    /// An object took part.
    pub fn object(&mut self, object: Option<ObjectId>) {
        object.into_iter().for_each(|it| add(&mut self.objects, it));
    }

    /// An event shows it, and its task took part.
    pub fn event(&mut self, run: &Run, index: usize) {
        if let Some(event) = run.events.get(index) {
            add(&mut self.events, index);
            self.task(event.task);
        }
    }

    /// A printed line shows it. Returns the event that printed its beginning.
    pub fn line(&mut self, run: &Run, line: usize) -> Option<usize> {
        self.prints = true;
        let event = printed_by(run, line)?;
        self.event(run, event);
        Some(event)
    }

    /// Takes in what else is to be seen, also of what comes later.
    pub fn extend(&mut self, other: &About) {
        other.tasks.iter().for_each(|it| add(&mut self.tasks, *it));
        other
            .objects
            .iter()
            .for_each(|it| add(&mut self.objects, *it));
        other
            .events
            .iter()
            .for_each(|it| add(&mut self.events, *it));
        self.prints |= other.prints;
    }
}

fn add(list: &mut Vec<usize>, number: usize) {
    if !list.contains(&number) {
        list.push(number);
    }
}

/// The event that began a line of the output.
pub fn printed_by(run: &Run, line: usize) -> Option<usize> {
    let began = |what: &What| match *what {
        What::Print(first, count) => (first..first + count).contains(&line),
        _ => false,
    };
    run.events.iter().position(|event| began(&event.what))
}
