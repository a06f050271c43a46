//! What is done with a file and how that went, also as the two numbers of an event.

use crate::numbered::numbered;
use crate::records::NONE;

numbered! {
    /// What is done with a file.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    #[repr(u32)]
    pub enum FileAct {
        /// Opens it, and creates it if need be.
        Open = 1,
        /// Creates it, if it does not exist.
        Create,
        /// Opens it and empties it.
        Empty,
        /// Reads from it.
        Read,
        /// Writes to it.
        Write,
        /// Asks about it: whether it exists, its size, its entries.
        Look,
        /// Gives it another name.
        Rename,
        /// Removes it.
        Remove,
        /// Makes it as a folder.
        MakeFolder,
        /// Changes its length, its permissions, its links.
        Change,
    }
}

/// How it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileResult {
    /// It was done.
    Done,
    /// It could not be done.
    Failed,
    /// How many bytes were read or written, and how they begin.
    Bytes(u32, [u8; 8]),
}

impl FileResult {
    /// A result for these bytes.
    #[must_use]
    pub fn bytes(all: &[u8]) -> Self {
        let mut first = [0; 8];
        let shown = all.len().min(first.len());
        first[..shown].copy_from_slice(&all[..shown]);
        Self::Bytes(u32::try_from(all.len()).unwrap_or(NONE), first)
    }
}

/// An act and its result as the two numbers of an event.
#[must_use]
pub fn pack(act: FileAct, result: FileResult) -> (u64, u64) {
    let act = u64::from(act as u32);
    match result {
        FileResult::Done => (act, 0),
        FileResult::Failed => (act | 1 << 8, 0),
        FileResult::Bytes(len, first) => {
            let len = u64::from(len) << 32;
            (act | 2 << 8 | len, u64::from_le_bytes(first))
        }
    }
}

/// The reverse, for any two numbers.
#[must_use]
pub fn unpack(a: u64, b: u64) -> (FileAct, FileResult) {
    let result = match a >> 8 & 0xFF {
        1 => FileResult::Failed,
        2 => FileResult::Bytes(u32::try_from(a >> 32).unwrap_or(NONE), b.to_le_bytes()),
        _ => FileResult::Done,
    };
    (
        FileAct::from_code(a & 0xFF).unwrap_or(FileAct::Look),
        result,
    )
}

#[cfg(test)]
mod tests {
    use super::{FileAct, FileResult, pack, unpack};

    #[test]
    fn acts_and_results_come_back_from_their_numbers() {
        for &act in FileAct::ALL {
            for result in [
                FileResult::Done,
                FileResult::Failed,
                FileResult::bytes(b""),
                FileResult::bytes(b"longer than what is kept"),
            ] {
                let (a, b) = pack(act, result);
                assert_eq!(unpack(a, b), (act, result));
            }
        }
    }
}
