//! Proof of endless repetition: when every task that can run came back to a state it was in
//! before, and nothing changed in between, then nothing ever will.
//!
//! A task's private state is its memory and registers, hashed by the kernel at one chosen site.
//! Equal state and an unchanged world make a deterministic program repeat itself, whatever the
//! order of the tasks; so the proof holds for every schedule. To hash all memory is slow, and a loop
//! that does something counts nearly always in a register or on the stack. So these are looked at
//! first, at a glance, and the rest only where they are as they were.
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
//! ends at the limit of steps: as inconclusive, unless nobody is left who could change anything
//! ([`World::looks_on_in_vain`]).

use crate::engine::outside::waits_outside;
use crate::engine::world::{Ending, NEVER, NONE, TaskRecord, World, state};
use crate::limits::MAX_STEPS_OF_PROGRAM;
use crate::recurrence::LOOKED_FOR;

/// Quiet points (per live task) after which states are compared.
const QUIET_POINTS: u32 = 64;
/// How often all memory is compared with one noted state: so often, and once more for so many of
/// the points passed. A loop that counts in memory only looks the same at a glance every time.
const COMPARED: u32 = 8;
const COMPARED_ONE_IN: u32 = 1024;

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
        let noticed = self.present().any(|other| {
            let it = self.task(other);
            other != task && (can_go_on(it) || it.wait_object == object)
        });
        if noticed {
            self.changed_for_now();
        }
    }

    /// Whether it is time to look for repetition.
    #[inline]
    #[must_use]
    pub fn suspects_repetition(&self) -> bool {
        self.quiet > QUIET_POINTS.saturating_mul(self.slot_count.max(1))
    }

    /// Whether a look at the state of `task` at `site` would tell anything. Most points are passed
    /// without one.
    #[inline]
    #[must_use]
    pub fn wants_look(&self, task: u32, site: u32) -> bool {
        if !self.suspects_spinning() {
            return false;
        }
        let spins = &self.thread(task).spins;
        spins.wants(self.news, self.without_news, site) || self.wants_proof(task, site)
    }

    /// The same for the proof of endless repetition.
    fn wants_proof(&self, task: u32, site: u32) -> bool {
        if !self.suspects_repetition() {
            return false;
        }
        let record = self.task(task);
        // Others may have begun to wait since it was shown to repeat itself.
        record.memory.found == 1
            || record.memory.wants(self.changes, self.quiet, site)
            || self.has_company(task)
    }

    /// Whether all memory of `task`, the only one of its process that can run, is to be looked at
    /// at `site` ([`World::note_fingerprint`]). `glance` hashes what is quick to look at: only if
    /// that is as it was when the memory was noted can the memory be. Even a glance takes time, and
    /// a program that waits by polling should not be slow. So the state is looked for at one in
    /// [`LOOKED_FOR`] of all points, and no longer once the task is known to repeat itself.
    pub fn concerns_proof(&mut self, task: u32, site: u32, glance: impl FnOnce() -> u64) -> bool {
        let (changes, quiet) = (self.changes, self.quiet);
        let record = self.task_mut(task);
        if !record.memory.wants(changes, quiet, site) {
            // Others may have begun to wait since this task was shown to repeat itself.
            self.judge_repetition();
            return false;
        }
        let hash = glance();
        if record.memory.begins_anew(changes, quiet) {
            (record.glance.hash, record.glance.compared) = (hash, 0);
            return true;
        }
        let often = COMPARED + quiet / COMPARED_ONE_IN;
        let same = record.glance.hash == hash && record.glance.compared < often;
        record.glance.compared += u32::from(same);
        same
    }

    /// Takes the hash of the private state of `task` at its present site; ends the run when all
    /// that can run are shown to repeat themselves.
    pub fn note_fingerprint(&mut self, task: u32, hash: u64) {
        let (changes, quiet) = (self.changes, self.quiet);
        let hash = hash.wrapping_add(self.held);
        let record = self.task_mut(task);
        record.memory.note(changes, quiet, record.site, hash);
        self.judge_repetition();
    }

    /// The same for one of several threads of a process that can run ([`World::note_thread`]). All
    /// memory of the process is compared only once each of them seems to repeat itself at a glance,
    /// and then at one in [`LOOKED_FOR`] of all points.
    pub fn concerns_proof_of_threads(
        &mut self,
        task: u32,
        site: u32,
        glance: impl FnOnce() -> u64,
    ) -> bool {
        let (changes, quiet) = (self.changes, self.quiet);
        let leader = self.task(task).process;
        let process = self.thread(leader);
        if process.watched_at == changes && quiet <= process.rests_until {
            return quiet <= process.watched_until;
        }
        let record = &mut self.task_mut(task).glance;
        if record.wants(changes, quiet, site) {
            record.note(changes, quiet, site, glance());
        }
        let all = {
            let seems = |t: &TaskRecord| t.glance.found == 1 && t.glance.at == changes;
            let mut threads = self.live_threads(task).map(|thread| self.task(thread));
            threads.all(|thread| seems(thread) || !can_go_on(thread))
        };
        if all {
            self.watch(leader, quiet.saturating_add(quiet / LOOKED_FOR));
        }
        all
    }

    /// From now on all memory of this process is compared at each point of its threads, until so
    /// many are passed; then it is left alone for as many points as there were.
    fn watch(&mut self, leader: u32, until: u32) {
        let (changes, quiet) = (self.changes, self.quiet);
        self.forget_states(leader);
        let record = self.thread_mut(leader);
        record.watched_at = changes;
        record.watched_until = until;
        record.rests_until = quiet.saturating_mul(2);
        record.common_at = 0;
    }

    /// The same as [`World::note_fingerprint`] for one of several threads of a process that can
    /// run: `own` is the hash of what it has for itself, `common` of what they have in common.
    pub fn note_thread(&mut self, task: u32, own: u64, common: u64) {
        let changes = self.changes;
        let leader = self.task(task).process;
        let record = self.thread_mut(leader);
        if record.common_at == changes && record.common != common {
            return self.watch(leader, 0);
        }
        (record.common, record.common_at) = (common, changes);
        self.note_fingerprint(task, own.rotate_left(32) ^ common);
    }

    /// Forgets what is known about the threads of this process: it proves nothing any more.
    pub(crate) fn forget_states(&mut self, task: u32) {
        let process = self.task(task).process;
        for slot in 0..self.slot_count {
            let record = self.task_mut(self.in_slot(slot));
            if record.process == process {
                // No value of `changes` is 0.
                (record.memory.at, record.memory.found) = (0, 0);
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
        for task in self.present_records() {
            if task.state == state::BLOCKED && waits_outside(task) {
                return;
            }
            if !can_go_on(task) {
                blocked_forever |= task.state == state::BLOCKED && task.daemon == 0;
            } else if task.memory.found == 0 || task.memory.at != changes {
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

/// So many points in which nothing changed are no more an open question, where nobody could change
/// anything: nine tenths of what a program of one's own may pass. Exercises never come to that.
const LOOKS: u32 = MAX_STEPS_OF_PROGRAM / 10 * 9;

impl World {
    /// Whether one task has looked on for so long that it would be given up, and nobody is left who
    /// could change what it sees: all others are gone, or wait without a limit of time. It may count
    /// its looks, so there is no state that comes again.
    pub(crate) fn looks_on_in_vain(&self) -> bool {
        let mut able = self.present_records().filter(|task| can_go_on(task));
        let alone =
            able.next().is_some_and(|it| it.state == state::RUNNING) && able.next().is_none();
        alone && self.quiet >= LOOKS
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
    use super::{COMPARED, LOOKED_FOR, LOOKS, MAX_STEPS_OF_PROGRAM, QUIET_POINTS};
    use crate::engine::block::WaitFor;
    use crate::engine::strategy::Strategy;
    use crate::engine::testing;
    use crate::engine::world::{Ending, NEVER, NONE, Op, World, state};

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
        let wants =
            |world: &World, site| world.task(0).memory.wants(world.changes, world.quiet, site);
        assert!(wants(&world, 1), "there is none to compare with");
        world.note_fingerprint(0, 5);
        assert!(!wants(&world, 2));
        let wanted: Vec<u32> = (801..2000)
            .filter(|&quiet| {
                world.quiet = quiet;
                wants(&world, 1)
            })
            .collect();
        assert_eq!(wanted[..100], (801..=900).collect::<Vec<_>>());
        assert_eq!(wanted[100], 1601, "the next one to compare with");
        world.quiet = 850;
        world.note_fingerprint(0, 5);
        assert!(!wants(&world, 1), "it repeats itself");
    }

    #[test]
    fn memory_is_compared_only_where_a_glance_shows_no_difference() {
        let mut world = world(1);
        assert!(world.concerns_proof(0, 1, || 5), "one to come back to");
        world.note_fingerprint(0, 50);
        assert!(!world.concerns_proof(0, 1, || 6));
        assert!(world.concerns_proof(0, 1, || 5));
        world.quiet = 2001;
        assert!(
            world.concerns_proof(0, 1, || 6),
            "the next one to come back to"
        );
        world.changed();
        assert!(
            world.concerns_proof(0, 1, || 6),
            "what was seen before says nothing"
        );
    }

    #[test]
    fn memory_is_compared_seldom_where_a_loop_counts_in_memory_only() {
        let mut world = world(1);
        let mut compared = 0;
        for count in 0..1000 {
            if world.concerns_proof(0, 1, || 5) {
                world.note_fingerprint(0, count);
                compared += 1;
            }
        }
        assert!(!world.over());
        assert_eq!(compared, 1 + COMPARED, "with the one that was noted");
    }

    #[test]
    fn who_looks_on_to_the_limit_where_nobody_can_act_is_in_a_livelock() {
        let ends = |quiet, deadline| {
            let mut world = world(2);
            world.config.most_steps = MAX_STEPS_OF_PROGRAM;
            world.announce(0, Op::Read, 0, 1);
            (world.steps, world.quiet) = (MAX_STEPS_OF_PROGRAM, quiet);
            world.task_mut(0).state = state::RUNNING;
            world.task_mut(1).state = state::BLOCKED;
            world.task_mut(1).deadline = deadline;
            let _over = world.decide(0);
            (world.ending, world.task(0).memory.found)
        };
        assert_eq!(ends(LOOKS, NEVER), (Ending::Livelock as u32, 1));
        let open = (Ending::Inconclusive as u32, 0);
        assert_eq!(ends(LOOKS - 1, NEVER), open, "it did something before");
        assert_eq!(ends(LOOKS, 5), open, "the other one will go on");
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
    fn threads_have_their_memory_compared_once_each_seems_to_repeat_itself_and_not_for_long() {
        let mut world = world(1);
        let thread = world.add_thread(0, None, 0, 1).expect("few");
        world.quiet = 800;
        let look =
            |world: &mut World, task, hash| world.concerns_proof_of_threads(task, 1, || hash);
        for hash in [5, 6] {
            assert!(!look(&mut world, 0, hash));
            assert!(!look(&mut world, thread, 7), "the other one does not");
        }
        for quiet in 800..=800 + 800 / LOOKED_FOR {
            world.quiet = quiet;
            assert!(look(&mut world, 0, 5), "now all do");
        }
        world.quiet += 1;
        assert!(!look(&mut world, 0, 5), "that was long enough");
        world.quiet = 1601;
        assert!(look(&mut world, 0, 5), "as many points again are over");
        world.note_thread(0, 5, 100);
        world.note_thread(thread, 6, 101);
        assert!(!look(&mut world, 0, 5), "it was in vain");
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
