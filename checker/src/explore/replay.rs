//! Runs schedules of one row again: by their number, by their recorded choices, or as the natural
//! schedule with a few other choices.

use std::time::Duration;

use anyhow::{Context, bail};
use sched_host::Schedule;
use sched_model::liberty::{self, Liberty};
use sched_model::run::{Deviation, Run};
use sched_model::{FIRST_SCHEDULES, Intervention, Strategy};

use super::guide::{self, Guide};
use super::worker::Worker;
use super::{Plan, cores, systematic};
use crate::message;

/// The number of a schedule with given choices. It may be any number except 0, which is reserved
/// for the natural schedule.
const CHOSEN: u32 = 1;

/// Runs schedules of a row, one at a time.
pub struct Replayer<'a> {
    plan: &'a Plan<'a>,
    row: usize,
    worker: Worker<'a>,
    /// What the first schedules showed, once they were run.
    guide: Option<Guide>,
    /// The natural schedule, where it is long and was run.
    natural: Option<Run>,
}

impl<'a> Replayer<'a> {
    /// For a row of a plan.
    ///
    /// # Errors
    ///
    /// When there is no such row.
    pub fn new(plan: &'a Plan<'a>, row: usize) -> anyhow::Result<Self> {
        if row >= plan.rows.len() {
            bail!(message::typed::no_row(row));
        }
        let worker = Worker::new(plan, cores::first());
        Ok(Self {
            plan,
            row,
            worker,
            guide: None,
            natural: None,
        })
    }

    /// The schedule of this number.
    ///
    /// # Errors
    ///
    /// As [`super::explore`]; also when interrupted.
    pub fn schedule(&mut self, number: u32) -> anyhow::Result<Run> {
        if let (Some(bounds), None) = (self.plan.systematic, liberty::parts(number)) {
            let worker = &mut self.worker;
            let run = systematic::replay(self.plan, bounds, worker, self.row, number)?;
            return run.context(message::typed::no_such_schedule());
        }
        self.changed(number, &[])
    }

    /// What guides the later schedules.
    fn guide(&mut self) -> anyhow::Result<Guide> {
        if let Some(guide) = &self.guide {
            return Ok(guide.clone());
        }
        let mut guide = Guide::default();
        for first in 0..FIRST_SCHEDULES {
            // The natural one tells all that long ones need.
            if self.plan.long && guide.is_long() {
                break;
            }
            let schedule = self.plan.schedule(self.row, first, &guide);
            let run = self.run(&schedule)?;
            guide.learn(&run);
            if first == 0 && guide.is_long() {
                self.natural = Some(run);
            }
        }
        self.guide = Some(guide.clone());
        Ok(guide)
    }

    /// The schedule of this number, with what these interventions change, whatever else is explored.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn changed(&mut self, number: u32, how: &[Intervention]) -> anyhow::Result<Run> {
        if let (0, [], Some(run)) = (number, how, &self.natural) {
            return Ok(run.clone());
        }
        let guide = match number {
            0 => Guide::default(),
            _ if number < FIRST_SCHEDULES && !self.plan.long => Guide::default(),
            _ => self.guide()?,
        };
        let schedule = self.plan.schedule(self.row, number, &guide);
        let run = self.run(&with(schedule, how))?;
        if (number, how) == (0, &[]) && guide::is_long(&run) {
            self.natural = Some(run.clone());
        }
        Ok(run)
    }

    /// The natural schedule with these deviations, as [`Replayer::deviating`], with what these
    /// interventions change.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn deviating_changed(
        &mut self,
        of: &Run,
        deviations: &[Deviation],
        how: &[Intervention],
    ) -> anyhow::Result<Run> {
        let mut schedule = self.like(of);
        schedule.strategy = Strategy::Deviations;
        schedule.deviations = deviations.to_vec();
        self.run(&with(schedule, how))
    }

    /// The choices that were recorded in a run.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn recorded(&mut self, run: &Run) -> anyhow::Result<Run> {
        let mut schedule = self.like(run);
        schedule.strategy = Strategy::Replay;
        schedule.replay.clone_from(&run.choices);
        self.run(&schedule)
    }

    /// The natural schedule with these deviations, within the delays that this run may have.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn deviating(&mut self, of: &Run, deviations: &[Deviation]) -> anyhow::Result<Run> {
        self.deviating_changed(of, deviations, &[])
    }

    /// A schedule with the number, the delays, the patience and the liberties of this run.
    fn like(&self, run: &Run) -> Schedule {
        let schedule = self
            .plan
            .schedule(self.row, run.schedule, &Guide::default());
        let undelayed = run.timing.then_some(Duration::ZERO);
        let max_delay = undelayed.or(self.plan.max_delay);
        Schedule {
            max_delay,
            patience: super::patience(run.strategy, max_delay),
            length: run.steps,
            takes_liberties: false,
            liberties: run.liberties.clone(),
            ..schedule
        }
    }

    /// The natural schedule with these deviations and liberties, within the delays that the plan
    /// allows. It never counts as schedule 0, even without deviations.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn chosen(
        &mut self,
        deviations: &[Deviation],
        liberties: &[Liberty],
    ) -> anyhow::Result<Run> {
        let mut schedule = self.plan.schedule(self.row, CHOSEN, &Guide::default());
        schedule.strategy = Strategy::Deviations;
        schedule.max_delay = self.plan.max_delay;
        schedule.patience = 0;
        schedule.deviations = deviations.to_vec();
        schedule.liberties = liberties.to_vec();
        self.run(&schedule)
    }

    /// The natural schedule with a clock that is later by this much at each look.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn with_clock(&mut self, drift: Duration) -> anyhow::Result<Run> {
        let schedule = self.plan.schedule(self.row, 0, &Guide::default());
        self.run(&Schedule {
            clock_drift: drift,
            ..schedule
        })
    }

    fn run(&mut self, schedule: &Schedule) -> anyhow::Result<Run> {
        let cancelled = crate::support::interrupt::requested;
        let run = self.worker.run(self.row, schedule, &cancelled)?;
        run.context("interrupted")
    }
}

/// The natural schedule of the first row, each time by a program that was started for it.
///
/// # Errors
///
/// As [`super::explore`]; also when interrupted.
pub fn natural_twice(plan: &Plan) -> anyhow::Result<[Run; 2]> {
    let natural = plan.schedule(0, 0, &Guide::default());
    let cancelled = crate::support::interrupt::requested;
    let run = |core: &mut _, _| Worker::new(plan, *core).run(0, &natural, &cancelled);
    let runs = cores::map(plan.jobs, 2, |core| core, run)?;
    <[Run; 2]>::try_from(runs).ok().context("interrupted")
}

/// A schedule with interventions.
fn with(schedule: Schedule, how: &[Intervention]) -> Schedule {
    let on_time = how.iter().any(|it| matches!(it, Intervention::OnTime(_)));
    let undelayed = on_time.then_some(Duration::ZERO);
    Schedule {
        max_delay: undelayed.or(schedule.max_delay),
        interventions: how.to_vec(),
        ..schedule
    }
}

/// Runs one schedule of a row again, exactly.
///
/// # Errors
///
/// As [`Replayer::schedule`].
pub fn replay(plan: &Plan, row: usize, schedule: u32) -> anyhow::Result<Run> {
    Replayer::new(plan, row)?.schedule(schedule)
}
