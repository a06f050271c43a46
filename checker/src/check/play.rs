//! Schedules that are not drawn but chosen: run with these choices, judged as a check judges.

use std::path::PathBuf;

use anyhow::{Context, bail};
use sched_model::run::{Deviation, Run, deviations};

use super::{
    Allowed, Built, CheckOptions, Replayed, allowed_in, build, in_light_of, plan, transcripts,
};
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::explore::replay::Replayer;
use crate::facts::Found;
use crate::judge;
use crate::message;

/// Runs one row of arguments with choices of one's own.
pub struct Player<'a> {
    exercise: &'a Exercise,
    replayer: Replayer<'a>,
    row: usize,
    allowed: Allowed,
    /// What is wrong in schedule 0: only that tells whether the order is to blame.
    natural: Vec<Found>,
}

impl Player<'_> {
    /// The run in which these choices are made, and otherwise nobody is disturbed.
    ///
    /// # Errors
    ///
    /// As [`Replayer::schedule`].
    pub fn run(&mut self, choices: &[Deviation]) -> anyhow::Result<Run> {
        self.replayer.chosen(choices)
    }

    /// What is wrong in such a run, most severe first.
    pub fn judge(&self, run: &Run) -> Vec<Found> {
        let allowed = allowed_in(&self.allowed, self.row);
        in_light_of(
            &self.natural,
            judge::digest(self.exercise, allowed, run).found,
        )
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
    let allowed = transcripts(workspace, exercise, options, &program)?;
    let mut replayer = Replayer::new(&plan, row)?;
    let natural = replayer.schedule(0)?;
    let natural = judge::digest(exercise, allowed_in(&allowed, row), &natural).found;
    game(&mut Player {
        exercise,
        replayer,
        row,
        allowed,
        natural,
    })
}

/// A run with these choices, with what is wrong in it; and whether all of them could be made.
///
/// # Errors
///
/// As [`play`].
pub fn replay(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &CheckOptions,
    row: &[String],
    choices: &[Deviation],
) -> anyhow::Result<(Replayed, bool)> {
    play(workspace, exercise, options, row, |player| {
        let run = player.run(choices)?;
        let made = deviations(&run.choices);
        let all_made = choices.iter().all(|choice| made.contains(choice));
        let replayed = Replayed {
            found: player.judge(&run),
            strategy: run.strategy,
            switches: None,
            run,
        };
        Ok((replayed, all_made))
    })
}
