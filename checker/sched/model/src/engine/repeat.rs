//! Proof of endless repetition: when every task that can run came back to a state it was in
//! before, and nothing changed in between, then nothing ever will.
//!
//! A task's private state is its memory and registers, hashed by the kernel at one chosen site.
//! Equal state and an unchanged world make a deterministic program repeat itself, whatever the
//! order of the tasks; so the proof holds for every schedule.
//!
//! Several threads of one process share memory, which they might change in ways that the scheduler
//! does not see. So where more than one of them can run, each is hashed with its own stack, and
//! everything else must be the same at every point that any of them passes. (Everything else
//! includes the part of a stack that other threads may borrow, because a scope was opened on it.)
//! Then nobody changes what another may see, and each repeats itself whatever the others do. This
//! asks for more than is necessary: threads that allocate between two points of their loop have no
//! proof.
//!
//! A counter that the program keeps makes the states differ. Then there is no proof, and the run
//! ends at the limit of steps as inconclusive.

use crate::engine::outside::waits_outside;
use crate::engine::world::{Ending, NEVER, NONE, TaskRecord, World, state};

/// Quiet points (per live task) after which states are compared.
const QUIET_POINTS: u32 = 64;
/// A state is looked for again during one part in this many of the points that passed before it was
/// noted.
const LOOKED_FOR: u32 = 8;

impl World {
    /// `task` took something, or gave it back. Other tasks can notice that. If no other task can go
    /// on, it makes a difference only if what is held in the end differs.
    pub(crate) fn note_held(&mut self, task: u32, object: u32, now: bool) {
        // An odd factor, so that no two objects have the same share (Knuth, "The Art of Computer
        // Programming", volume 3, section 6.4).
        let share = (u64::from(object) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.held = match now {
            true => self.held.wrapping_add(share),
            false => self.held.wrapping_sub(share),
        };
        let noticed = (0..self.task_count).any(|other| {
            let it = self.task(other);
            other != task && (can_go_on(it) || it.wait_object == object)
        });
        if noticed {
            self.changed();
        }
    }

    /// Whether it is time to look for repetition.
    #[inline]
    #[must_use]
    pub fn suspects_repetition(&self) -> bool {
        self.quiet > QUIET_POINTS.saturating_mul(self.task_count.max(1))
    }

    /// Whether the hash of the private state of `task`, the only one of its process that can run,
    /// would tell anything at `site`. Hashing takes time, and a program that waits by polling
    /// should not be slow. So the state is looked for at one in [`LOOKED_FOR`] of all points, and
    /// no longer once the task is known to repeat itself.
    #[must_use]
    pub fn wants_fingerprint(&self, task: u32, site: u32) -> bool {
        let record = self.task(task);
        if record.fingerprint_at != self.changes {
            return true;
        }
        if record.recurs == 1 {
            return false;
        }
        let from = record.fingerprint_until / 2;
        let is_looked_for = self.quiet <= from.saturating_add(from / LOOKED_FOR);
        self.quiet > record.fingerprint_until || (is_looked_for && site == record.fingerprint_site)
    }

    /// Takes the hash of the private state of `task` at its present site; ends the run when all
    /// that can run are shown to repeat themselves.
    pub fn note_fingerprint(&mut self, task: u32, hash: u64) {
        let (changes, quiet) = (self.changes, self.quiet);
        let hash = hash.wrapping_add(self.held);
        let record = self.task_mut(task);
        let gave_up = record.recurs == 0 && quiet > record.fingerprint_until;
        if record.fingerprint_at != changes || gave_up {
            // Notes a state to come back to, and looks for it over a distance that doubles each
            // time. This finds cycles of any length (Brent, "An improved Monte Carlo factorization
            // algorithm", 1980).
            record.fingerprint_at = changes;
            record.fingerprint_site = record.site;
            record.fingerprint = hash;
            record.fingerprint_until = quiet.saturating_mul(2);
            record.recurs = 0;
        } else if record.fingerprint_site == record.site && record.fingerprint == hash {
            record.recurs = 1;
        }
        self.judge_repetition();
    }

    /// The same for one of several threads of a process that can run: `own` is the hash of what it
    /// has for itself, `common` of what they have in common.
    pub fn note_thread(&mut self, task: u32, own: u64, common: u64) {
        let leader = self.task(task).process;
        let before = self.thread(leader);
        if (before.common, before.common_at) != (common, self.changes) {
            let changes = self.changes;
            let record = self.thread_mut(leader);
            (record.common, record.common_at) = (common, changes);
            self.forget_states(task);
        }
        self.note_fingerprint(task, own.rotate_left(32) ^ common);
    }

    /// Forgets what is known about the threads of this process: it proves nothing any more.
    pub(crate) fn forget_states(&mut self, task: u32) {
        let process = self.task(task).process;
        for thread in 0..self.task_count {
            let record = self.task_mut(thread);
            if record.process == process {
                // No value of `changes` is 0.
                record.fingerprint_at = 0;
                record.recurs = 0;
            }
        }
    }

    /// Whether other threads of the process of `task` can run, too.
    #[must_use]
    pub fn has_company(&self, task: u32) -> bool {
        let waits = |t: u32| {
            let other = self.task(t);
            other.state == state::BLOCKED && other.deadline == NEVER && !waits_outside(other)
        };
        let mut threads = self.live_threads(task);
        threads.any(|t| t != task && !waits(t))
    }

    /// Ends the run when all that can run are shown to repeat themselves.
    pub fn judge_repetition(&mut self) {
        let changes = self.changes;
        let mut blocked_forever = false;
        for task in self.tasks() {
            if task.state == state::BLOCKED && waits_outside(task) {
                return;
            }
            if !can_go_on(task) {
                blocked_forever |= task.state == state::BLOCKED && task.daemon == 0;
            } else if task.recurs == 0 || task.fingerprint_at != changes {
                return;
            }
        }
        self.end(
            if blocked_forever {
                Ending::Deadlock
            } else {
                Ending::Livelock
            },
            NONE,
        );
    }
}

/// Whether a task can do something without another's help. A task that waits for the outside world
/// can, since nobody knows what that will do.
fn can_go_on(task: &TaskRecord) -> bool {
    match task.state {
        state::EXITED | state::FREE => false,
        state::BLOCKED => task.deadline != NEVER || task.pending_kill != 0 || waits_outside(task),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::QUIET_POINTS;
    use crate::engine::block::WaitFor;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{Ending, NEVER, NONE, World, state};

    fn world(tasks: u32) -> Box<World> {
        let mut world = testing::world(Strategy::Natural, 0, tasks);
        for task in 0..tasks {
            world.task_mut(task).site = 1;
        }
        world.quiet = 1000;
        world
    }

    fn block(world: &mut World, task: u32, deadline: u64) {
        world.block(
            task,
            WaitFor {
                word: 8,
                object: NONE,
                child: NONE,
                deadline,
            },
        );
    }

    #[test]
    fn repetition_is_suspected_only_after_a_quiet_time_for_each_task() {
        let mut world = world(3);
        world.quiet = 3 * QUIET_POINTS;
        assert!(!world.suspects_repetition());
        world.quiet += 1;
        assert!(world.suspects_repetition());
        world.changed();
        assert!(!world.suspects_repetition());
    }

    #[test]
    fn a_state_is_looked_for_at_its_own_place_and_not_for_long() {
        let mut world = world(1);
        world.quiet = 800;
        assert!(
            world.wants_fingerprint(0, 1),
            "there is none to compare with"
        );
        world.note_fingerprint(0, 5);
        assert!(!world.wants_fingerprint(0, 2));
        let wanted: Vec<u32> = (801..2000)
            .filter(|&quiet| {
                world.quiet = quiet;
                world.wants_fingerprint(0, 1)
            })
            .collect();
        assert_eq!(wanted[..100], (801..=900).collect::<Vec<_>>());
        assert_eq!(wanted[100], 1601, "the next one to compare with");
        world.quiet = 850;
        world.note_fingerprint(0, 5);
        assert!(!world.wants_fingerprint(0, 1), "it repeats itself");
    }

    #[test]
    fn the_same_state_twice_of_all_is_a_livelock() {
        let mut world = world(2);
        world.note_fingerprint(0, 5);
        world.note_fingerprint(1, 6);
        world.note_fingerprint(0, 5);
        assert!(!world.over(), "task 1 has not come round");
        world.note_fingerprint(1, 6);
        assert_eq!(world.ending, Ending::Livelock as u32);
    }

    #[test]
    fn other_states_are_no_proof() {
        let mut world = world(1);
        for hash in 0..100 {
            world.note_fingerprint(0, hash);
        }
        assert!(!world.over());
    }

    #[test]
    fn a_state_at_another_place_is_not_compared() {
        let mut world = world(1);
        world.note_fingerprint(0, 5);
        world.task_mut(0).site = 2;
        world.note_fingerprint(0, 5);
        assert!(!world.over());
        world.task_mut(0).site = 1;
        world.note_fingerprint(0, 5);
        assert_eq!(world.ending, Ending::Livelock as u32);
    }

    #[test]
    fn a_change_in_between_makes_the_states_worthless() {
        let mut world = world(2);
        world.note_fingerprint(0, 5);
        world.note_fingerprint(0, 5);
        world.note_fingerprint(1, 6);
        world.changed();
        world.quiet = 1000;
        world.note_fingerprint(1, 6);
        world.note_fingerprint(1, 6);
        assert!(!world.over(), "what task 0 would see now is unknown");
        world.note_fingerprint(0, 5);
        world.note_fingerprint(0, 5);
        assert!(world.over());
    }

    #[test]
    fn who_can_still_go_on_by_itself_is_waited_for() {
        let still: [fn(&mut World); 3] = [
            |world| world.sleep(1, 5),
            |world| block(world, 1, 5),
            |world| {
                block(world, 1, NEVER);
                world.task_mut(1).pending_kill = 15;
            },
        ];
        for change in still {
            let mut world = world(2);
            change(&mut world);
            world.quiet = 1000;
            world.note_fingerprint(0, 5);
            world.note_fingerprint(0, 5);
            assert!(!world.over());
        }
    }

    #[test]
    fn with_somebody_blocked_for_ever_it_is_a_deadlock_unless_it_is_a_daemon() {
        for (daemon, expected) in [(0, Ending::Deadlock), (1, Ending::Livelock)] {
            let mut world = world(3);
            block(&mut world, 1, NEVER);
            world.task_mut(1).daemon = daemon;
            world.task_mut(2).state = state::EXITED;
            world.note_fingerprint(0, 5);
            world.note_fingerprint(0, 5);
            assert_eq!(world.ending, expected as u32);
        }
    }
}
