//! What was typed, turned once into checked options; nothing after this sees clap.

mod author;
mod grade;
pub mod init;
mod learner;
pub mod partition;
mod replay;
pub mod saved;

use std::borrow::Cow;
use std::path::PathBuf;
use std::time::Duration;

use crate::check::{CheckOptions, DEFAULT_PREEMPTIONS, DEFAULT_SCHEDULES, Kind, Subject};
use crate::cli;
use crate::course::Exercise;
use crate::course::select::{self, Choice};
use crate::course::workspace::Workspace;
use crate::facts::containment::Mode;
use crate::message;
use crate::options::init::InitOptions;
use crate::report::again::Again;
use crate::support::exit_code::UsageError;

pub use crate::cli::{Format, ReportFormat};
pub use author::{AuthorCheckOptions, BlessOptions};
pub use grade::{GradeOptions, MergeOptions, PackageOptions};
pub use learner::{HintOptions, ReadOptions, ResetOptions, SolutionOptions, WatchOptions};
pub use replay::ReplayOptions;

/// Where all schedules with few preemptions are run, so many are the limit: some seconds' worth.
const MOST_SCHEDULES: u32 = 20_000;
/// What to do, checked against the course.
pub enum Options<'w> {
    /// `course init`.
    Init(InitOptions),
    /// `course completions`.
    Completions(&'w cli::learner::CompletionsArgs),
    /// `course man`.
    Man(&'w cli::learner::ManArgs),
    /// `course watch`.
    Watch(WatchOptions),
    /// `course hint`.
    Hint(HintOptions<'w>),
    /// `course read`.
    Read(ReadOptions),
    /// `course reset`.
    Reset(ResetOptions<'w>),
    /// `course solution`.
    Solution(SolutionOptions<'w>),
    /// `course list`.
    List(ListOptions),
    /// `course check`.
    Check(CheckRunOptions<'w>),
    /// `course grade`.
    Grade(GradeOptions<'w>),
    /// `course merge`.
    Merge(MergeOptions),
    /// `course schema`.
    Schema,
    /// `course author package`.
    Package(PackageOptions<'w>),
    /// `course run`.
    Run(PlainRunOptions),
    /// `course replay`.
    Replay(Box<ReplayOptions<'w>>),
    /// `course author check`.
    AuthorCheck(AuthorCheckOptions<'w>),
    /// `course author bless`.
    Bless(BlessOptions<'w>),
}

/// What `course list` needs to know.
pub struct ListOptions {
    /// How to print the list.
    pub format: Format,
}

/// An exercise, and how it is to be checked.
#[derive(Clone, PartialEq)]
pub struct Target<'w> {
    /// The exercise, or what a program that is none is checked as.
    pub exercise: Cow<'w, Exercise>,
    /// How.
    pub options: CheckOptions,
}

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
}

/// What `course run` needs to know.
pub struct PlainRunOptions {
    /// The package that its program belongs to.
    pub package: &'static str,
    /// The name of its program.
    pub program: String,
    /// The program's arguments.
    pub args: Vec<String>,
}

impl<'w> Options<'w> {
    /// Checks what was typed.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] that says what to type instead.
    pub fn new(cli: &'w cli::Cli, workspace: &'w Workspace) -> Result<Self, UsageError> {
        Ok(match &cli.command {
            None if crate::support::terminal::is_interactive() => Options::Watch(learner::watch(
                &cli::learner::WatchArgs::default(),
                workspace,
            )?),
            None => Options::List(list(&cli::ListArgs::default())),
            Some(cli::Command::Completions(args)) => Options::Completions(args),
            Some(cli::Command::Man(args)) => Options::Man(args),
            Some(cli::Command::Watch(args)) => Options::Watch(learner::watch(args, workspace)?),
            Some(cli::Command::Hint(args)) => Options::Hint(learner::hint(args, workspace)?),
            Some(cli::Command::Read(args)) => Options::Read(learner::read(args, workspace)?),
            Some(cli::Command::Reset(args)) => Options::Reset(learner::reset(args, workspace)?),
            Some(cli::Command::Solution(args)) => {
                Options::Solution(learner::solution(args, workspace)?)
            }
            Some(cli::Command::Init(args)) => Options::Init(InitOptions::new(args)?),
            Some(cli::Command::List(args)) => Options::List(list(args)),
            Some(cli::Command::Check(args)) => Options::Check(check(args, workspace)?),
            Some(cli::Command::Grade(args)) => Options::Grade(grade::grade(args, workspace)?),
            Some(cli::Command::Merge(args)) => Options::Merge(MergeOptions::new(args)?),
            Some(cli::Command::Schema) => Options::Schema,
            Some(cli::Command::Author(cli::AuthorCommand::Package(args))) => {
                Options::Package(grade::package(args, workspace)?)
            }
            Some(cli::Command::Run(args)) => Options::Run(run(args, workspace)?),
            Some(cli::Command::Replay(args)) => {
                Options::Replay(Box::new(replay::replay(args, workspace)?))
            }
            Some(cli::Command::Author(cli::AuthorCommand::Check(args))) => {
                Options::AuthorCheck(author::check(args, workspace)?)
            }
            Some(cli::Command::Author(cli::AuthorCommand::Bless(args))) => {
                Options::Bless(author::bless(args, workspace)?)
            }
        })
    }
}

fn list(args: &cli::ListArgs) -> ListOptions {
    ListOptions {
        format: args.format,
    }
}

fn check<'w>(
    args: &cli::CheckArgs,
    workspace: &'w Workspace,
) -> Result<CheckRunOptions<'w>, UsageError> {
    let mut targets = Vec::new();
    if args.all {
        for choice in select::all(&ids(workspace)) {
            targets.push(target(choice, &args.search, args.jobs, workspace)?);
        }
    } else if args.what.is_empty() {
        return Err(UsageError(message::nothing_to_check()));
    }
    for name in &args.what {
        let named = match select::program(&ids(workspace), &workspace.root, name) {
            Some(file) => vec![program(
                file,
                args.args.clone(),
                &args.search,
                args.jobs,
                workspace,
            )?],
            None => exercises(name, args, workspace)?,
        };
        for target in named {
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
    }
    if args.search.file.is_some() && targets.len() != 1 {
        return Err(UsageError(message::one_exercise_for_file(targets.len())));
    }
    if let Some(path) = &args.submission {
        grade::take_from(path, &mut targets, workspace)?;
    }
    let sandbox = containment(args.sandbox.mode(), &targets);
    Ok(CheckRunOptions {
        targets,
        seed: args.search.seed,
        format: args.format,
        timings: args.timings,
        environment: args.environment,
        sandbox,
    })
}

/// How much containment there is to be, unless more or less was asked for: none where all are
/// programs of one's own, which may start others and open sockets as they do by hand.
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
    args: &cli::CheckArgs,
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

fn run(args: &cli::RunArgs, workspace: &Workspace) -> Result<PlainRunOptions, UsageError> {
    let choice = choose_one(&args.exercise, workspace)?;
    let exercise = &workspace.course.exercises[choice.index];
    let args_given = if args.args.is_empty() {
        first_row(exercise)
    } else {
        args.args.clone()
    };
    let (package, program) = if args.solutions || choice.solution {
        ("solutions", exercise.solution_bin_name())
    } else {
        ("exercises", exercise.bin_name())
    };
    Ok(PlainRunOptions {
        package,
        program,
        args: args_given,
    })
}

/// The chosen exercise with how it is to be checked.
fn target<'w>(
    choice: Choice,
    search: &cli::SearchArgs,
    jobs: Option<u16>,
    workspace: &'w Workspace,
) -> Result<Target<'w>, UsageError> {
    let exercise = &workspace.course.exercises[choice.index];
    for (option, typed) in [
        ("--max-delay", search.max_delay.is_some()),
        ("--expect", search.expect.is_some()),
    ] {
        if typed {
            return Err(UsageError(message::program::only_for_programs(
                option,
                &exercise.id,
            )));
        }
    }
    let subject = match &search.file {
        Some(file) => Subject::other(workspace, exercise, existing(file)?),
        None if search.solutions || choice.solution => Subject::solution(workspace, exercise),
        None => Subject::learner(workspace, exercise),
    };
    Ok(Target {
        exercise: Cow::Borrowed(exercise),
        options: options(search, jobs, subject),
    })
}

/// A program that is no exercise, with how it is to be checked.
fn program<'w>(
    file: PathBuf,
    row: Vec<String>,
    search: &cli::SearchArgs,
    jobs: Option<u16>,
    workspace: &Workspace,
) -> Result<Target<'w>, UsageError> {
    let expected = search.expect.as_deref().map(existing).transpose()?;
    let id = workspace.relative(&file);
    let exercise = Exercise::of_program(id, row, search.max_delay, expected.is_some());
    Ok(Target {
        exercise: Cow::Owned(exercise),
        options: options(search, jobs, Subject::program(file, expected)),
    })
}

fn options(search: &cli::SearchArgs, jobs: Option<u16>, subject: Subject) -> CheckOptions {
    CheckOptions {
        schedules: search
            .schedules
            .unwrap_or(default_schedules(search.exhaustive)),
        seed: search.seed,
        jobs: jobs.map_or_else(allowed_cores, usize::from),
        exhaustive: search
            .exhaustive
            .then(|| search.preemptions.unwrap_or(DEFAULT_PREEMPTIONS)),
        subject,
    }
}

fn default_schedules(exhaustive: bool) -> u32 {
    if exhaustive {
        MOST_SCHEDULES
    } else {
        DEFAULT_SCHEDULES
    }
}

/// The full path of a file that must be there.
fn existing(file: &std::path::Path) -> Result<PathBuf, UsageError> {
    match std::path::absolute(file) {
        Ok(path) if path.is_file() => Ok(path),
        _ => Err(UsageError(message::no_such_file(file))),
    }
}

/// A full path as it is shortest to type: below the current folder without that folder.
fn from_here(file: &std::path::Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    file.strip_prefix(here)
        .unwrap_or(file)
        .display()
        .to_string()
}

/// A duration as it is typed.
fn duration(time: Duration) -> String {
    format!("{}ms", time.as_secs_f64() * 1e3)
}

/// The cores that this process may use: the affinity mask and the quota of a container count.
pub fn allowed_cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

fn first_row(exercise: &Exercise) -> Vec<String> {
    exercise.rows.first().cloned().unwrap_or_default()
}

fn ids(workspace: &Workspace) -> Vec<&str> {
    workspace.ids()
}

fn choose(what: &[String], workspace: &Workspace) -> Result<Vec<Choice>, UsageError> {
    select::select(&ids(workspace), &workspace.root, what)
}

fn choose_one(what: &str, workspace: &Workspace) -> Result<Choice, UsageError> {
    select::select_one(&ids(workspace), &workspace.root, what)
}

impl Target<'_> {
    /// The command line that does the same again, and shows what was found; `exhaustive`: by all
    /// schedules with up to so many preemptions.
    pub fn again(&self, workspace: &Workspace, exhaustive: Option<u32>) -> Again {
        let exercise = &self.exercise;
        let mut flags = Vec::new();
        if let Some(preemptions) = exhaustive {
            flags.push("--exhaustive".to_owned());
            if preemptions != DEFAULT_PREEMPTIONS {
                flags.extend(["--preemptions".to_owned(), preemptions.to_string()]);
            }
        }
        let mut flag = |name: &str, value: String| flags.extend([name.to_owned(), value]);
        let subject = &self.options.subject;
        let file = || from_here(&subject.text.file);
        let (name, first_row) = match &subject.kind {
            Kind::Program(expected) => {
                if let Some(delay) = exercise.max_delay {
                    flag("--max-delay", duration(delay));
                }
                if let Some(expected) = expected {
                    flag("--expect", from_here(expected));
                }
                (file(), Vec::new())
            }
            Kind::Other => {
                flag("--file", file());
                (exercise.id.clone(), first_row(exercise))
            }
            Kind::Learner | Kind::HandedIn => (exercise.id.clone(), first_row(exercise)),
            Kind::Solution => {
                flags.push("--solutions".to_owned());
                (exercise.id.clone(), first_row(exercise))
            }
        };
        let row = match subject.is_program() {
            true => exercise.rows.concat(),
            false => Vec::new(),
        };
        Again {
            exercise: name,
            file: self.file(workspace),
            row,
            first_row,
            seed: self.options.seed,
            schedules: Some(self.options.schedules)
                .filter(|it| *it != default_schedules(exhaustive.is_some())),
            flags,
            hints: subject.is_learners(),
        }
    }

    /// The file that is checked, as reports name it.
    pub fn file(&self, workspace: &Workspace) -> String {
        workspace.relative(&self.options.subject.text.file)
    }
}
