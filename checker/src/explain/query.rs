//! Questions to a trace: which step, of whom and on what, came first or last.

use sched_model::run::{Act, ObjectId, Run, TaskId, What};

/// Some steps of a run.
#[derive(Clone, Copy)]
pub struct Steps<'a> {
    run: &'a Run,
    from: usize,
    to: usize,
    task: Option<TaskId>,
    object: Option<Option<ObjectId>>,
}

/// All steps of a run.
pub fn steps(run: &Run) -> Steps<'_> {
    Steps {
        run,
        from: 0,
        to: run.events.len(),
        task: None,
        object: None,
    }
}

impl<'a> Steps<'a> {
    /// Those of a task.
    pub fn of(self, task: TaskId) -> Self {
        Self {
            task: Some(task),
            ..self
        }
    }

    /// Those on an object, or on none.
    pub fn on(self, object: Option<ObjectId>) -> Self {
        Self {
            object: Some(object),
            ..self
        }
    }

    /// Those before an event.
    pub fn before(self, event: usize) -> Self {
        Self {
            to: self.to.min(event),
            ..self
        }
    }

    /// Those from an event on.
    pub fn since(self, event: usize) -> Self {
        Self {
            from: self.from.max(event),
            ..self
        }
    }

    /// Those that are like this, in order.
    pub fn all(
        self,
        is_it: impl Fn(&What) -> bool + 'a,
    ) -> impl DoubleEndedIterator<Item = usize> + 'a {
        (self.from..self.to).filter(move |at| {
            let it = &self.run.events[*at];
            self.task.is_none_or(|task| it.task == task)
                && self.object.is_none_or(|object| it.object == object)
                && is_it(&it.what)
        })
    }

    /// The first that is like this.
    pub fn first(self, is_it: impl Fn(&What) -> bool + 'a) -> Option<usize> {
        self.all(is_it).next()
    }

    /// The last that is like this.
    pub fn last(self, is_it: impl Fn(&What) -> bool + 'a) -> Option<usize> {
        self.all(is_it).next_back()
    }

    /// Whether there is one like this.
    pub fn any(self, is_it: impl Fn(&What) -> bool + 'a) -> bool {
        self.first(is_it).is_some()
    }

    /// How many are like this.
    pub fn count(self, is_it: impl Fn(&What) -> bool + 'a) -> usize {
        self.all(is_it).count()
    }
}

/// Whether a step is this act.
pub fn acts(wanted: Act) -> impl Fn(&What) -> bool + Copy {
    move |it| matches!(it, What::Act(act, _) if *act == wanted)
}

/// Whether a step is just this.
pub fn is(wanted: &What) -> impl Fn(&What) -> bool + '_ {
    move |it| it == wanted
}

/// Whether a step changes something that others see.
pub fn changes(what: &What) -> bool {
    matches!(
        what,
        What::Wrote(..) | What::Updated(..) | What::Act(Act::Changed, _)
    )
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
