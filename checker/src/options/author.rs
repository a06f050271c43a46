//! What was typed after the commands of those who write exercises, checked against the course.

use super::target::{Target, target};
use super::{Format, allowed_cores, choose, ids};
use crate::cli::author::{AuthorCheckArgs, BlessArgs};
use crate::cli::check::SearchArgs;
use crate::course::Exercise;
use crate::course::select::{self, Choice};
use crate::course::workspace::Workspace;
use crate::support::exit_code::UsageError;

/// What `course author check` needs to know.
pub struct AuthorCheckOptions<'w> {
    /// The exercises, each once.
    pub exercises: Vec<&'w Exercise>,
    /// Schedules that each answer is run under.
    pub schedules: u32,
    /// Seeds that are to find each wrong answer.
    pub seeds: u64,
    /// Cores to use.
    pub jobs: usize,
    /// Whether to write the list of demands anew.
    pub update: bool,
    /// How to print the report.
    pub format: Format,
}

/// What `course author bless` needs to know.
pub struct BlessOptions<'w> {
    /// The exercises, with their solutions as the subject.
    pub targets: Vec<Target<'w>>,
}

pub fn check<'w>(
    args: &AuthorCheckArgs,
    workspace: &'w Workspace,
) -> Result<AuthorCheckOptions<'w>, UsageError> {
    let (schedules, seeds) = if args.quick { (200, 5) } else { (1000, 20) };
    let mut exercises = Vec::new();
    for choice in choose_or_all(&args.what, workspace)? {
        let exercise = &workspace.course.exercises[choice.index];
        // Named by its file and by its solution's, it is still one.
        if !exercises.contains(&exercise) {
            exercises.push(exercise);
        }
    }
    Ok(AuthorCheckOptions {
        exercises,
        schedules: args.schedules.unwrap_or(schedules),
        seeds: args.seeds.unwrap_or(seeds),
        jobs: args.jobs.map_or_else(allowed_cores, usize::from),
        update: args.update,
        format: args.format,
    })
}

pub fn bless<'w>(
    args: &BlessArgs,
    workspace: &'w Workspace,
) -> Result<BlessOptions<'w>, UsageError> {
    let choices = choose_or_all(&args.what, workspace)?;
    let search = SearchArgs {
        schedules: Some(args.schedules),
        seed: args.seed,
        exhaustive: false,
        preemptions: None,
        solutions: true,
        file: None,
        max_delay: None,
        expect: None,
    };
    let targets = choices
        .into_iter()
        .map(|choice| target(choice, &search, args.jobs, workspace))
        .collect::<Result<_, _>>()?;
    Ok(BlessOptions { targets })
}

/// What was named, or everything where nothing was.
fn choose_or_all(what: &[String], workspace: &Workspace) -> Result<Vec<Choice>, UsageError> {
    if what.is_empty() {
        return Ok(select::all(&ids(workspace)));
    }
    choose(what, workspace)
}
