//! The commands, one each: what was asked is done, and told.

pub mod author;
pub mod check;
pub mod completions;
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

use crate::cli;
use crate::course::workspace::Workspace;
use crate::options::{self, Options};
use crate::support::exit_code::{ExitCode, usage};
use crate::support::interrupt;

/// Does what was asked.
///
/// # Errors
///
/// When what was typed cannot be done, or `course` itself fails.
pub fn run(cli: &cli::Cli) -> anyhow::Result<ExitCode> {
    interrupt::install()?;
    // For these there need not be a course yet.
    match &cli.command {
        Some(cli::Command::Init(args)) => {
            return init::run(&options::init::InitOptions::new(args)?);
        }
        Some(cli::Command::Completions(args)) => return completions::completions(args),
        Some(cli::Command::Man(args)) => return completions::man(args),
        Some(cli::Command::Schema) => return schema::print(),
        Some(cli::Command::Merge(args)) => {
            return grade::merge::run(&options::MergeOptions::new(args)?);
        }
        _ => {}
    }
    let workspace = Workspace::find().map_err(usage)?;
    match Options::new(cli, &workspace)? {
        Options::Init(options) => init::run(&options),
        Options::Completions(args) => completions::completions(args),
        Options::Man(args) => completions::man(args),
        Options::Watch(options) => watch::run(&workspace, &options),
        Options::Hint(options) => hint::run(&workspace, &options),
        Options::Read(options) => read::run(&workspace, &options),
        Options::Reset(options) => reset::run(&workspace, &options),
        Options::Solution(options) => solution::run(&workspace, &options),
        Options::List(options) => list::run(&workspace, &options),
        Options::Check(options) => check::run(&workspace, &options),
        Options::Grade(options) => grade::run(&workspace, &options),
        Options::Merge(options) => grade::merge::run(&options),
        Options::Schema => schema::print(),
        Options::Package(options) => grade::package::run(&options),
        Options::Run(options) => self::run::run(&workspace, &options),
        Options::Replay(options) => replay::run(&workspace, &options),
        Options::AuthorCheck(options) => author::check::run(&workspace, &options),
        Options::Bless(options) => author::bless(&workspace, &options),
    }
}
