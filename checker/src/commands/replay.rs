//! `course replay`: one schedule again, and the trace of what happened in it.

use crate::check::{self, Replayed};
use crate::commands::check::source;
use crate::commands::step;
use crate::course::workspace::Workspace;
use crate::explain::timeline;
use crate::facts::Outcome;
use crate::facts::containment::Mode;
use crate::message;
use crate::message::plain;
use crate::options::saved::Which;
use crate::options::{ReplayOptions, Target};
use crate::program::sandbox;
use crate::report::page::{self, Subject};
use crate::report::{text, trace};
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::terminal;
use crate::support::write;

/// Runs the schedule and prints its trace, its end, and what is wrong with it.
///
/// # Errors
///
/// When the program cannot be built or run, or the trace not be printed.
pub fn run(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<ExitCode> {
    if options.target.options.subject.is_program() {
        // As when it was checked.
        sandbox::choose(Mode::Off)?;
    }
    if options.step {
        return step::run(workspace, options);
    }
    let replayed = replay(workspace, options);
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

/// The page of the first schedule that failed in a check, which is run again for it; `None` if none did.
///
/// # Errors
///
/// When the program cannot be built or run.
pub fn page(
    workspace: &Workspace,
    target: &Target,
    outcome: &Outcome,
) -> anyhow::Result<Option<String>> {
    let Some(failure) = &outcome.first_failure else {
        return Ok(None);
    };
    let mut target = target.clone();
    target.options.exhaustive = outcome.exhaustive.map(|it| it.preemptions);
    let options = ReplayOptions {
        target,
        row: failure.args.clone(),
        which: Which::Number(failure.schedule),
        step: false,
        full: false,
        html: None,
    };
    html(workspace, &options, &replay(workspace, &options)?).map(Some)
}

/// The run, and what is wrong with it.
fn replay(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<Replayed> {
    let target = &options.target;
    let (exercise, how, row) = (&target.exercise, &target.options, &options.row);
    let choices = match &options.which {
        Which::Number(number) => {
            return check::replay(workspace, exercise, how, (row, *number), options.full);
        }
        Which::Saved(_, saved) => (saved.choices(), saved.liberties()),
        Which::Natural => (Vec::new(), Vec::new()),
    };
    let choices = (&*choices.0, &*choices.1);
    let (replayed, all_made) = check::play::replay(workspace, exercise, how, row, choices)?;
    if !all_made {
        let changed = plain::wrap("", message::step::program_has_changed());
        terminal::tell(changed.trim_end());
    }
    Ok(replayed)
}

/// Which schedule of what.
fn title(options: &ReplayOptions, replayed: &Replayed) -> String {
    let exercise = options.target.exercise.id.as_str();
    match &options.which {
        Which::Saved(file, _) => message::step::replay_title(file, exercise, &options.row),
        Which::Number(_) | Which::Natural => {
            let title = (exercise, options.row.as_slice());
            let seed = options.target.options.seed;
            message::steps::replay_title(title, &replayed.run, replayed.strategy, seed)
        }
    }
}

/// The trace as text, how the run ended, and what is wrong with it.
fn text(workspace: &Workspace, options: &ReplayOptions, replayed: &Replayed) -> String {
    let Replayed { run, found, .. } = replayed;
    let mut report = title(options, replayed);
    if let Some(switches) = replayed.switches {
        report.push_str(&plain::wrap("", &message::steps::shown_smaller(switches)));
    }
    report.push('\n');
    report.push_str(&trace::trace(run, &options.target.file(workspace)));
    report.push('\n');
    let findings = found.iter().map(|found| &found.finding);
    report.push_str(&text::findings(findings, &|file| {
        source(workspace, &options.target, file)
    }));
    report
}

/// The page of the same.
fn html(
    workspace: &Workspace,
    options: &ReplayOptions,
    replayed: &Replayed,
) -> anyhow::Result<String> {
    let notes = replayed.switches.map(message::steps::shown_smaller);
    let file = options.target.file(workspace);
    page::html(&Subject {
        title: title(options, replayed).trim_end(),
        notes: notes.as_slice(),
        run: &replayed.run,
        timeline: &timeline::timeline(&replayed.run),
        found: &replayed.found,
        decides: replayed.decides,
        passing: replayed.passing.as_ref(),
        file: &file,
        source: source(workspace, &options.target, &file).as_deref(),
    })
}
