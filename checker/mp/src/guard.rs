//! What all guards have in common: the task they belong to, and the line that made them.

use std::marker::PhantomData;

use sched_runtime::{Caller, kernel};

/// Part of every guard.
pub(crate) struct Owned {
    owner: u32,
    caller: Caller,
    /// A guard stays on its thread.
    here: PhantomData<*const ()>,
}

impl Owned {
    /// By this task, since this line.
    pub(crate) fn new(caller: Caller) -> Self {
        Self {
            owner: kernel::task_number(),
            caller,
            here: PhantomData,
        }
    }

    /// The line that made the guard; `None` in a copy that another task got by fork, which is to
    /// do nothing when it is dropped.
    pub(crate) fn by_this_task(&self) -> Option<Caller> {
        (self.owner == kernel::task_number()).then_some(self.caller)
    }
}
