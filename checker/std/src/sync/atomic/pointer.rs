//! `AtomicPtr`.

use ::real::fmt;
use ::real::prelude::rust_2024::*;
use ::real::ptr::{null_mut, with_exposed_provenance_mut};
use ::real::sync::atomic::Ordering;

use ::sched_model::Meaning;

use super::access::{common, updates};

/// See [`::std::sync::atomic::AtomicPtr`].
#[repr(transparent)]
pub struct AtomicPtr<T>(::real::sync::atomic::AtomicPtr<T>);

// Addresses differ from machine to machine, so only null is told from the others.
common!(
    [T] AtomicPtr AtomicPtr<T>, *mut T, ::real::sync::atomic::AtomicPtr<T>, Meaning::Bool,
    |value: *mut T| u64::from(!value.is_null()),
    |value: *mut T| value.expose_provenance() as u64,
    |bits: u64| with_exposed_provenance_mut(bits as usize)
);
updates!([T] AtomicPtr<T>, *mut T:
    fetch_ptr_add(usize) fetch_ptr_sub(usize) fetch_byte_add(usize) fetch_byte_sub(usize)
    fetch_or(usize) fetch_and(usize) fetch_xor(usize)
);

impl<T> Default for AtomicPtr<T> {
    fn default() -> AtomicPtr<T> {
        AtomicPtr::new(null_mut())
    }
}

impl<T> fmt::Pointer for AtomicPtr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Pointer::fmt(&self.load(Ordering::Relaxed), f)
    }
}
