//! The records by which races are found, and in which they are kept.

use crate::limits::{MAX_CALLS, MAX_LIVE, NEAR_TASKS};

/// What the race check knows of one unsynchronised cell.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct CellRecord {
    /// Who wrote last.
    pub writer: u32,
    /// The writer's clock then.
    pub write_clock: u32,
    /// Where.
    pub write_site: u32,
    /// 1 once somebody read since the last write, 2 once somebody beyond the first slots did too.
    pub read: u32,
    /// The clock at the last read since the last write, for each of the first slots.
    pub read_clocks: [u32; NEAR_TASKS],
    /// Where.
    pub read_sites: [u32; NEAR_TASKS],
}

/// What the race check knows of reads of one cell in all other slots.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct WideReads {
    /// As [`CellRecord::read_clocks`].
    pub clocks: [u32; MAX_LIVE - NEAR_TASKS],
    /// Where.
    pub sites: [u32; MAX_LIVE - NEAR_TASKS],
}

/// The places of a vector clock beyond the first ones.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct WideClock {
    /// The number of the run that it belongs to: in any other it counts as zero.
    pub run: u64,
    /// The places.
    pub times: [u32; MAX_LIVE - NEAR_TASKS],
}

/// Two unordered accesses.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct RaceRecord {
    /// The object and its element.
    pub object: u32,
    /// The element.
    pub index: u32,
    /// Tasks, earlier first.
    pub tasks: [u32; 2],
    /// 1 for a write.
    pub writes: [u32; 2],
    /// Sites.
    pub sites: [u32; 2],
}

/// Two unordered accesses to plain memory.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct MemoryRaceRecord {
    /// Where the memory is.
    pub address: u64,
    /// Tasks, earlier first.
    pub tasks: [u32; 2],
    /// What they did: [`How`](crate::engine::memory::How) as a number.
    pub hows: [u32; 2],
    /// Events recorded before.
    pub events: [u32; 2],
    /// The numbers of the two places: a site for an atomic, calls for all else.
    pub places: [u32; 2],
    /// The addresses of the calls that led there, innermost first; 0 behind the last, and where there is
    /// a site.
    pub calls: [[u32; MAX_CALLS]; 2],
}
