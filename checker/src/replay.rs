//! `course replay`: one schedule again, and the trace of what happened in it.

use crate::check::{self, Replayed};
use crate::check_run::source;
use crate::exit_code::ExitCode;
use crate::interrupt;
use crate::message;
use crate::options::ReplayOptions;
use crate::report::page::{self, Subject};
use crate::report::{plain, text, trace};
use crate::terminal;
use crate::workspace::Workspace;
use crate::write;

/// Runs the schedule and prints its trace, its end, and what is wrong with it.
///
/// # Errors
///
/// When the program cannot be built or run, or the trace not be printed.
pub fn run(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<ExitCode> {
    let replayed = replayed(workspace, options);
    if let Some(signal) = interrupt::signal() {
        terminal::tell(message::interrupted());
        return Ok(ExitCode::Interrupted(signal));
    }
    let replayed = replayed?;
    let verdicts = replayed.found.iter().map(|it| it.finding.verdict);
    let exit_code = ExitCode::of_verdicts(verdicts);
    let text = match &options.html {
        Some(path) => {
            write::whole(path, &html(workspace, options, &replayed)?)?;
            message::page::written(path)
        }
        None => text(workspace, options, &replayed),
    };
    terminal::print(&plain::inert(&text))?;
    Ok(exit_code)
}

fn replayed(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<Replayed> {
    let target = &options.target;
    check::replay(
        workspace,
        &target.exercise,
        &target.options,
        (&options.row, options.schedule),
        options.full,
    )
}

/// The page of a schedule that is run for it.
///
/// # Errors
///
/// When the program cannot be built or run.
pub fn page(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<String> {
    html(workspace, options, &replayed(workspace, options)?)
}

/// The trace as text, how the run ended, and what is wrong with it.
fn text(workspace: &Workspace, options: &ReplayOptions, replayed: &Replayed) -> String {
    let Replayed {
        run,
        found,
        strategy,
        switches,
    } = replayed;
    let target = &options.target;
    let exercise = &target.exercise;
    let title = (exercise.id.as_str(), options.row.as_slice());
    let mut report = message::replay_title(title, run, *strategy, target.options.seed);
    if let Some(switches) = *switches {
        report.push_str(&plain::wrap("", &message::shown_smaller(switches)));
    }
    report.push('\n');
    report.push_str(&trace::trace(run, &target.file(workspace)));
    report.push('\n');
    let findings = found.iter().map(|found| &found.finding);
    report.push_str(&text::findings(findings, &|file| source(workspace, file)));
    report
}

/// The page of the same.
fn html(
    workspace: &Workspace,
    options: &ReplayOptions,
    replayed: &Replayed,
) -> anyhow::Result<String> {
    let target = &options.target;
    let seed = target.options.seed;
    let title = (target.exercise.id.as_str(), options.row.as_slice());
    let title = message::replay_title(title, &replayed.run, replayed.strategy, seed);
    let notes = replayed.switches.map(message::shown_smaller);
    let file = target.file(workspace);
    page::html(&Subject {
        title: title.trim_end(),
        notes: notes.as_slice(),
        run: &replayed.run,
        found: &replayed.found,
        file: &file,
        source: source(workspace, &file).as_deref(),
    })
}
