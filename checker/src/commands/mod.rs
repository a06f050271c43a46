//! The commands, one each: what was asked is done, and told.

pub mod author;
pub mod book;
pub mod check;
pub mod completions;
pub mod doc;
pub mod editor;
mod elsewhere;
pub mod grade;
pub mod hint;
pub mod init;
pub mod list;
pub mod read;
pub mod replay;
pub mod reset;
pub mod run;
pub mod schema;
pub mod solution;
pub mod step;
pub mod watch;

use crate::cli::author::AuthorCommand;
use crate::cli::learner::{ListArgs, WatchArgs};
use crate::cli::{Cli, Command};
use crate::course::workspace::Workspace;
use crate::options;
use crate::support::exit_code::{ExitCode, usage};
use crate::support::{interrupt, terminal};

/// Does what was asked.
///
/// # Errors
///
/// When what was typed cannot be done, or `course` itself fails.
pub fn run(cli: &Cli) -> anyhow::Result<ExitCode> {
    interrupt::install()?;
    let Some(command) = &cli.command else {
        return in_course(|it| match terminal::is_interactive() {
            true => watch::run(it, &options::learner::watch(&WatchArgs::default(), it)?),
            false => list::run(it, &options::learner::list(&ListArgs::default())),
        });
    };
    match command {
        Command::Init(args) => init::run(&options::InitOptions::new(args)?),
        Command::Completions(args) => completions::completions(args),
        Command::Man(args) => completions::man(args),
        Command::Doc(args) => doc::run(&options::learner::doc(args)),
        Command::Schema(args) => schema::print(args.of),
        Command::Merge(args) => grade::merge::run(&options::MergeOptions::new(args)?),
        Command::List(args) => in_course(|it| list::run(it, &options::learner::list(args))),
        Command::Watch(args) => in_course(|it| watch::run(it, &options::learner::watch(args, it)?)),
        Command::Hint(args) => in_course(|it| hint::run(it, &options::learner::hint(args, it)?)),
        Command::Read(args) => in_course(|it| read::run(it, &options::learner::read(args, it)?)),
        Command::Book(args) => in_course(|it| book::run(it, &options::learner::book(args))),
        Command::Reset(args) => in_course(|it| reset::run(it, &options::learner::reset(args, it)?)),
        Command::Solution(args) => {
            in_course(|it| solution::run(it, &options::learner::solution(args, it)?))
        }
        Command::Check(args) => {
            let it = &elsewhere::course_for(args.what.iter().map(String::as_str))?;
            check::run(it, &options::check::check(args, it)?)
        }
        Command::Run(args) => {
            let it = &elsewhere::course_for([args.exercise.as_str()].into_iter())?;
            self::run::run(it, &options::run::run(args, it)?)
        }
        Command::Replay(args) => {
            let it = &elsewhere::course_for([args.exercise.as_str()].into_iter())?;
            replay::run(it, &options::replay::replay(args, it)?)
        }
        Command::Grade(args) => in_course(|it| grade::run(it, &options::grade::grade(args, it)?)),
        Command::Author(command) => author(command),
    }
}

/// Does what who writes exercises has asked for.
fn author(command: &AuthorCommand) -> anyhow::Result<ExitCode> {
    match command {
        AuthorCommand::Init(args) => author::init::run(&options::AuthorInitOptions::new(args)?),
        AuthorCommand::New(args) => {
            in_course(|it| author::new::run(it, &options::author::new(args, it)?))
        }
        AuthorCommand::Check(args) => {
            in_course(|it| author::check::run(it, &options::author::check(args, it)?))
        }
        AuthorCommand::Bless(args) => {
            in_course(|it| author::bless(it, &options::author::bless(args, it)?))
        }
        AuthorCommand::Package(args) => {
            in_course(|it| grade::package::run(it, &options::grade::package(args, it)?))
        }
    }
}

/// Does something for which there has to be a course.
fn in_course(act: impl FnOnce(&Workspace) -> anyhow::Result<ExitCode>) -> anyhow::Result<ExitCode> {
    act(&Workspace::find().map_err(usage)?)
}
