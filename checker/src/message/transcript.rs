//! The words of a canonical transcript besides what was printed, as snapshots hold them.

/// Stands for a program that printed nothing, so that the snapshot is not empty.
pub const NOTHING: &str = "(nothing was printed)";

/// What the heading of a block begins with; the kind of task follows, as in every heading.
pub const BLOCK: &str = "block of ";
