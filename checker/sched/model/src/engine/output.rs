//! What a run prints: an event each, and a limit to all of it.

use crate::engine::world::{Ending, Kind, NONE, World};
use crate::limits::{MAX_OUTPUT, MAX_STDERR};

impl World {
    /// Adds to what `task` printed; ends the run when it is too much.
    pub fn add_output(&mut self, task: u32, bytes: &[u8], error: bool) {
        let len = u32::try_from(bytes.len()).unwrap_or(NONE);
        self.printed = self.printed.saturating_add(len);
        if self.printed as usize > MAX_OUTPUT {
            return self.end(Ending::TooMuchOutput, task);
        }
        if error {
            self.complained = self.complained.saturating_add(len);
            if self.complained as usize > MAX_STDERR {
                return;
            }
        } else {
            self.changed();
        }
        self.pass_fence(task, false);
        let text = self.add_text(bytes);
        let kind = if error { Kind::Complaint } else { Kind::Print };
        self.record(task, kind, NONE, u64::from(text.start), u64::from(text.len));
    }
}
