//! Worlds for tests, used again: a fresh one costs more than a small run.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

use sched_model::World;
use sched_segment::segment::world_of_zeroes;

thread_local! {
    static POOL: RefCell<Vec<Box<World>>> = const { RefCell::new(Vec::new()) };
}

/// A world that goes back to the pool.
pub struct Pooled(Option<Box<World>>);

impl Pooled {
    /// One with whatever an earlier run left.
    pub fn used() -> Self {
        let world = POOL.with_borrow_mut(Vec::pop);
        Self(Some(world.unwrap_or_else(world_of_zeroes)))
    }

    /// One of zeroes.
    pub fn fresh() -> Self {
        Self(Some(world_of_zeroes()))
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        POOL.with_borrow_mut(|pool| pool.extend(self.0.take()));
    }
}

impl Deref for Pooled {
    type Target = World;

    fn deref(&self) -> &World {
        self.0.as_ref().expect("there until the drop")
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut World {
        self.0.as_mut().expect("there until the drop")
    }
}
