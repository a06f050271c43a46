//! What primitives name to the scheduler: objects, and the places of calls.

use std::panic::Location;
use std::ptr;

use sched_model::NONE;
use sched_model::engine::world::Here;

/// The place of a call, as `#[track_caller]` gives it.
pub type Caller = &'static Location<'static>;

/// A lock, value or other object as the scheduler knows it; nothing in a plain run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object(pub(crate) u32);

impl Object {
    /// Something that is no object.
    pub const NONE: Self = Self(NONE);

    /// Its number, to be kept where only numbers can be.
    #[must_use]
    pub fn number(self) -> u32 {
        self.0
    }

    /// The object of a number.
    #[must_use]
    pub fn of_number(number: u32) -> Self {
        Self(number)
    }
}

pub(crate) fn here(caller: Caller) -> Here<'static> {
    Here {
        key: ptr::from_ref(caller).addr() as u64,
        file: caller.file(),
        line: caller.line(),
        column: caller.column(),
    }
}
