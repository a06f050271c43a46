//! Places in the source, as the segment has them.

use crate::records::Text;

/// A place in the source. Sites outlive a run: they belong to the program.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct SiteRecord {
    /// Identity: the address of the compiler's location.
    pub key: u64,
    /// Where the file's name begins in `site_text`, and how long it is.
    pub file: [u16; 2],
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
    /// Whose it is: [`SiteRecord::TOLD`], [`SiteRecord::ELSEWHERE`], or which calls led there.
    pub way: u32,
}

impl SiteRecord {
    /// A line of the program.
    pub const TOLD: u32 = 0;
    /// Another one: which line of the program it stands for is only known with the calls that led there.
    pub const ELSEWHERE: u32 = u32::MAX;

    /// The file's name in `site_text`.
    #[must_use]
    pub fn file(&self) -> Text {
        let [start, len] = self.file.map(u32::from);
        Text { start, len }
    }
}
