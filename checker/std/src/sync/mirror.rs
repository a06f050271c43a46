//! What a mirror is to the scheduler: its object, found at its first use in each process.

use ::real::prelude::rust_2024::*;

use ::sched_model::ObjectKind;
use ::sched_model::Op;
use ::sched_runtime::identity::{Found, Identity};
use ::sched_runtime::{Caller, Object, attached, kernel};

/// The scheduling point before an operation on an object; nothing in a plain run.
pub(super) fn announce(object: Object, op: Op, caller: Caller) -> Object {
    if attached::controlled() {
        kernel::point(op, object, caller);
    }
    object
}

/// Part of every mirror that is an object. Can be made in a constant.
pub(super) struct Mirror {
    identity: Identity,
    made_at: Caller,
    kind: ObjectKind,
}

impl Mirror {
    pub(super) const fn new(kind: ObjectKind, made_at: Caller) -> Self {
        Self {
            identity: Identity::new(),
            made_at,
            kind,
        }
    }

    /// The object, in a run; calls `copied` when it is a copy of what another process had.
    #[inline]
    pub(super) fn find(&self, copied: impl FnOnce(Object)) -> Object {
        match self.identity.find(self.kind, self.made_at) {
            Found::Own(object) => object,
            Found::Copy(object) => {
                copied(object);
                object
            }
        }
    }

    /// The object of what has no state that a fork could spoil; none in a plain run.
    #[inline]
    pub(super) fn object(&self) -> Object {
        if attached::controlled() {
            self.find(|_| ())
        } else {
            Object::NONE
        }
    }

    /// The same, with the scheduling point before an operation on it.
    pub(super) fn announce(&self, op: Op, caller: Caller) -> Object {
        announce(self.object(), op, caller)
    }
}
