//! The queue from which workers take schedules to run; it knows where the check is cut short.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use sched_model::FIRST_SCHEDULES;
use sched_model::limits::LEAST_SCHEDULES;
use sched_model::run::Run;

use super::cores::lock;
use super::guide::Guide;
use crate::facts::Long;
use crate::facts::limits::STOPS;

/// Schedules given out at once: few enough to share a row evenly. Where runs are long it is one, so that
/// nobody waits for who has several left.
const CHUNK: u32 = 8;

/// A schedule of a row. Rows come one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The row.
    pub row: usize,
    /// The schedule's number in it.
    pub number: u32,
}

/// Work for one worker.
pub struct Task {
    /// The row.
    pub row: usize,
    /// Its schedules to run.
    pub numbers: Range<u32>,
    /// What is known of the row.
    pub guide: Guide,
    /// Whether these are the schedules that the others wait for.
    pub first: bool,
}

/// What a schedule took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Took {
    work: u64,
    cost: u64,
    points: u32,
    /// Whether something is wrong in it.
    fails: bool,
}

impl Took {
    /// What a run did.
    pub fn by(run: &Run) -> Self {
        Self {
            work: run.work(),
            cost: run.cost(),
            points: run.steps,
            fails: false,
        }
    }

    /// The same, of one in which something is wrong.
    pub fn failing(self, fails: bool) -> Self {
        Self { fails, ..self }
    }
}

struct Row {
    quota: u32,
    /// Schedules that were asked for and are left out, because runs are long.
    left_out: u32,
    /// What each schedule took that is done, by its number.
    took: BTreeMap<u32, Took>,
    /// The sum of their costs.
    cost: u64,
    /// What they may cost together, beyond the least number of schedules. Where one fails, half of it is
    /// enough, however few they are.
    share: u64,
    /// The number of the last that they may.
    last: Option<u32>,
    /// The next schedule to give out.
    next: u32,
    /// Known when the first schedules are done.
    guide: Option<Guide>,
}

impl Row {
    /// Adds what a schedule took. As with the work of all, the last one only moves forward.
    fn add(&mut self, number: u32, took: Took) {
        self.took.insert(number, took);
        self.cost = self.cost.saturating_add(took.cost);
        if self.cost < self.share / 2 {
            return;
        }
        let (mut sum, mut failed) = (0_u64, false);
        let spent = self.took.iter().find(|(number, took)| {
            sum = sum.saturating_add(took.cost);
            failed |= took.fails;
            let enough = failed && sum >= self.share / 2;
            enough || **number + 1 >= LEAST_SCHEDULES && sum >= self.share
        });
        self.last = spent.map(|(number, _)| *number);
    }

    /// Whether schedules are left out, because runs are long.
    fn is_cut(&self) -> bool {
        self.left_out > 0 || self.last.is_some_and(|last| last + 1 < self.quota)
    }

    /// How long its runs are.
    fn long(&self) -> Option<Long> {
        let kept = self.took.range(..=self.last.unwrap_or(u32::MAX));
        // The first of the longest.
        let (schedule, took) = kept.rev().max_by_key(|(_, took)| took.points)?;
        let guide = self.guide.as_ref()?;
        Some(Long {
            undisturbed: guide.length,
            seldom: guide.is_long(),
            computed: guide.computes(),
            most: took.points,
            schedule: *schedule,
        })
    }
}

struct State {
    rows: Vec<Row>,
    done: u32,
    /// Where costly schedules were, in order.
    stops: Vec<Place>,
    /// The work of each schedule that is done.
    work: Vec<(Place, u64)>,
    /// The sum of it.
    all_work: u64,
    /// The work that the schedules may take together.
    most_work: u64,
    /// The first place, in order, up to which they took all of it.
    spent: Option<Place>,
    closed: bool,
}

impl State {
    /// The last place that still counts.
    fn cut(&self) -> Option<Place> {
        let stop = self.stops.get(STOPS - 1).copied();
        stop.into_iter().chain(self.spent).min()
    }

    /// Adds the work of a schedule. What is not done yet counts for nothing, so the place that is
    /// found only moves forward in the list, and ends where it would be without other workers.
    fn add_work(&mut self, place: Place, work: u64) {
        self.work.push((place, work));
        self.all_work = self.all_work.saturating_add(work);
        if self.all_work < self.most_work {
            return;
        }
        self.work.sort_unstable();
        let mut sum = 0_u64;
        let spent = self.work.iter().find(|(_, work)| {
            sum = sum.saturating_add(*work);
            sum >= self.most_work
        });
        self.spent = spent.map(|(place, _)| *place);
    }

    fn is_cut(&self, place: Place) -> bool {
        let row = self.rows.get(place.row).and_then(|row| row.last);
        row.is_some_and(|last| place.number > last) || self.cut().is_some_and(|cut| place > cut)
    }

    fn take(&mut self, row: usize) -> Option<Task> {
        let begin = Place {
            row,
            number: self.rows.get(row)?.next,
        };
        let is_cut = self.is_cut(begin);
        let at = &mut self.rows[row];
        if is_cut {
            // Nobody will ever do the rest, nor wait for it.
            at.next = at.quota;
        }
        let first = at.next == 0;
        let guide = if first {
            Guide::default()
        } else {
            at.guide.clone()?
        };
        let size = match first {
            true => FIRST_SCHEDULES,
            false if guide.is_long() => 1,
            false => CHUNK,
        };
        let numbers = at.next..at.quota.min(at.next + size);
        at.next = numbers.end;
        (!numbers.is_empty()).then_some(Task {
            row,
            numbers,
            guide,
            first,
        })
    }

    /// Whether some row's first schedules are being run, so that more work may come.
    fn awaits_guide(&self) -> bool {
        self.rows
            .iter()
            .any(|row| row.guide.is_none() && row.next > 0 && row.next < row.quota)
    }
}

/// The work of an exploration.
pub struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

impl Queue {
    /// All schedules of rows with these numbers of them, each with what they may cost, as far as all
    /// take less work than this.
    pub fn new(rows: &[(u32, u64)], most_work: u64) -> Self {
        let rows = rows
            .iter()
            .map(|&(quota, share)| Row {
                quota,
                left_out: 0,
                took: BTreeMap::new(),
                cost: 0,
                share,
                last: None,
                next: 0,
                guide: None,
            })
            .collect();
        let state = State {
            rows,
            done: 0,
            stops: Vec::new(),
            work: Vec::new(),
            all_work: 0,
            most_work,
            spent: None,
            closed: false,
        };
        Self {
            state: Mutex::new(state),
            changed: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Schedules in all.
    pub fn total(&self) -> u32 {
        self.state().rows.iter().map(|row| row.quota).sum()
    }

    /// The longest run of those rows that have fewer than asked for.
    pub fn longest(&self) -> Option<Long> {
        let state = self.state();
        let long = state.rows.iter().filter(|row| row.is_cut());
        long.filter_map(Row::long).max_by_key(|long| long.most)
    }

    /// The next piece of work, from the row `current` if possible, since a worker's server belongs
    /// to one row. `None` when nothing is left.
    pub fn next(&self, current: Option<usize>) -> Option<Task> {
        let mut state = self.state();
        loop {
            if state.closed || crate::support::interrupt::requested() {
                return None;
            }
            let rows = 0..state.rows.len();
            let order = current
                .into_iter()
                .chain(rows.filter(|&row| Some(row) != current));
            let fresh = |state: &State, row: usize| state.rows[row].next == 0;
            let order: Vec<usize> = order.collect();
            let untouched = order.iter().copied().filter(|&row| fresh(&state, row));
            let candidates: Vec<usize> = current
                .into_iter()
                .chain(untouched)
                .chain(order.iter().copied())
                .collect();
            if let Some(task) = candidates.into_iter().find_map(|row| state.take(row)) {
                return Some(task);
            }
            if !state.awaits_guide() {
                return None;
            }
            let patience = std::time::Duration::from_millis(100);
            let woken = self.changed.wait_timeout(state, patience);
            state = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The first schedules of a row are done, those before `next`. They tell how many it is to have, of
    /// so many that are asked for.
    pub fn guided(
        &self,
        row: usize,
        (guide, next): (Guide, u32),
        affordable: &dyn Fn(u32, &Guide) -> u32,
    ) {
        if let Some(row) = self.state().rows.get_mut(row) {
            row.next = row.next.min(next);
            let quota = affordable(row.quota, &guide).max(row.next).min(row.quota);
            row.left_out = row.quota - quota;
            row.quota = quota;
            row.guide = Some(guide);
        }
        self.changed.notify_all();
    }

    /// A schedule is done, which took so much. Returns how many are.
    pub fn done(&self, place: Place, stop: bool, took: Took) -> u32 {
        let mut state = self.state();
        state.done += 1;
        state.add_work(place, took.work);
        if let Some(row) = state.rows.get_mut(place.row) {
            row.add(place.number, took);
        }
        if stop {
            let at = state.stops.partition_point(|&other| other < place);
            state.stops.insert(at, place);
        }
        state.done
    }

    /// Whether a place lies after the cut, as far as known: cuts only move forward in the list.
    pub fn is_cut(&self, place: Place) -> bool {
        self.state().is_cut(place)
    }

    /// The last place that counts, if it is the work that ends there and schedules are missing.
    pub fn exhausted(&self) -> Option<Place> {
        let state = self.state();
        let last = state.spent.filter(|_| state.cut() == state.spent)?;
        let is_last =
            last.row + 1 == state.rows.len() && last.number + 1 == state.rows[last.row].quota;
        (!is_last).then_some(last)
    }

    /// No more work, for anyone.
    pub fn close(&self) {
        self.state().closed = true;
        self.changed.notify_all();
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
