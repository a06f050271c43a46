//! `AtomicBool`.

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::Ordering;

use ::sched_model::Meaning;

use super::access::{common, update, updates};

/// See [`::std::sync::atomic::AtomicBool`].
#[derive(Default)]
#[repr(transparent)]
pub struct AtomicBool(::real::sync::atomic::AtomicBool);

common!(
    [] AtomicBool AtomicBool, bool, ::real::sync::atomic::AtomicBool, Meaning::Bool,
    u64::from, u64::from, |bits| bits != 0
);
updates!([] AtomicBool, bool:
    fetch_and(bool) fetch_nand(bool) fetch_or(bool) fetch_xor(bool)
);

impl AtomicBool {
    /// See [`::std::sync::atomic::AtomicBool::fetch_not`].
    #[track_caller]
    pub fn fetch_not(&self, order: Ordering) -> bool {
        update(&self.0, order, |real| real.fetch_not(order))
    }
}
