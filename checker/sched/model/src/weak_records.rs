//! The records by which it is known what an atomic may be read as: its last stores, and what each task
//! knows of fences.

use crate::limits::{KEPT_STORES, NEAR_TASKS};

/// A store to an atomic.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct StoreRecord {
    /// The value's bits.
    pub value: u64,
    /// When it was made, among all stores and fences of the run.
    pub at: u64,
    /// When the first `SeqCst` fence was passed that it happens before; 0 for none yet.
    pub fenced: u64,
    /// The same of a fence, or of what counts as one, that it, or somebody's look at it, happens before.
    pub seen_fenced: u64,
    /// Who made it, by the slot.
    pub slot: u32,
    /// Bits of [`StoreRecord::UPDATE`] and [`StoreRecord::SEQ_CST`].
    pub how: u32,
    /// What an acquire learns from it, for the first slots.
    pub clock: [u32; NEAR_TASKS],
    /// When the task of each slot made it or first read it, by its own clock; 0 for never.
    pub seen: [u32; NEAR_TASKS],
}

impl StoreRecord {
    /// In `how`: it was made of the store before, and nothing comes between the two.
    pub const UPDATE: u32 = 1;
    /// In `how`: its order is `SeqCst`.
    pub const SEQ_CST: u32 = 2;
    /// One of which nothing is known.
    pub const NOTHING: Self = Self {
        value: 0,
        at: 0,
        fenced: 0,
        seen_fenced: 0,
        slot: 0,
        how: 0,
        clock: [0; NEAR_TASKS],
        seen: [0; NEAR_TASKS],
    };
}

/// The last stores to an atomic.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct HistoryRecord {
    /// How many are kept.
    pub count: u64,
    /// These, in the order in which they overwrite each other (modification order).
    pub stores: [StoreRecord; KEPT_STORES],
}

/// What a task's fences concern.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct FencesRecord {
    /// The number of the run that it belongs to: in any other it counts as zero.
    pub run: u64,
    /// What it has read without learning it, until it comes to a fence that acquires.
    pub read: [u32; NEAR_TASKS],
    /// What its last fence that releases publishes.
    pub released: [u32; NEAR_TASKS],
}

/// A `SeqCst` fence, or what counts as one.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct FenceRecord {
    /// When it was passed, among all stores and fences of the run.
    pub at: u64,
    /// Who passed it, by the slot.
    pub slot: u32,
    /// When, by its own clock.
    pub time: u32,
    /// 1 for a fence of the program's.
    pub is_fence: u64,
}
