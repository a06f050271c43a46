//! `course replay`: one schedule again, and the trace of what happened in it.

use crate::check::{self, Replayed};
use crate::check_run::source;
use crate::exit_code::ExitCode;
use crate::interrupt;
use crate::message;
use crate::options::ReplayOptions;
use crate::report::{plain, text, trace};
use crate::terminal;
use crate::workspace::Workspace;

/// Runs the schedule and prints its trace, its end, and what is wrong with it.
///
/// # Errors
///
/// When the program cannot be built or run, or the trace not be printed.
pub fn run(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<ExitCode> {
    let target = &options.target;
    let exercise = &target.exercise;
    let replayed = check::replay(
        workspace,
        exercise,
        &target.options,
        (&options.row, options.schedule),
        options.full,
    );
    if let Some(signal) = interrupt::signal() {
        terminal::tell(message::interrupted());
        return Ok(ExitCode::Interrupted(signal));
    }
    let Replayed {
        run,
        findings,
        strategy,
        switches,
    } = replayed?;
    let title = (exercise.id.as_str(), options.row.as_slice());
    let mut report = message::replay_title(title, &run, strategy, target.options.seed);
    if let Some(switches) = switches {
        report.push_str(&plain::wrap("", &message::shown_smaller(switches)));
    }
    report.push('\n');
    report.push_str(&trace::trace(&run, &target.file(workspace)));
    report.push('\n');
    report.push_str(&text::findings(&findings, &|file| source(workspace, file)));
    terminal::print(&report)?;
    Ok(ExitCode::of_verdicts(findings.iter().map(|it| it.verdict)))
}
