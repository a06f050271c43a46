//! What was typed after `course check`, checked against the course.

use std::path::{Path, PathBuf};

use super::programs;
use super::target::{Target, program, target};
use super::{ReportFormat, grade, ids};
use crate::cli::check::CheckArgs;
use crate::course::select;
use crate::course::workspace::Workspace;
use crate::facts::containment::Mode;
use crate::message;
use crate::support::exit_code::UsageError;
use crate::support::terminal;

/// What `course check` needs to know.
pub struct CheckRunOptions<'w> {
    /// What to check, each once.
    pub targets: Vec<Target<'w>>,
    /// The seed of all of them.
    pub seed: u64,
    /// How to print the report.
    pub format: ReportFormat,
    /// Whether the nearest schedule that passes is shown beside one that fails.
    pub also_passing: bool,
    /// Whether to tell how long the steps took, and what contained the programs.
    pub timings: bool,
    /// Whether a report for programs tells what contained them.
    pub environment: bool,
    /// How much containment is asked for.
    pub sandbox: Mode,
    /// What was handed in and not taken, though it may have been meant.
    pub not_taken: Option<String>,
}

pub fn check<'w>(
    args: &CheckArgs,
    workspace: &'w Workspace,
) -> Result<CheckRunOptions<'w>, UsageError> {
    let mut targets = targets(args, workspace)?;
    if args.search.file.is_some() && targets.len() != 1 {
        return Err(UsageError(message::typed::one_exercise_for_file(
            targets.len(),
        )));
    }
    let submission = args.submission.as_ref();
    let taken = submission.map(|path| grade::take_from(path, &mut targets, workspace));
    let sandbox = containment(args.sandbox.mode(), &targets);
    Ok(CheckRunOptions {
        targets,
        seed: args.search.seed,
        format: args.format,
        also_passing: args.also_passing,
        timings: args.timings,
        environment: args.environment,
        sandbox,
        not_taken: taken.transpose()?.flatten(),
    })
}

/// What was named, each once.
fn targets<'w>(args: &CheckArgs, workspace: &'w Workspace) -> Result<Vec<Target<'w>>, UsageError> {
    let mut targets = Vec::new();
    if args.all {
        for choice in select::all(&ids(workspace)) {
            targets.push(target(choice, &args.search, args.jobs, workspace)?);
        }
    } else if args.what.is_empty() {
        return Err(UsageError(message::typed::nothing_to_check()));
    }
    for name in &args.what {
        for target in named(name, args, workspace)? {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    Ok(targets)
}

/// What a name means: a program of one's own, or exercises.
fn named<'w>(
    name: &String,
    args: &CheckArgs,
    workspace: &'w Workspace,
) -> Result<Vec<Target<'w>>, UsageError> {
    let ids = ids(workspace);
    let files = match select::program(&ids, &workspace.root, name) {
        Some(file) => vec![file],
        None if is_elsewhere(workspace, name) => programs(name)?,
        None => return exercises(name, args, workspace),
    };
    let (search, row) = (
        &args.search,
        [args.args.clone(), args.after.clone()].concat(),
    );
    let target = |file| program(file, row.clone(), search, args.jobs, workspace);
    files.into_iter().map(target).collect()
}

/// Whether this is a folder in which none of the course's exercises are meant.
fn is_elsewhere(workspace: &Workspace, name: &str) -> bool {
    match workspace.is_made_for_programs() {
        true => Path::new(name).is_dir(),
        false => select::is_elsewhere(&workspace.root, name),
    }
}

/// The programs in a folder that is not the course's, and in those below it.
fn programs(folder: &str) -> Result<Vec<PathBuf>, UsageError> {
    let found = programs::below(Path::new(folder))
        .map_err(|error| UsageError(message::program::not_listed(folder, &error)))?;
    if found.without_main > 0 {
        terminal::tell(&message::program::without_main(found.without_main));
    }
    if found.programs.is_empty() {
        return Err(UsageError(message::program::no_programs(folder)));
    }
    Ok(found.programs)
}

/// How much containment there is to be if nothing else was asked for: none if all are programs of
/// one's own, which may start programs and open sockets as they do when run by hand.
fn containment(asked: Mode, targets: &[Target]) -> Mode {
    let own = |target: &Target| target.options.subject.is_program();
    match asked {
        Mode::On if targets.iter().all(own) => Mode::Off,
        asked => asked,
    }
}

/// The exercises of a name, which take no options that are for programs.
fn exercises<'w>(
    name: &String,
    args: &CheckArgs,
    workspace: &'w Workspace,
) -> Result<Vec<Target<'w>>, UsageError> {
    let choices = select::select(&ids(workspace), &workspace.root, std::slice::from_ref(name))?;
    let target = |choice| target(choice, &args.search, args.jobs, workspace);
    let targets: Vec<Target> = choices.into_iter().map(target).collect::<Result<_, _>>()?;
    match targets.first() {
        Some(first) if !args.args.is_empty() || !args.after.is_empty() => {
            let message = message::program::only_for_programs("--args", &first.exercise.id);
            Err(UsageError(message))
        }
        _ => Ok(targets),
    }
}
