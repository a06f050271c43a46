//! How what is asked of a manager, and what it answers, look in a report: as Rust shows values.

use std::fmt::{self, Write};

use sched_runtime::attached;
use serde::Serialize;

/// The most characters of a value that are kept: enough to tell most values apart.
const MOST: usize = 200;

/// A value as text, cut where it is long. Empty in a plain run, which has no report.
pub(super) fn shown(value: &impl Serialize) -> String {
    let mut short = Short(String::new(), MOST);
    if attached::controlled() {
        // An error says that the rest was cut, or that the value refuses to be shown.
        let _ = write!(short, "{:?}", serde_fmt::to_debug(value));
    }
    short.0
}

/// Takes so many further characters, and refuses what follows.
struct Short(String, usize);

impl Write for Short {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = text.char_indices().nth(self.1).map(|(end, _)| end);
        self.0.push_str(&text[..end.unwrap_or(text.len())]);
        let more = text.chars().count() > self.1;
        if more && !self.0.ends_with('…') {
            self.0.push('…');
        }
        self.1 = self.1.saturating_sub(text.chars().count());
        if more { Err(fmt::Error) } else { Ok(()) }
    }
}
