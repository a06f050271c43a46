//! A state that is noted, and looked for again as a task goes on.

/// A state is looked for again during one part in this many of the points that passed before it was
/// noted.
pub(crate) const LOOKED_FOR: u32 = 8;

/// A state that was noted, to see whether a task comes back to it with nothing changed in between.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct Recurrence {
    /// The value of `changes` that it belongs to; 0 for none.
    pub at: u64,
    /// Hash of the state.
    pub hash: u64,
    /// Where the task was.
    pub site: u32,
    /// The value of `quiet` up to which the state is looked for.
    pub until: u32,
    /// How often something that is slow to look at was compared with it.
    pub compared: u32,
    /// 1 once the task was seen in the same state again.
    pub found: u32,
}

impl Recurrence {
    /// Whether a look at `site` would tell anything.
    pub(crate) fn wants(&self, changes: u64, quiet: u32, site: u32) -> bool {
        if self.at != changes {
            return true;
        }
        if self.found == 1 {
            return false;
        }
        let from = self.until / 2;
        let is_looked_for = quiet <= from.saturating_add(from / LOOKED_FOR);
        quiet > self.until || (is_looked_for && site == self.site)
    }

    /// Whether the next state is one to come back to, and not one to compare. It is looked for over
    /// a distance that doubles each time, which finds cycles of any length (Brent, "An improved
    /// Monte Carlo factorization algorithm", 1980).
    pub(crate) fn begins_anew(&self, changes: u64, quiet: u32) -> bool {
        self.at != changes || (self.found == 0 && quiet > self.until)
    }

    /// Takes the state in which the task is now.
    pub(crate) fn note(&mut self, changes: u64, quiet: u32, site: u32, hash: u64) {
        if self.begins_anew(changes, quiet) {
            *self = Self {
                at: changes,
                hash,
                site,
                until: quiet.saturating_mul(2),
                ..Self::default()
            };
        } else if self.site == site && self.hash == hash {
            self.found = 1;
        }
    }
}
