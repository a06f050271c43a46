//! The tasks, objects and lines of a run, as sentences about its events name them.

use sched_model::run::{Event, Meaning, ObjectId, Run, TaskId, What};

use crate::message::at;

/// Whether an object has several cells, as far as the run shows.
pub fn has_several(run: &Run, object: ObjectId) -> bool {
    use What::{Read, Updated, Wrote};
    let later = |it: &Event| matches!(it.what, Read(1.., _) | Wrote(1.., _) | Updated(1.., _));
    let mut events = run.events.iter();
    events.any(|it| it.object == Some(object) && later(it))
}

/// The tasks, objects and lines of a run, as sentences name them.
pub(super) struct Names<'a>(pub(super) &'a Run);

impl Names<'_> {
    pub(super) fn task(&self, task: TaskId) -> &str {
        self.0.tasks.get(task).map_or("?", |it| &it.name)
    }

    /// The task of an event.
    pub(super) fn doer(&self, event: usize) -> &str {
        self.event(event).map_or("?", |it| self.task(it.task))
    }

    pub(super) fn object(&self, object: Option<ObjectId>) -> &str {
        let object = object.and_then(|object| self.0.objects.get(object));
        object.map_or("something", |it| &it.name)
    }

    /// What an event is about.
    pub(super) fn used_in(&self, event: usize) -> &str {
        self.object(self.event(event).and_then(|it| it.object))
    }

    pub(super) fn meaning(&self, event: usize) -> Meaning {
        let object = self.event(event).and_then(|it| it.object);
        object
            .and_then(|it| self.0.objects.get(it))
            .map_or(Meaning::default(), |it| it.meaning)
    }

    pub(super) fn event(&self, event: usize) -> Option<&Event> {
        self.0.events.get(event)
    }

    /// ` (line 14)` of an event, or nothing.
    pub(super) fn line(&self, event: usize) -> String {
        let site = self.event(event).and_then(|it| it.at.as_ref());
        at(site.map(|site| site.line))
    }

    /// What was looked at: an object, with the index where it has several parts.
    pub(super) fn looked_at(&self, (object, index): (ObjectId, Option<u32>)) -> String {
        let name = self.object(Some(object));
        match index.filter(|_| has_several(self.0, object)) {
            Some(index) => format!("{name}[{index}]"),
            None => name.to_owned(),
        }
    }
}
