//! Runs schedules whose choices are given, and judges them as a check does.

use std::path::PathBuf;

use anyhow::{Context, bail};
use sched_model::Strategy;
use sched_model::run::{Deviation, Liberty, Run, deviations};

use super::judging::Judging;
use super::schedules::plan;
use super::{Built, CheckOptions, build};
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::explore::replay::Replayer;
use crate::facts::{Found, Passing, Verdict};
use crate::message;

/// Runs one row of arguments with choices of one's own.
pub struct Player<'a> {
    judging: Judging<'a>,
    replayer: Replayer<'a>,
    row: usize,
    /// What is wrong in schedule 0: only this tells whether the order is to blame.
    natural: Vec<Found>,
}

impl Player<'_> {
    /// The run in which these choices are made and liberties taken, and which is natural otherwise.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn run(&mut self, choices: &[Deviation], liberties: &[Liberty]) -> anyhow::Result<Run> {
        self.replayer.chosen(choices, liberties)
    }

    /// What is wrong in such a run, most severe first.
    pub fn judge(&self, run: &Run) -> Vec<Found> {
        in_light_of(&self.natural, self.judging.found(self.row, run))
    }
}

/// The row of arguments, and the program ready to be run.
pub fn program(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    row: &[String],
) -> anyhow::Result<(usize, PathBuf)> {
    let known = exercise.rows.iter().position(|known| known == row);
    let index = known.with_context(|| message::typed::no_such_row(&exercise.id, row))?;
    match build(workspace, exercise, &options.subject)? {
        Built::Program(program) => Ok((index, program)),
        Built::Failed(finding, details) => {
            bail!(message::program::cannot_be_run(&finding, &details))
        }
    }
}

/// Builds the program and lets `game` run it.
///
/// # Errors
///
/// When it cannot be built or run, and those of `game`.
pub fn play<T>(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    row: &[String],
    game: impl FnOnce(&mut Player) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let (row, program) = program(workspace, exercise, options, row)?;
    let plan = plan(exercise, options, &program);
    let judging = Judging::new(workspace, exercise, options, &program)?;
    let mut replayer = Replayer::new(&plan, row)?;
    let natural = judging.found(row, &replayer.schedule(0)?);
    game(&mut Player {
        judging,
        replayer,
        row,
        natural,
    })
}

/// A run with these choices and liberties, with what is wrong in it; and whether all of them could be
/// made.
///
/// # Errors
///
/// As [`play`].
pub fn replay(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    row: &[String],
    (choices, liberties): (&[Deviation], &[Liberty]),
) -> anyhow::Result<(Replayed, bool)> {
    play(workspace, exercise, options, row, |player| {
        let run = player.run(choices, liberties)?;
        let made = deviations(&run.choices);
        let all_made = choices.iter().all(|choice| made.contains(choice))
            && liberties.iter().all(|it| run.liberties.contains(it));
        let replayed = Replayed {
            found: player.judge(&run),
            strategy: run.strategy,
            switches: None,
            run,
            decides: None,
            passing: None,
        };
        Ok((replayed, all_made))
    })
}

/// A schedule that was run again.
pub struct Replayed {
    /// The run: the smallest one that fails as the schedule does, or the schedule itself.
    pub run: Run,
    /// What is wrong in it, most severe first.
    pub found: Vec<Found>,
    /// How the schedule itself was made.
    pub strategy: Strategy,
    /// If this is the smallest run: how many context switches it has, and how many the schedule
    /// had.
    pub switches: Option<(usize, usize)>,
    /// Two steps whose order decides, where there are some.
    pub decides: Option<[usize; 2]>,
    /// The nearest run that passes.
    pub passing: Option<Passing>,
}

/// What is wrong in a run, most severe first, where this is wrong in the natural one of its row.
pub fn in_light_of(natural: &[Found], mut found: Vec<Found>) -> Vec<Found> {
    let is = |found: &Found, verdict| found.finding.verdict == verdict;
    if natural.iter().any(|it| is(it, Verdict::WrongOutput)) {
        let in_order = found.iter_mut().filter(|it| is(it, Verdict::WrongOrder));
        in_order.for_each(|it| it.finding.verdict = Verdict::WrongOutput);
    }
    found.sort_by_key(|found| found.finding.verdict);
    found
}
