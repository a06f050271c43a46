//! The state of one run: tasks, objects, clocks, trace. Plain numbers only, no pointers.
//!
//! The state lives in memory shared by all processes of a run, and whoever holds the baton has it
//! for itself; nothing in this file or in the files that extend [`World`] makes a system call, so
//! everything is tested on an ordinary boxed value. Every field is an integer for which each bit
//! pattern is valid: what a broken program overwrites becomes a wrong claim, never undefined
//! behaviour. Tasks, objects and sites are named by their index; [`NONE`] stands for no one.
//!
//! Each process of a run pays for every page that it touches, so what a small run uses lies close
//! together: records carry their clocks, events lie beside choices, all texts in one area, and the
//! large arrays come last, so that the beginnings of all others share one page table. Tables of
//! which a run may need many entries have a beginning there, and the rest behind everything else,
//! where memory is only reserved until it is used.

use crate::count_records::{CountRecord, MAX_COUNTS, MAX_MET, MetRecord};
use crate::liberty::{LibertyRecord, MAX_LIBERTIES, MAX_OPEN, OpenRecord};
use crate::limits::{
    ATOMIC_SLOTS, CLOCKS, KEPT_FENCES, MAX_ADDRESSES, MAX_ATOMICS, MAX_CALLS, MAX_CELLS,
    MAX_EVENTS, MAX_LIVE, MAX_MEMORY_RACES, MAX_NOTES, MAX_OBJECTS, MAX_RACES, MAX_READS,
    MAX_REASON, MAX_SITE_TEXT, MAX_SITES, MAX_TASKS, MAX_TEXT, MAX_WAYS, NEAR_OBJECTS, NEAR_TASKS,
    SITE_SLOTS,
};
use crate::parts::{Parts, part_mut};
pub use crate::records::{
    AtomicRecord, CellRecord, ChoiceRecord, Config, DeviationRecord, Ending, EventRecord, Kind,
    LogRecord, MemoryRaceRecord, NEVER, NONE, ObjectRecord, Op, RaceRecord, ReadRecord,
    ReplayRecord, TaskRecord, Text, ThreadRecord, state,
};
use crate::records::{WideClock, WideReads};
use crate::rng::SplitMix64;
pub use crate::site_record::SiteRecord;
use crate::slot_set::{NEAR_WORDS, WORDS};
use crate::weak_records::{FenceRecord, FencesRecord, HistoryRecord};

/// A source place as the kernel is told it: identity, file, line, column.
#[derive(Clone, Copy, Debug)]
pub struct Here<'a> {
    /// The same for every call from the same place.
    pub key: u64,
    /// File.
    pub file: &'a str,
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// The whole state of a run.
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct World {
    /// How this schedule is made.
    pub config: Config,
    /// Virtual nanoseconds since the start of main.
    pub clock: u64,
    /// Points passed.
    pub steps: u32,
    /// Who was chosen last.
    pub holder: u32,
    /// Whose points change nothing for others, since it was last its turn among `settled_ready`; [`NONE`]
    /// if something was done to another task since: [`World::settle`].
    pub(crate) settled: u32,
    /// From when on that task could run.
    pub(crate) settled_at: u64,
    /// Who could go on then: the number of a set.
    pub(crate) settled_ready: u128,
    /// Tasks created.
    pub task_count: u32,
    /// Processes among them.
    pub process_count: u32,
    /// Slots in use or used before.
    pub slot_count: u32,
    /// Slots given to a further task.
    pub recycled: u32,
    /// Number of this run, from 1.
    pub run: u64,
    /// Counts every change that another task could notice. When it moves, an operation that said
    /// "not yet" may be asked again.
    pub changes: u64,
    /// Points passed since `changes` last moved.
    pub quiet: u32,
    /// Counts those of the changes that stay: all but that a lock is taken, given back or waited for.
    pub news: u64,
    /// Points passed since `news` last moved.
    pub without_news: u32,
    /// Objects made.
    pub object_count: u32,
    /// Objects made of each kind.
    pub kind_counts: [u32; KINDS],
    /// Cells in use.
    pub cell_count: u32,
    /// Shares of locks that are held.
    pub read_count: u32,
    /// Atomics known.
    pub atomic_count: u32,
    /// Races found.
    pub race_count: u32,
    /// Races on plain memory found.
    pub memory_race_count: u32,
    /// Whether there was more memory in use than can be watched: 1 if so.
    pub memory_left_out: u32,
    /// Events recorded.
    pub event_count: u32,
    /// Decisions recorded.
    pub choice_count: u32,
    /// Entries of the list that were replayed.
    pub replayed: u32,
    /// How often the next one was.
    pub replayed_times: u32,
    /// Events of a long run that were left out of the trace.
    pub events_left_out: u64,
    /// How often another task went on than the one before.
    pub switches: u32,
    /// Points passed when the task that runs began to.
    pub runs_since: u32,
    /// The value of `printed` then.
    pub printed_before: u32,
    /// 1 once a task was alone at work for so long that others get their chance.
    pub lasts_too_long: u32,
    /// How often something was open that std leaves open.
    pub open: u32,
    /// Liberties taken.
    pub liberty_count: u32,
    /// How many lines are known that leave something open.
    pub open_count: u32,
    /// 1 if all that orders accesses to atomics is told, so that their stores are kept.
    pub weak: u32,
    /// `SeqCst` fences that are kept.
    pub fence_count: u32,
    /// Stores that were kept, and such fences, of the whole run.
    pub stamps: u64,
    /// When the last of those fences was passed that are not kept any more.
    pub forgotten_fence: u64,
    /// [`Ending`].
    pub ending: u32,
    /// A task that the ending names.
    pub end_task: u32,
    /// Where.
    pub end_site: u32,
    /// Why.
    pub end_text: Text,
    /// Bytes of `text` in use.
    pub text_len: u32,
    /// Those of them that only explain.
    pub notes_len: u32,
    /// Bytes written to standard output and standard error.
    pub printed: u32,
    /// Bytes kept of standard error.
    pub complained: u32,
    /// Bytes of texts and names, kept or not, and of messages through pipes and sockets, and a quarter of
    /// those of files: what each costs.
    pub bytes: u64,
    /// Sites in use; not reset between runs.
    pub site_count: u32,
    /// Bytes of `site_text` in use.
    pub site_text_len: u32,
    /// Words of shared memory given out.
    pub shared_used: u32,
    /// The same of those that are reserved for what seldom uses them.
    pub more_shared_used: u32,
    /// Further mappings that are shared between processes.
    pub mapping_count: u32,
    /// Programs that were started and are no tasks.
    pub programs: u32,
    /// Addresses of the run's own that are known.
    pub address_count: u32,
    /// 1 once a task sent a message to somebody else.
    pub talks_outside: u32,
    /// Ready orders given out.
    pub ready_orders: u64,
    /// Looks at the clock.
    pub looks: u64,
    /// Who was the last to wait for an answer of a server.
    pub caller: u32,
    /// A sum over all objects that are held: equal sums mean that the same objects are held.
    pub held: u64,
    /// Where the strategy's chance comes from.
    pub rng: SplitMix64,
    /// Points at which PCT lowers a priority.
    pub change_points: [u32; 4],
    /// The next low priority that PCT hands out.
    pub low_priority: u64,
    /// An open-addressing table from location to site: 1 + its number, 0 for a free slot.
    pub site_slots: [u16; SITE_SLOTS],
    /// Sites, in order of appearance.
    pub sites: [SiteRecord; MAX_SITES],
    /// The files' names.
    pub site_text: [u8; MAX_SITE_TEXT],
    /// The first tasks, in order of creation.
    pub tasks: [TaskRecord; NEAR_TASKS],
    /// The first places of the vector clocks of the first slots.
    pub clocks: [[u32; NEAR_TASKS]; NEAR_TASKS],
    /// The first places of the clock that all objects without a record of their own share.
    pub unwatched: [u32; NEAR_TASKS],
    /// The liberties taken.
    pub liberties: [LibertyRecord; MAX_LIBERTIES],
    /// The lines that are known to leave something open.
    pub open_at: [OpenRecord; MAX_OPEN],
    /// Who reads what.
    pub reads: [ReadRecord; MAX_READS],
    /// An open-addressing table from address to atomic: 1 + its number. Not reset between runs: a
    /// slot is in use if the atomic says so.
    pub atomic_slots: [u16; ATOMIC_SLOTS],
    /// Atomics, in order of first use.
    pub atomics: [AtomicRecord; MAX_ATOMICS],
    /// The first objects, in order of creation.
    pub objects: [ObjectRecord; NEAR_OBJECTS],
    /// What concerns the first tasks as threads.
    pub threads: [ThreadRecord; NEAR_TASKS],
    /// What was printed, names, messages.
    pub text: [u8; MAX_TEXT + MAX_REASON],
    /// Events and choices.
    pub log: [LogRecord; MAX_EVENTS],
    /// Races found.
    pub races: [RaceRecord; MAX_RACES],
    /// Races on plain memory found.
    pub memory_races: [MemoryRaceRecord; MAX_MEMORY_RACES],
    /// The choices to make, for a strategy that follows choices.
    pub replay: [ReplayRecord; MAX_EVENTS],
    /// Where to leave the natural schedule, for one that follows deviations: sorted by holder and turn.
    pub deviations: [DeviationRecord; MAX_EVENTS],
    /// Unsynchronised cells.
    pub cells: [CellRecord; MAX_CELLS],
    /// The name of the program's own file, if it is known: set by the checker.
    pub program: [u8; MAX_SITE_TEXT],
    /// Its length.
    pub program_len: u32,
    /// Addresses that the run uses among its own tasks.
    pub addresses: [u64; MAX_ADDRESSES],
    /// Ways that are kept.
    pub way_count: u32,
    /// The calls that led to places elsewhere, innermost first, 0 behind the last.
    pub ways: [[u32; MAX_CALLS]; MAX_WAYS],
    /// Who uses a count only after others went on, as long as they do.
    pub late: u32,
    /// How many points may be passed by then.
    pub late_until: u32,
    /// How many waits were answered.
    pub answers: u32,
    /// How often counts were used.
    pub counted: u32,
    /// How often nothing ordered two uses of a count.
    pub met_count: u32,
    /// The last uses of each count, found by a hash.
    pub counts: [CountRecord; MAX_COUNTS],
    /// Uses of counts that nothing orders, the first of them.
    pub met: [MetRecord; MAX_MET],
    /// All other tasks.
    pub more_tasks: [TaskRecord; MAX_TASKS - NEAR_TASKS],
    /// What concerns them as threads.
    pub more_threads: [ThreadRecord; MAX_TASKS - NEAR_TASKS],
    /// All other objects.
    pub more_objects: [ObjectRecord; MAX_OBJECTS - NEAR_OBJECTS],
    /// Who is ready, in a run of many tasks: a bit for each slot.
    pub ready: [u64; WORDS],
    /// Which task has, or had last, each slot, once a slot was given to a second one.
    pub slots: [u32; MAX_LIVE],
    /// The first places of a clock of all that tasks knew whose slot has another one.
    pub retired: [u32; NEAR_TASKS],
    /// The first places of the vector clocks of all other slots.
    pub more_clocks: [[u32; NEAR_TASKS]; MAX_LIVE - NEAR_TASKS],
    /// The other places of all clocks: of slots, objects, and those that are shared.
    pub wide: [WideClock; CLOCKS],
    /// For each choice, the bits of the other slots, where there are any.
    pub wide_candidates: [[u64; WORDS - NEAR_WORDS]; MAX_EVENTS],
    /// For each cell, what concerns the other slots.
    pub wide_reads: [WideReads; MAX_CELLS],
    /// For each atomic, its last stores.
    pub(crate) histories: [HistoryRecord; MAX_ATOMICS],
    /// For each slot, what the fences of its task concern.
    pub(crate) task_fences: [FencesRecord; NEAR_TASKS],
    /// The last `SeqCst` fences.
    pub(crate) fences: [FenceRecord; KEPT_FENCES],
}

/// More than there are kinds of objects.
pub(crate) const KINDS: usize = 32;

impl World {
    /// The record of a task; a number out of range (a scribbled state) counts as main.
    #[inline]
    #[must_use]
    pub fn task(&self, id: u32) -> &TaskRecord {
        match self.tasks.get(id as usize) {
            Some(task) => task,
            None => self.further_task(id),
        }
    }

    /// The same, to change it.
    #[inline]
    pub fn task_mut(&mut self, id: u32) -> &mut TaskRecord {
        if id != self.settled {
            self.settled = NONE;
        }
        if (id as usize) < NEAR_TASKS {
            &mut self.tasks[id as usize]
        } else {
            self.further_task_mut(id)
        }
    }

    #[cold]
    fn further_task(&self, id: u32) -> &TaskRecord {
        let at = (id as usize).wrapping_sub(NEAR_TASKS);
        self.more_tasks.get(at).unwrap_or(&self.tasks[0])
    }

    #[cold]
    fn further_task_mut(&mut self, id: u32) -> &mut TaskRecord {
        let at = (id as usize).wrapping_sub(NEAR_TASKS);
        self.more_tasks.get_mut(at).unwrap_or(&mut self.tasks[0])
    }

    /// The tasks created so far.
    #[must_use]
    pub fn tasks(&self) -> Parts<'_, TaskRecord> {
        Parts::new(&self.tasks, &self.more_tasks, self.task_count as usize)
    }

    /// The objects made so far.
    #[must_use]
    pub fn objects(&self) -> Parts<'_, ObjectRecord> {
        Parts::new(
            &self.objects,
            &self.more_objects,
            self.object_count as usize,
        )
    }

    /// An object's record; `None` for [`NONE`].
    #[inline]
    #[must_use]
    pub fn object(&self, id: u32) -> Option<&ObjectRecord> {
        self.objects().get(id as usize)
    }

    /// The same, to change it.
    #[inline]
    pub fn object_mut(&mut self, id: u32) -> Option<&mut ObjectRecord> {
        if id >= self.object_count {
            return None;
        }
        part_mut(&mut self.objects, &mut self.more_objects, id as usize)
    }

    /// The time at which what happens now would happen if nobody had ever been kept waiting.
    #[must_use]
    pub fn now(&self) -> u64 {
        if self.holder == NONE {
            self.clock
        } else {
            self.task(self.holder).ready_at
        }
    }

    /// Says that something happened which other tasks can notice.
    #[inline]
    pub fn changed(&mut self) {
        self.news += 1;
        self.without_news = 0;
        self.changed_for_now();
    }

    /// The same of what leaves nothing behind once it is over: a lock is taken or given back.
    #[inline]
    pub fn changed_for_now(&mut self) {
        self.changes += 1;
        self.quiet = 0;
    }

    /// Copies bytes to the text area; what does not fit is cut off.
    pub fn add_text(&mut self, bytes: &[u8]) -> Text {
        self.add_text_below(MAX_TEXT, bytes)
    }

    /// The same for a text that only explains, which is left out where there are too many.
    pub fn add_note(&mut self, bytes: &[u8]) -> Text {
        let len = self.notes_len.saturating_add(small(bytes.len()));
        if len > MAX_NOTES {
            return self.add_text(&[]);
        }
        self.notes_len = len;
        self.add_text(bytes)
    }

    fn add_text_below(&mut self, most: usize, bytes: &[u8]) -> Text {
        self.bytes += bytes.len() as u64;
        let start = (self.text_len as usize).min(most);
        let len = bytes.len().min(most - start);
        self.text[start..start + len].copy_from_slice(&bytes[..len]);
        self.text_len = small(start + len);
        Text {
            start: small(start),
            len: small(len),
        }
    }

    /// Ends the run, unless it has ended already.
    pub fn end(&mut self, ending: Ending, task: u32) {
        if self.ending == Ending::Open as u32 {
            self.ending = ending as u32;
            self.end_task = task;
            self.end_site = if task == NONE {
                NONE
            } else {
                self.task(task).site
            };
        }
    }

    /// Ends the run as inconclusive.
    pub fn give_up(&mut self, task: u32, reason: &str) {
        if self.ending == Ending::Open as u32 {
            self.end_text = self.add_text_below(MAX_TEXT + MAX_REASON, reason.as_bytes());
        }
        self.end(Ending::Inconclusive, task);
    }

    /// Whether the run has ended.
    #[inline]
    #[must_use]
    pub fn over(&self) -> bool {
        self.ending != Ending::Open as u32
    }
}

/// Sizes here are far below 2^32.
fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(NONE)
}
