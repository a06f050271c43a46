//! What a run keeps of counts, such as how many share an `Arc`, as it lies in the segment.

/// Counts whose last uses are known; a power of two.
pub const MAX_COUNTS: usize = 64;
/// Pairs that are noted.
pub const MAX_MET: usize = 16;
/// Uses that are kept of a count, of each sort.
pub const KEPT: usize = 3;

/// A use of a count; all zeroes for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct UseRecord {
    /// Who, plus one.
    pub task: u32,
    /// The task's own clock then.
    pub clock: u32,
    /// Uses of counts in this run before it.
    pub place: u32,
}

/// The last uses of a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct CountRecord {
    /// Where it is.
    pub address: u64,
    /// What it was after the last use.
    pub value: u64,
    /// The run that this is about; of others nothing counts.
    pub run: u64,
    /// The process in whose memory it is.
    pub process: u32,
    /// Nothing.
    pub reserved: u32,
    /// The last changes, each of another task.
    pub changes: [UseRecord; KEPT],
    /// The last looks, each of another task.
    pub looks: [UseRecord; KEPT],
}

/// Two uses of a count that nothing orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct MetRecord {
    /// Where the later one is.
    pub site: u32,
    /// Uses of counts in this run before each.
    pub places: [u32; 2],
}
