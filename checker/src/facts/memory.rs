//! Whether the memory that unsafe code of a program uses was watched.

use super::named::named;

named! {
    /// What a check can say of races on plain memory. Nothing is said of a program without unsafe code,
    /// which cannot have any.
    Memory {
        /// Each access was checked.
        Watched = "watched",
        /// The same, but for what was beyond the memory that can be watched.
        Partly = "partly_watched",
        /// None was: the compiler does not tell of them, or not of all that orders them.
        NotWatched = "not_watched",
    }
}
