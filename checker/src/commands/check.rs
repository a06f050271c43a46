//! `course check`: checks one exercise after the other and reports on each.

use std::io::Write;

use anyhow::Context;

use crate::check::{self, DEFAULT_SCHEDULES, Kind};
use crate::commands::editor;
use crate::course::record::Record;
use crate::course::workspace::Workspace;
use crate::facts::{Finding, Outcome, Verdict};
use crate::message;
use crate::message::plain;
use crate::options::{CheckRunOptions, ReportFormat, Target};
use crate::program::sandbox;
use crate::report::entry::Entry;
use crate::report::text::Layout;
use crate::report::{exercism, github, gradescope, json, junit, rustc, sarif, text};
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::progress;
use crate::support::terminal::{self, Reader};

/// Checks what was asked for.
///
/// # Errors
///
/// When the report cannot be printed, or layers of containment are required and missing.
pub fn run(workspace: &Workspace, options: &CheckRunOptions) -> anyhow::Result<ExitCode> {
    sandbox::choose(options.sandbox)?;
    if let Some(not_taken) = &options.not_taken {
        terminal::tell(&plain::wrap("", &plain::line(not_taken)));
    }
    let several = options.targets.len() > 1;
    let (mut outcomes, mut entries, mut at_fault) = (Vec::new(), Vec::new(), false);
    for target in &options.targets {
        let Some(editor) = editor::begin(options.format, workspace, target)? else {
            continue;
        };
        let checked = check_one(workspace, target, several);
        if let Some(signal) = interrupt::signal() {
            terminal::tell(message::interrupted());
            return Ok(ExitCode::Interrupted(signal));
        }
        at_fault |= checked.is_err();
        let outcome = checked.unwrap_or_else(|error| not_judged(workspace, target, &error));
        if options.timings {
            terminal::tell(&message::timings(&outcome.exercise, &outcome.timings));
        }
        let reader = match options.format {
            ReportFormat::Text => report(workspace, target, &outcome, options.also_passing)?,
            ReportFormat::Short | ReportFormat::RustcJson => {
                let text = told(workspace, target, &outcome);
                let source = |file: &str| source(workspace, target, file);
                editor.end(workspace, target, &outcome, (&text, &source))?
            }
            // These are printed at the end, as one.
            ReportFormat::Json | ReportFormat::Sarif => Reader::Reads,
            ReportFormat::Junit
            | ReportFormat::Github
            | ReportFormat::Gradescope
            | ReportFormat::Exercism => {
                entries.push(entry(workspace, target, &outcome));
                Reader::Reads
            }
        };
        outcomes.push(outcome);
        if reader == Reader::Gone {
            return Ok(ExitCode::of_outcomes(&outcomes));
        }
    }
    finish(workspace, options, &outcomes, &entries)?;
    Ok(if at_fault {
        ExitCode::Inconclusive
    } else {
        ExitCode::of_outcomes(&outcomes)
    })
}

/// Prints what comes after the last check.
fn finish(
    workspace: &Workspace,
    options: &CheckRunOptions,
    outcomes: &[Outcome],
    entries: &[Entry],
) -> anyhow::Result<()> {
    if options.timings {
        terminal::tell(&message::sandbox::layers(&sandbox::told()));
    }
    terminal::print(&end(workspace, options, outcomes, entries)?)?;
    let failed = outcomes.iter().any(|it| it.verdict != Verdict::Passed);
    if options.format == ReportFormat::Text && failed {
        terminal::tell_how_to_call();
    }
    Ok(())
}

/// What is printed when all is checked: in most formats the whole report.
fn end(
    workspace: &Workspace,
    options: &CheckRunOptions,
    outcomes: &[Outcome],
    entries: &[Entry],
) -> anyhow::Result<String> {
    let told = options.environment.then(sandbox::told);
    match options.format {
        ReportFormat::Text => Ok(text::summary(outcomes)),
        ReportFormat::Json => json::report(outcomes, options.seed, told),
        ReportFormat::Junit => junit::report(entries),
        ReportFormat::Gradescope => gradescope::report(entries),
        ReportFormat::Exercism => exercism::report(entries),
        ReportFormat::Github => in_workflow(github::report(entries)?, &github::log(entries)),
        ReportFormat::Short => Ok(String::new()),
        ReportFormat::Sarif => in_sarif(workspace, options, outcomes),
        ReportFormat::RustcJson => Ok(rustc::finished(
            outcomes.iter().all(|it| it.verdict == Verdict::Passed),
        )),
    }
}

/// The report for code scanning.
fn in_sarif(
    workspace: &Workspace,
    options: &CheckRunOptions,
    outcomes: &[Outcome],
) -> anyhow::Result<String> {
    let all = options.targets.iter().zip(outcomes);
    let results = all.filter_map(|(target, outcome)| {
        let source = |file: &str| source(workspace, target, file);
        sarif::result(outcome, &target.file(workspace), &source)
    });
    sarif::report(&results.collect::<Vec<_>>(), None)
}

/// What the formats of the platforms tell of an outcome.
fn entry(workspace: &Workspace, target: &Target, outcome: &Outcome) -> Entry {
    let text = told(workspace, target, outcome);
    let again = target.again(workspace, target.options.exhaustive).check();
    let file = target.file(workspace);
    Entry::new(outcome, target.options.seed, &file, &text, again)
}

/// In a workflow, the report becomes an output of its step and what is printed is the log;
/// elsewhere the report is printed.
fn in_workflow(report: String, log: &str) -> anyhow::Result<String> {
    let Some(file) = std::env::var_os("GITHUB_OUTPUT").filter(|file| !file.is_empty()) else {
        return Ok(report);
    };
    let mut options = std::fs::OpenOptions::new();
    let file = options.append(true).create(true).open(&file);
    file.and_then(|mut file| file.write_all(github::output_line(&report).as_bytes()))
        .context("failed to write to the file that GITHUB_OUTPUT names")?;
    Ok(log.to_owned())
}

/// Prints a report that says only that `course` failed, for programs that wait for a report.
/// `asked` is the format and the seed that were asked for.
pub fn report_fault(asked: Option<(ReportFormat, u64)>, error: &anyhow::Error) {
    let Some((format, seed)) = asked else { return };
    let reason = message::tool_failed(error);
    let report = match format {
        // An editor shows what stands on standard error.
        ReportFormat::Text | ReportFormat::Short | ReportFormat::RustcJson => return,
        ReportFormat::Sarif => sarif::report(&[], Some(&reason)),
        ReportFormat::Json => json::fault(&reason, seed),
        ReportFormat::Junit => junit::fault(&reason),
        ReportFormat::Gradescope => gradescope::fault(&reason),
        ReportFormat::Exercism => exercism::fault(&reason),
        ReportFormat::Github => {
            github::fault(&reason).and_then(|report| in_workflow(report, &github::quoted(&reason)))
        }
    };
    if let Err(error) = report.and_then(|report| terminal::print(&report)) {
        terminal::print_error(&error);
    }
}

/// Checks one exercise, which may be one of several, and remembers the result if it is the learner's
/// own file.
///
/// # Errors
///
/// When the check cannot be done; the tool is at fault then.
pub fn check_one(workspace: &Workspace, target: &Target, several: bool) -> anyhow::Result<Outcome> {
    progress::during(&target.exercise.id, several, |progress| {
        check_telling(workspace, target, progress)
    })
}

/// The same, where somebody else shows how many schedules are done.
///
/// # Errors
///
/// As [`check_one`].
pub fn check_telling(
    workspace: &Workspace,
    target: &Target,
    progress: check::Progress,
) -> anyhow::Result<Outcome> {
    let exercise = &target.exercise;
    let outcome = check::check(workspace, exercise, &target.options, progress)?;
    // Fewer schedules than usual are no proof of anything.
    let in_earnest = target.options.schedules >= DEFAULT_SCHEDULES
        || outcome.verdict != Verdict::Passed
        || outcome.exhaustive.is_some_and(|it| it.complete);
    let subject = &target.options.subject;
    if let Some(text) = subject.text.hash()
        && subject.kind == Kind::Learner
        && in_earnest
        && !interrupt::requested()
    {
        let noted = Record::change(workspace, |record| record.note(&outcome, text));
        if let Err(error) = noted {
            terminal::tell(&message::learner::not_recorded(&error));
        }
    }
    Ok(outcome)
}

/// Prints the report on one exercise.
fn report(
    workspace: &Workspace,
    target: &Target,
    outcome: &Outcome,
    also_passing: bool,
) -> anyhow::Result<Reader> {
    let layout = Layout {
        also_passing,
        ..Layout::PRINTED
    };
    terminal::print(&laid_out(workspace, target, outcome, layout).whole())
}

/// The report on one exercise.
pub fn told(workspace: &Workspace, target: &Target, outcome: &Outcome) -> String {
    laid_out(workspace, target, outcome, Layout::PRINTED).whole()
}

/// The report on one exercise, laid out as is said.
pub fn laid_out(
    workspace: &Workspace,
    target: &Target,
    outcome: &Outcome,
    layout: Layout,
) -> text::Report {
    // If only the search through all schedules with few preemptions found it, that search must show
    // it again.
    let shows = outcome
        .exhaustive
        .filter(|_| outcome.verdict != Verdict::Passed);
    let exhaustive = shows.map(|it| it.preemptions).or(target.options.exhaustive);
    let again = target.again(workspace, exhaustive);
    let source = |file: &str| source(workspace, target, file);
    let text::Report { head, rest } = text::report(outcome, &again, &source, layout);
    text::Report {
        head: plain::inert(&head),
        rest: plain::inert(&rest),
    }
}

/// The text of a file named in a report on this target, for the excerpt.
pub fn source(workspace: &Workspace, target: &Target, file: &str) -> Option<String> {
    if file == target.file(workspace) {
        return target.options.subject.text.as_str().map(str::to_owned);
    }
    std::fs::read_to_string(workspace.seen_from.join(file)).ok()
}

/// The outcome of a check in which the tool itself failed: never the learner's fault.
pub fn not_judged(workspace: &Workspace, target: &Target, error: &anyhow::Error) -> Outcome {
    let exercise = &target.exercise;
    let file = target.file(workspace).into();
    Outcome {
        finding: Some(Finding::told(
            Verdict::Inconclusive,
            message::tool_failed(error),
            None,
        )),
        ..Outcome::blank(&exercise.id, &exercise.title, file, exercise.points)
    }
}
