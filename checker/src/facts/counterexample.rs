//! A failing run, made small, with what it shows.

use sched_model::Intervention;
use sched_model::run::Run;

use crate::facts::table::Table;
use crate::facts::why::Why;
use crate::facts::{About, Found};

/// A run that fails, with what is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Failing {
    /// The run.
    pub run: Run,
    /// What is wrong.
    pub found: Found,
}

/// The mistake behind a failure, as the trace proves it.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Which one, and the events that prove it.
    pub why: Why,
    /// What of the run shows it.
    pub about: About,
    /// The experiment that proved it; `None` where the trace alone does.
    pub proof: Option<Proof>,
}

/// An experiment: one thing was done otherwise, and the failure was gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
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
