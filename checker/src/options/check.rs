//! What was typed after `course check`, checked against the course.

use super::target::{Target, program, target};
use super::{ReportFormat, grade, ids};
use crate::cli::check::CheckArgs;
use crate::course::select;
use crate::course::workspace::Workspace;
use crate::facts::containment::Mode;
use crate::message;
use crate::support::exit_code::UsageError;

/// What `course check` needs to know.
pub struct CheckRunOptions<'w> {
    /// What to check, each once.
    pub targets: Vec<Target<'w>>,
    /// The seed of all of them.
    pub seed: u64,
    /// How to print the report.
    pub format: ReportFormat,
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
    let Some(file) = select::program(&ids(workspace), &workspace.root, name) else {
        return exercises(name, args, workspace);
    };
    let (search, row) = (&args.search, args.args.clone());
    Ok(vec![program(file, row, search, args.jobs, workspace)?])
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
        Some(first) if !args.args.is_empty() => {
            let message = message::program::only_for_programs("--args", &first.exercise.id);
            Err(UsageError(message))
        }
        _ => Ok(targets),
    }
}
