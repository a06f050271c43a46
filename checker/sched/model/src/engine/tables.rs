//! A run begins, and what it is made of is added: tasks and objects.

use crate::engine::strategy;
use crate::engine::world::{
    Ending, KINDS, NEVER, NONE, ObjectRecord, Op, TaskRecord, Text, ThreadRecord, World, state,
};
use crate::liberty;
use crate::limits::{MAX_CELLS, MAX_DEPTH, MAX_OBJECTS, MAX_TASKS, NEAR_TASKS};
use crate::recurrence::Recurrence;
use crate::rng::SplitMix64;

impl World {
    /// Makes everything ready for a run; the configuration stays, and so do the sites.
    pub fn begin(&mut self) {
        self.clock = 0;
        self.steps = 0;
        self.holder = NONE;
        self.settled = NONE;
        for task in 0..self.task_count.min(MAX_TASKS as u32) {
            *self.thread_mut(task) = ThreadRecord::default();
        }
        self.task_count = 0;
        self.process_count = 0;
        self.slot_count = 0;
        self.recycled = 0;
        self.run += 1;
        self.unwatched.fill(0);
        self.changes = 1;
        self.quiet = 0;
        self.news = 1;
        self.without_news = 0;
        self.object_count = 0;
        self.kind_counts.fill(0);
        self.cell_count = 0;
        self.read_count = 0;
        self.atomic_count = 0;
        self.race_count = 0;
        self.memory_race_count = 0;
        self.memory_left_out = 0;
        self.event_count = 0;
        self.choice_count = 0;
        self.replayed = 0;
        self.replayed_times = 0;
        self.events_left_out = 0;
        self.switches = 0;
        self.runs_since = 0;
        self.printed_before = 0;
        self.lasts_too_long = 0;
        self.open = 0;
        self.liberty_count = 0;
        self.open_count = 0;
        self.weak = 0;
        self.fence_count = 0;
        self.stamps = 0;
        self.forgotten_fence = 0;
        self.late = NONE;
        self.answers = 0;
        self.counted = 0;
        self.met_count = 0;
        self.ending = Ending::Open as u32;
        self.end_task = NONE;
        self.end_site = NONE;
        self.end_text = Text::default();
        self.text_len = 0;
        self.notes_len = 0;
        self.printed = 0;
        self.shared_used = 0;
        self.more_shared_used = 0;
        self.mapping_count = 0;
        self.programs = 0;
        self.address_count = 0;
        self.talks_outside = 0;
        self.complained = 0;
        self.bytes = 0;
        self.ready_orders = 0;
        self.looks = 0;
        self.held = 0;
        self.caller = NONE;
        let schedule = liberty::base(self.config.schedule);
        self.rng = SplitMix64::for_stream(self.config.seed, u64::from(schedule));
        strategy::begin(self);
    }

    /// Adds a process's leading task, ready from now on. `None` when the table is full.
    pub fn add_task(&mut self, parent: u32, name: &str, daemon: bool, site: u32) -> Option<u32> {
        let id = self.task_count;
        if id as usize >= MAX_TASKS || self.ancestors(parent).nth(MAX_DEPTH - 1).is_some() {
            return None;
        }
        self.give_slot(id, parent)?;
        let name = self.add_text(name.as_bytes());
        self.task_count += 1;
        self.ready_orders += 1;
        *self.task_mut(id) = TaskRecord {
            state: state::READY,
            parent,
            process: id,
            pid: self.process_count,
            cut_off: 0,
            daemon: u32::from(daemon),
            joined: 0,
            exit_code: 0,
            pending_kill: 0,
            ready_at: self.now(),
            delayed_until: 0,
            deadline: NEVER,
            until: 0,
            wait_word: 0,
            wait_object: NONE,
            wait_child: NONE,
            timed_out: 0,
            blocked_at: 0,
            op: Op::Begin as u32,
            op_object: NONE,
            op_index: 0,
            last_object: NONE,
            last_op: Op::Begin as u32,
            site,
            started_at: site,
            panic_site: NONE,
            name,
            panic: Text::default(),
            ready_order: self.ready_orders,
            stepped_back: 0,
            repeated: 0,
            polled: 0,
            polls: [0; 4],
            polls_at: 0,
            priority: 0,
            memory: Recurrence::default(),
            glance: Recurrence::default(),
            decisions: 0,
            clock_read: 0,
            clock_spins: 0,
            clock_waited: 0,
            fenced: 0,
            random: SplitMix64::for_stream(self.config.seed ^ 0x7261_6E64, u64::from(id)),
        };
        if parent != NONE {
            self.tick(parent);
        }
        self.process_count += 1;
        self.tick(id);
        self.changed();
        strategy::task_added(self, id);
        Some(id)
    }

    /// The processes above a task: its own, the one that started this, and so on.
    fn ancestors(&self, task: u32) -> impl Iterator<Item = u32> {
        let process = |task: u32| (task != NONE).then(|| self.task(task).process);
        std::iter::successors(process(task), move |&above| {
            process(self.task(above).parent)
        })
    }

    /// Adds an object. `None` when there are too many.
    pub fn add_object(&mut self, kind: u32, name: &str, site: u32, cells: u32) -> Option<u32> {
        let id = self.object_count;
        let cell = self.cell_count;
        if id as usize >= MAX_OBJECTS || (cell + cells) as usize > MAX_CELLS {
            return None;
        }
        let of_kind = &mut self.kind_counts[kind as usize % KINDS];
        *of_kind += 1;
        let number = *of_kind;
        let name = self.add_text(name.as_bytes());
        self.object_count += 1;
        self.cell_count += cells;
        *self.object_mut(id)? = ObjectRecord {
            kind,
            owner: NONE,
            owner_site: NONE,
            owner_only: 0,
            name,
            made_at: site,
            cell,
            cells,
            meaning: 0,
            number,
            kept: 0,
            kept_by: NONE,
            kept_for: 0,
            clock: [0; NEAR_TASKS],
        };
        for record in &mut self.cells[cell as usize..(cell + cells) as usize] {
            record.writer = NONE;
            record.write_clock = 0;
            record.read = 0;
            record.read_clocks = [0; NEAR_TASKS];
        }
        Some(id)
    }
}
