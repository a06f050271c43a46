//! The decision at a scheduling point: who may go on, in virtual time, and who does.
//!
//! Let w be the earliest ready time of the tasks that wait to run (sleepers count with the time
//! their sleep ends). All with a ready time of at most w + D may be chosen, and the clock becomes
//! the later of itself and the chosen one's ready time. D belongs to the schedule: with 0 nobody
//! waits longer than its sleep, without bound no sleep is long enough to be synchronisation.
//!
//! A task about to repeat an operation that said "not yet", while nothing has changed since, steps
//! back until something does; in a run with patience only after it has repeated it a few times. When
//! only such tasks are left, they take turns. They also do when nothing has changed for long: not
//! every operation that asks a question is recognised as one, so nobody may step back for ever.

use crate::engine::outside::{LAST_RESORT, waits_outside};
use crate::engine::slots::SlotSet;
use crate::engine::strategy::{self, Among};
use crate::engine::world::{ChoiceRecord, Ending, Kind, NEVER, NONE, Op, TaskRecord, World, state};
use crate::limits::{Excess, LONGEST_DELAY, LONGEST_DELAY_OF_SLEEP, MAX_BYTES};
use crate::slot_set::WORDS;

/// What the holder of the baton is to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Hand the baton to this task (or go on, if it is the holder).
    Task(u32),
    /// The run is over.
    Over,
}

/// [`TaskRecord::stepped_back`](crate::engine::world::TaskRecord) of a task that waits for a change.
pub(crate) const STEPS_BACK: u32 = 1;
/// The same for a task that yields: others that are ready go first, but it waits for nobody's sleep
/// to end.
const LETS_OTHERS_GO: u32 = 2;

/// One number for an operation, to recognise a repetition.
#[inline]
fn identity(op: Op, object: u32, index: u32, site: u32) -> u64 {
    let pair = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    let stir = |hash: u64| hash.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    stir(stir(pair(object, site)) ^ pair(index, op as u32))
}

impl TaskRecord {
    /// Forgets the questions that were asked before the last change.
    fn forget_polls_before(&mut self, changes: u64) {
        if self.polls_at != changes {
            self.polls_at = changes;
            self.polled = 0;
            self.repeated = 0;
        }
    }
}

impl World {
    /// Says what `task` is about to do. Counts the point.
    pub fn announce(&mut self, task: u32, op: Op, object: u32, site: u32) {
        self.announce_at(task, op, object, 0, site);
    }

    /// The same for one element of `object`.
    #[inline]
    pub fn announce_at(&mut self, task: u32, op: Op, object: u32, index: u32, site: u32) {
        self.steps += 1;
        self.quiet += 1;
        self.without_news += 1;
        let (changes, patience) = (self.changes, self.config.patience);
        let spins = self.spins(task);
        let record = self.task_mut(task);
        record.last_op = record.op;
        record.op = op as u32;
        record.last_object = record.op_object;
        record.op_object = object;
        record.op_index = index;
        record.site = site;
        record.forget_polls_before(changes);
        let known = record.polled > 0 && {
            let id = identity(op, object, index, site);
            let mut asked = record.polls.iter().take(record.polled as usize);
            asked.any(|&p| p == id)
        };
        record.repeated += u32::from(known);
        // A loop may ask several questions in turn: patience is counted in rounds.
        let steps_back = spins || known && record.repeated > patience.saturating_mul(record.polled);
        record.stepped_back = if steps_back {
            STEPS_BACK
        } else if op == Op::Yield {
            LETS_OTHERS_GO
        } else {
            0
        };
        if steps_back && (op.asks_at_once() || op == Op::Read) {
            self.record(task, Kind::Again, object, 0, 0);
        }
    }

    /// Says that the operation just announced changed nothing: "not yet".
    #[inline]
    pub fn not_yet(&mut self, task: u32) {
        let changes = self.changes;
        let record = self.task_mut(task);
        let Some(op) = Op::from_code(record.op).filter(|op| op.may_say_not_yet()) else {
            return;
        };
        let id = identity(op, record.op_object, record.op_index, record.site);
        record.forget_polls_before(changes);
        let at = (record.polled as usize).min(record.polls.len() - 1);
        if !record
            .polls
            .iter()
            .take(record.polled as usize)
            .any(|&p| p == id)
        {
            record.polls[at] = id;
            record.polled = u32::try_from(at).unwrap_or(0) + 1;
        }
    }

    /// Whether `task` has asked something in vain, and nothing has changed since.
    pub(crate) fn has_asked(&self, task: u32) -> bool {
        let record = self.task(task);
        record.polled > 0 && record.polls_at == self.changes
    }

    /// Chooses who goes on and makes it Running. The holder must have said what it is about to do
    /// ([`World::announce`]), or be blocked, asleep or gone.
    #[inline]
    pub fn decide(&mut self, holder: u32) -> Next {
        if self.over() {
            return Next::Over;
        }
        if self.steps >= self.config.most_steps {
            self.out_of_steps(holder);
            return Next::Over;
        }
        if self.bytes >= MAX_BYTES {
            self.give_up(holder, &Excess::Work.text());
            return Next::Over;
        }
        strategy::before(self, holder);
        let settled = self.is_settled(holder);
        debug_assert!(!settled || SlotSet::of_number(self.settled_ready) == self.candidates());
        if settled && self.config.interventions[0].kind == 0 {
            return Next::Task(self.choose_again(holder));
        }
        let mut candidates = match settled {
            true => SlotSet::of_number(self.settled_ready),
            false => self.candidates(),
        };
        if candidates == SlotSet::EMPTY {
            let Some(answered) = self.next_answered() else {
                self.nobody_left();
                return Next::Over;
            };
            candidates = self.only(answered);
        }
        let allowed = self.let_on(holder, candidates);
        let current = self.goes_on(holder);
        let among = Among {
            holder,
            candidates: allowed,
            current: current.filter(|&task| self.is_among(allowed, task)),
            settled: false,
        };
        let chosen = strategy::pick(self, among);
        // Who sleeps or waits may be later than who runs, so these are others than at its next point.
        let ran = self.task(holder).state == state::RUNNING;
        self.turn_of(chosen, among);
        if chosen == holder && ran && !settled {
            self.settle(holder, candidates);
        }
        Next::Task(chosen)
    }

    /// Chooses among those that could go on when `holder` was chosen last.
    #[inline]
    fn choose_again(&mut self, holder: u32) -> u32 {
        let among = Among {
            holder,
            candidates: SlotSet::of_number(self.settled_ready),
            current: Some(holder),
            settled: true,
        };
        let chosen = strategy::pick(self, among);
        if chosen != holder {
            self.turn_of(chosen, among);
            return chosen;
        }
        // Of what else follows from a choice, nothing is otherwise than it was.
        let start = self.start_time(holder);
        self.clock = self.clock.max(start);
        let record = self.task_mut(holder);
        record.decisions += 1;
        record.delayed_until = 0;
        let how = ChoiceRecord::how(false, false, self.task_count);
        self.note_choice(holder, how, among);
        holder
    }

    /// `chosen` goes on, who was picked among these.
    fn turn_of(&mut self, chosen: u32, among: Among) {
        let Among {
            holder,
            candidates,
            current,
            ..
        } = among;
        let preempts = current.is_some_and(|current| current != chosen);
        let deviates = chosen != strategy::undelayed(self, candidates, current);
        let how = ChoiceRecord::how(preempts, deviates, self.task_count);
        self.task_mut(self.holder).decisions += 1;
        self.note_time(chosen);
        self.note_step(chosen);
        self.make_running(holder, chosen);
        self.note_choice(chosen, how, among);
    }

    /// Whether those are ready now who were when `holder` last went on: nothing was done to any other
    /// task since, and the holder could go on from the same time. So a task that passes one point after
    /// the other pays nothing for the others.
    #[inline]
    fn is_settled(&self, holder: u32) -> bool {
        let record = self.task(holder);
        self.settled == holder
            && holder != NONE
            && record.state == state::RUNNING
            && (record.stepped_back, record.pending_kill) == (0, 0)
            && record.ready_at == self.settled_at
            && self.late == NONE
    }

    /// `holder` goes on among these. That is so again at its next point, unless others wait for a change
    /// that they would see, or for something outside, which has its turn when others had theirs. (Where
    /// interventions change a set of many, what was written down is another one.)
    fn settle(&mut self, holder: u32, candidates: SlotSet) {
        let waits = |it: &TaskRecord| it.stepped_back == STEPS_BACK || waits_outside(it);
        let changed = self.config.interventions[0].kind != 0 && !self.has_few_slots();
        if self.late == NONE && !changed && !self.present_records().any(waits) {
            self.settled = holder;
            self.settled_at = self.task(holder).ready_at;
            self.settled_ready = candidates.number();
        }
    }

    /// With whom it goes on if nobody is interrupted. Mostly that is the holder; one that sleeps, or
    /// lets others go first, is like any other. A request is a call, as if who asks did itself what
    /// the server does for it: so the server goes on, and after it who asked.
    #[inline]
    fn goes_on(&self, holder: u32) -> Option<u32> {
        let record = self.task(holder);
        match record.state {
            state::RUNNING => (record.stepped_back != LETS_OTHERS_GO).then_some(holder),
            state::BLOCKED if holder != NONE => self.other_side(holder),
            _ => None,
        }
    }

    /// Who may be chosen now.
    #[must_use]
    pub fn candidates(&mut self) -> SlotSet {
        if self.outside_is_due() {
            return self.next_outside();
        }
        let ready = if self.is_small() {
            let all = 0..self.slot_count;
            let earliest = all.clone().filter_map(|task| self.ready_time(task)).min();
            let Some(earliest) = earliest else {
                return self.somebody();
            };
            let ready = |task: u32| u128::from(self.is_ready(task, earliest)) << task;
            SlotSet::of_few(all.fold(0, |bits, task| bits | ready(task)))
        } else {
            let times = self.present().filter_map(|task| self.ready_time(task));
            let Some(earliest) = times.min() else {
                return self.somebody();
            };
            self.write_ready(earliest)
        };
        if self.is_quiet_for_long() && self.present().any(|task| self.steps_back(task)) {
            return self.next_beside(ready);
        }
        if self.late != NONE && (ready == SlotSet::EMPTY || self.steps >= self.late_until) {
            // Nobody goes on before it any more.
            self.late = NONE;
            return self.candidates();
        }
        ready
    }

    /// Where nobody is ready: one of those that step back, or that wait for the outside world.
    #[cold]
    fn somebody(&self) -> SlotSet {
        let next = self.next_in_turn();
        next.unwrap_or_else(|| self.next_outside())
    }

    /// The set of those that are ready, in any run.
    fn write_ready(&mut self, earliest: u64) -> SlotSet {
        let mut words = [0; WORDS];
        for (slot, task) in (0..).zip(self.present()) {
            let is_ready = self.is_ready(task, earliest);
            words[slot / 64] |= u64::from(is_ready) << (slot % 64);
        }
        match self.has_few_slots() {
            true => SlotSet::of_few(u128::from(words[0]) | u128::from(words[1]) << 64),
            false => self.write_down(words),
        }
    }

    /// Whether a task may be chosen now, where the earliest of all is ready at this time.
    #[inline]
    fn is_ready(&self, task: u32, earliest: u64) -> bool {
        task != self.late
            && self.ready_time(task).is_some_and(|at| {
                let late = at.saturating_sub(earliest);
                // Mostly nobody is late, and the limits of others need not be looked at.
                late <= self.config.max_delay.min(self.config.limit_delay)
                    || late <= self.longest_delay(task) && at <= self.next_limit()
            })
    }

    /// How long others may be kept waiting before this task goes on, where no limit of time runs out
    /// meanwhile.
    fn longest_delay(&self, task: u32) -> u64 {
        let longest = match self.task(task).state {
            state::SLEEPING => LONGEST_DELAY_OF_SLEEP,
            state::BLOCKED => self.config.limit_delay,
            _ => LONGEST_DELAY,
        };
        self.config.max_delay.min(longest)
    }

    /// The first limit of time that runs out, where nobody may be kept waiting for long beside one.
    fn next_limit(&self) -> u64 {
        if self.config.limit_delay >= LONGEST_DELAY {
            return NEVER;
        }
        let waits = self
            .present_records()
            .filter(|it| it.state == state::BLOCKED);
        waits.map(|it| it.deadline).min().unwrap_or(NEVER)
    }

    /// From when a task may run; `None` if it cannot or steps back.
    fn ready_time(&self, id: u32) -> Option<u64> {
        let task = self.task(id);
        match task.state {
            _ if task.pending_kill != 0 && task.state != state::EXITED => Some(task.ready_at),
            state::READY | state::RUNNING => (!self.steps_back(id)).then_some(task.ready_at),
            state::SLEEPING => Some(task.ready_at),
            state::BLOCKED => (task.deadline != NEVER).then_some(task.deadline),
            _ => None,
        }
    }

    /// When a candidate would go on.
    #[inline]
    #[must_use]
    pub fn start_time(&self, task: u32) -> u64 {
        let (due, delayed_until) = (self.due(task), self.task(task).delayed_until);
        if delayed_until <= due {
            return due;
        }
        match delayed_until > self.next_limit() {
            true => delayed_until.min(due.saturating_add(self.config.limit_delay)),
            false => delayed_until,
        }
    }

    /// When a candidate would go on if the strategy kept nobody waiting.
    #[inline]
    #[must_use]
    pub fn due(&self, task: u32) -> u64 {
        let task = self.task(task);
        if task.state == state::BLOCKED && task.pending_kill == 0 && !waits_outside(task) {
            task.deadline
        } else {
            task.ready_at
        }
    }

    fn make_running(&mut self, holder: u32, chosen: u32) {
        if chosen != holder && self.task(holder).state == state::RUNNING {
            self.task_mut(holder).state = state::READY;
        }
        let start = self.start_time(chosen);
        self.clock = self.clock.max(start);
        let start = self.clock;
        if chosen != self.holder {
            self.switches += 1;
            self.runs_since = self.steps;
            self.printed_before = self.printed;
        }
        self.holder = chosen;
        self.ready_orders += 1;
        let order = self.ready_orders;
        let task = self.task_mut(chosen);
        if waits_outside(task) && task.pending_kill == 0 {
            task.timed_out = LAST_RESORT;
            task.ready_at = start;
        } else if task.state == state::BLOCKED && task.pending_kill == 0 {
            task.timed_out = 1;
            task.ready_at = task.deadline;
        }
        if task.state != state::RUNNING || task.stepped_back != 0 {
            task.ready_order = order;
        }
        task.stepped_back = 0;
        task.state = state::RUNNING;
        task.delayed_until = 0;
        task.deadline = NEVER;
        task.wait_word = 0;
        task.wait_object = NONE;
        task.wait_child = NONE;
    }

    /// A task could go on from now.
    pub fn make_ready(&mut self, task: u32) {
        self.ready_orders += 1;
        let (now, order) = (self.now(), self.ready_orders);
        let task = self.task_mut(task);
        task.state = state::READY;
        task.ready_at = task.ready_at.max(now);
        task.ready_order = order;
        task.wait_word = 0;
        task.wait_object = NONE;
        task.wait_child = NONE;
        task.deadline = NEVER;
    }

    fn out_of_steps(&mut self, holder: u32) {
        // At least one byte was printed for each step: it is the printing that does not end.
        if self.printed >= self.steps {
            return self.end(Ending::TooMuchOutput, holder);
        }
        if self.looks_on_in_vain() {
            let record = self.task_mut(holder);
            (record.memory.found, record.memory.site) = (1, record.site);
            return self.end(Ending::Livelock, holder);
        }
        let passed = Excess::steps(self.steps);
        self.give_up(holder, &passed);
    }

    /// Reads the clock. While a task does nothing but read the same time, time passes, ever faster,
    /// so that a loop which waits for a moment by reading the clock ends.
    pub fn read_clock(&mut self, task: u32) -> u64 {
        if self.task(task).clock_read == self.clock + 1 {
            let spins = self.task(task).clock_spins.min(24);
            self.task_mut(task).clock_spins = spins + 1;
            if self.task(task).clock_waited == 1 {
                self.clock += 1000 << spins;
                self.changed();
            }
            self.task_mut(task).clock_waited = 1;
            self.not_yet(task);
        } else {
            // A program may keep the time it read in no other place than its next step, so for the
            // proof of repetition a new time is a change.
            self.changed();
            self.task_mut(task).clock_spins = 0;
            self.task_mut(task).clock_waited = 0;
        }
        self.task_mut(task).clock_read = self.clock + 1;
        self.looks += 1;
        let late = self.config.clock_drift.saturating_mul(self.looks);
        self.clock.saturating_add(late)
    }

    /// Nobody can run or wake up.
    fn nobody_left(&mut self) {
        let blocked_forever = |t: &TaskRecord| t.state == state::BLOCKED && t.daemon == 0;
        if self.present_records().any(blocked_forever) {
            self.end(Ending::Deadlock, NONE);
        } else {
            self.end(Ending::Finished, NONE);
        }
    }
}

#[cfg(test)]
mod tests;
