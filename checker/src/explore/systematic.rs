//! Runs all schedules of each row up to a bound on preemptions, as far as the budget goes.
//!
//! The first schedules of a row are those of every check; the others come one after the other,
//! because each run tells what to try next. Rows are explored side by side.

use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use sched_host::Schedule;
use sched_host::systematic::Systematic;
use sched_model::limits::MAX_STEPS;
use sched_model::run::{Choice, Run};
use sched_model::{FIRST_SCHEDULES, Strategy};

use super::guide::Guide;
use super::worker::Worker;
use super::{Explored, Judge, Plan, cores};
use crate::facts::limits::STOPS;
pub use sched_host::systematic::Prints;

/// How far a systematic exploration goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Preemptions of a schedule at most.
    pub preemptions: u32,
    /// Whether the order of lines of different tasks counts.
    pub prints: Prints,
    /// Whether to stop as soon as the budget is expected not to be enough.
    pub all_or_few: bool,
}

/// The runs of one row, one after the other.
struct Row<'a> {
    plan: &'a Plan<'a>,
    row: usize,
    systematic: Systematic,
    /// The bound, if only a complete exploration is of use.
    all_or_few: Option<u32>,
    /// Whether a run was too long to be one of few.
    too_long: bool,
    /// The work that is left for it.
    work_left: u64,
    next: u32,
}

/// From this number of steps of a run on, there is no hope that the runs with few preemptions are
/// few. The time to learn from a run grows with the square of its steps.
const MANY_STEPS: u32 = 4_000;

impl<'a> Row<'a> {
    fn new(plan: &'a Plan<'a>, bounds: Bounds, row: usize, work: u64) -> Self {
        // If delays are bounded, any step can change who may go on.
        let reduce = plan.max_delay.is_none();
        let systematic = Systematic::new(bounds.preemptions, bounds.prints, reduce);
        Row {
            plan,
            row,
            systematic,
            all_or_few: bounds.all_or_few.then_some(bounds.preemptions),
            too_long: false,
            work_left: work,
            next: 0,
        }
    }

    /// The next run; `None` when there is no other, or when cancelled.
    fn run(
        &mut self,
        worker: &mut Worker,
        cancelled: &dyn Fn() -> bool,
    ) -> anyhow::Result<Option<Run>> {
        let number = self.next;
        if number < FIRST_SCHEDULES {
            self.next += 1;
            let schedule = self.plan.schedule(self.row, number, &Guide::default());
            let run = worker.run(self.row, &schedule, cancelled)?;
            let steps = run.as_ref().map_or(0, |run| run.steps);
            self.too_long = self.all_or_few.is_some() && steps > MANY_STEPS;
            return Ok(run);
        }
        let Some(begins) = self.systematic.begins() else {
            return Ok(None);
        };
        self.next += 1;
        let run = worker.run(self.row, &self.schedule(number, begins), cancelled)?;
        let Some(run) = run else { return Ok(None) };
        if self.all_or_few.is_some() && run.steps > MANY_STEPS {
            self.too_long = true;
            return Ok(Some(run));
        }
        if !self.systematic.learn(&run) {
            let reason = crate::message::not_repeatable();
            return Ok(Some(Run::inconclusive(
                number,
                Strategy::Systematic,
                reason,
            )));
        }
        Ok(Some(run))
    }

    /// Whether to stop: the budget is exceeded, or is expected to be, and the plan asks to stop
    /// then.
    fn is_out_of_reach(&self, quota: u32) -> bool {
        let Some(preemptions) = self.all_or_few else {
            return false;
        };
        let pending = u32::try_from(self.systematic.pending()).unwrap_or(u32::MAX);
        // The first run of the search finds the places for a first preemption, and after each there
        // are about as many places for the next. Estimating this early saves runs that would lead
        // to nothing, which are most of the cost if the space is too large.
        let is_first = self.next == FIRST_SCHEDULES + 1;
        self.too_long
            || self.work_left == 0
            || self.next.saturating_add(pending) > quota
            || is_first && pending.saturating_pow(preemptions) > quota
    }

    fn schedule(&self, number: u32, replay: Vec<Choice>) -> Schedule {
        Schedule {
            seed: self.plan.seed,
            number,
            strategy: Strategy::Systematic,
            max_delay: self.plan.max_delay,
            limit_delay: self.plan.limit_delay,
            clock_drift: Duration::ZERO,
            patience: 0,
            length: 0,
            most_steps: MAX_STEPS,
            edges: Vec::new(),
            replay,
            deviations: Vec::new(),
            interventions: Vec::new(),
            takes_liberties: false,
            liberties: Vec::new(),
        }
    }
}

/// Explores all rows; see [`super::explore`].
pub fn explore<T: Send>(
    plan: &Plan,
    bounds: Bounds,
    judge: Judge<T>,
    progress: &(dyn Fn(u32, u32) + Sync),
) -> anyhow::Result<Explored<T>> {
    let (quotas, done) = (plan.quotas(), AtomicU32::new(0));
    let total = quotas.iter().sum();
    let given_up = AtomicUsize::new(usize::MAX);
    // Each row's share of the work is the same, since they are explored side by side.
    let work = plan
        .work_left()
        .map_or(u64::MAX, |left| left / quotas.len() as u64);
    let told = || progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
    let worker = |core| Worker::new(plan, core);
    let explored = cores::map(plan.jobs, quotas.len(), worker, |worker, number| {
        let row = Row::new(plan, bounds, number, work);
        explore_row(worker, row, quotas[number], judge, &told, &given_up).map(Some)
    })?;
    // How far the rows after it came depends on the number of cores, so they do not count. The rows
    // before it are complete.
    let counted = given_up.load(Ordering::Relaxed).saturating_add(1);
    let explored = explored.into_iter().take(counted);
    let (rows, complete): (Vec<_>, Vec<_>) = explored.unzip();
    Ok(Explored {
        rows,
        complete: complete.into_iter().all(|complete| complete),
        exhausted: false,
        long: None,
    })
}

/// The judged runs of a row, and whether they are all there are.
fn explore_row<T>(
    worker: &mut Worker,
    mut row: Row,
    quota: u32,
    judge: Judge<T>,
    told: &dyn Fn(),
    given_up: &AtomicUsize,
) -> anyhow::Result<(Vec<T>, bool)> {
    let mut values = Vec::new();
    let mut stops = 0;
    let cancelled = || crate::support::interrupt::requested();
    while row.next < quota.max(FIRST_SCHEDULES) && stops < STOPS && row.work_left > 0 {
        let Some(run) = row.run(worker, &cancelled)? else {
            return Ok((values, !cancelled()));
        };
        row.work_left = row.work_left.saturating_sub(run.work());
        let judged = judge(row.row, run);
        stops += usize::from(judged.stop);
        values.push(judged.value);
        told();
        if row.is_out_of_reach(quota) {
            given_up.fetch_min(row.row, Ordering::Relaxed);
        }
        // One unfinished row is enough: the others are not needed any more.
        if given_up.load(Ordering::Relaxed) <= row.row {
            return Ok((values, false));
        }
    }
    let more = row.systematic.begins().is_some();
    Ok((values, !more && stops < STOPS))
}

/// The run of this number once more: those before it lead to it.
pub fn replay(
    plan: &Plan,
    bounds: Bounds,
    worker: &mut Worker,
    row: usize,
    number: u32,
) -> anyhow::Result<Option<Run>> {
    let mut row = Row::new(plan, bounds, row, u64::MAX);
    if number < FIRST_SCHEDULES {
        row.next = number;
    } else {
        row.next = FIRST_SCHEDULES;
    }
    loop {
        let at = row.next;
        let run = row.run(worker, &crate::support::interrupt::requested)?;
        if at == number || run.is_none() {
            return Ok(run);
        }
    }
}
