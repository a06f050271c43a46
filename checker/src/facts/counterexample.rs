//! A failing run, made small, with what it shows.

use sched_model::Intervention;
use sched_model::run::Run;

use crate::facts::standstill::Standstill;
use crate::facts::table::Table;
use crate::facts::why::Why;
use crate::facts::{About, Cause, Found, Verdict};

/// A run that fails, with what is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Failing {
    /// The run.
    pub run: Run,
    /// What is wrong.
    pub found: Found,
}

/// What may be the mistake behind a failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// Which one, and the events that show it.
    pub why: Why,
    /// What of the run shows it.
    pub about: About,
}

/// The mistake behind a failure.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Which one, and the events that show it.
    pub why: Why,
    /// What of the run shows it.
    pub about: About,
    /// What proves it.
    pub proof: Proof,
}

/// What proves a cause.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    /// One thing was done otherwise, and the failure was gone.
    Experiment(Experiment),
    /// The state in which the run ended. A fresh run ended in the same.
    Standstill(Standstill),
}

/// Schedules in which one thing was done otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experiment {
    /// What was done otherwise.
    pub interventions: Vec<Intervention>,
    /// Schedules that were run so. None failed in the same way.
    pub schedules: u32,
    /// Of these, how many failed in another way.
    pub otherwise: u32,
}

/// A run that passes although only two steps are the other way round.
#[derive(Clone, Debug, PartialEq)]
pub struct Passing {
    /// The run.
    pub run: Run,
    /// Its steps that matter.
    pub table: Table,
}

/// A failing run that was made as small as possible.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The run, and what is wrong in it; what that is about holds the cause's part, too.
    pub failing: Failing,
    /// The mistake behind it, where the run proves it.
    pub explanation: Option<Explanation>,
    /// The steps that matter, where more than one task took part.
    pub table: Option<Table>,
    /// The nearest run that passes, where the order of two steps decides.
    pub passing: Option<Passing>,
    /// How many context switches it has.
    pub switches: usize,
    /// How many the schedule had that was found first.
    pub switches_before: usize,
}

/// What a claimed cause rests on.
#[derive(Clone, Copy, Debug)]
pub enum Evidence<'a> {
    /// A proof of the explanation.
    Proof(&'a Proof),
    /// What is left at the end of a run is the mistake itself.
    Left,
}

impl Counterexample {
    /// The mistake that is claimed, and what that rests on. Nothing else is ever claimed.
    pub fn claim(&self) -> Option<(Cause, Evidence<'_>)> {
        let found = &self.failing.found;
        match &self.explanation {
            Some(it) => Some((it.why.cause(), Evidence::Proof(&it.proof))),
            None if found.finding.verdict == Verdict::Leak => Some((found.cause?, Evidence::Left)),
            None => None,
        }
    }
}
