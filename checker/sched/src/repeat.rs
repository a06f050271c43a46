//! Proof of endless repetition: when every task that can run came back to a state it was in
//! before, and nothing changed in between, then nothing ever will.
//!
//! A task's private state is its memory and registers, hashed by the kernel at one chosen site.
//! Equal state and an unchanged world make a deterministic program repeat itself, whatever the
//! order of the tasks; so the proof holds for every schedule. A counter that the program keeps
//! makes the states differ: then there is no proof, and the limit of steps says "inconclusive".

use crate::world::{Ending, NEVER, NONE, World, state};

/// Quiet points (per live task) after which states are compared.
const QUIET_POINTS: u32 = 64;

impl World {
    /// Whether it is time to look for repetition.
    #[must_use]
    pub fn suspects_repetition(&self) -> bool {
        self.quiet > QUIET_POINTS.saturating_mul(self.task_count.max(1))
    }

    /// Takes the hash of the private state of `task` at its present site; ends the run when all
    /// that can run are shown to repeat themselves.
    pub fn note_fingerprint(&mut self, task: u32, hash: u64) {
        let (changes, quiet) = (self.changes, self.quiet);
        let record = self.task_mut(task);
        if record.fingerprint_at != changes || quiet % 1024 == 0 {
            record.fingerprint_at = changes;
            record.fingerprint_site = record.site;
            record.fingerprint = hash;
            record.recurs = 0;
        } else if record.fingerprint_site == record.site {
            record.recurs = u32::from(record.fingerprint == hash);
            record.fingerprint = hash;
        }
        self.judge_repetition();
    }

    fn judge_repetition(&mut self) {
        let changes = self.changes;
        let mut stuck = false;
        for task in self.tasks() {
            match task.state {
                state::EXITED | state::FREE => {}
                state::BLOCKED if task.deadline == NEVER && task.doom == 0 => {
                    stuck |= task.daemon == 0;
                }
                _ if task.recurs == 1 && task.fingerprint_at == changes => {}
                _ => return,
            }
        }
        self.end(if stuck { Ending::Deadlock } else { Ending::Livelock }, NONE);
    }
}
