//! What `course check` tells an editor of one program, as soon as it is known: what the compiler says,
//! then what the schedules showed.

use crate::check;
use crate::course::workspace::Workspace;
use crate::facts::{Outcome, Verdict, said};
use crate::options::{ReportFormat, Target};
use crate::report::excerpt::Source;
use crate::report::rustc::{self, Unit};
use crate::report::short;
use crate::support::terminal::{self, Reader};

/// What is told while a program is checked.
pub enum Editor {
    /// Nothing.
    Silent,
    /// A line for each place.
    Short,
    /// Diagnostics, as cargo hands them on.
    Rustc {
        /// What they are about.
        unit: Unit,
        /// Whether the compiler's errors were told, so that they need not be told again.
        errors: bool,
    },
}

/// Tells that the check of a target begins, and what the compiler says of it. `None` if there is
/// nothing to check: an editor calls for each file that is saved, programs or not.
///
/// # Errors
///
/// When it cannot be printed.
pub fn begin(
    format: ReportFormat,
    workspace: &Workspace,
    target: &Target,
) -> anyhow::Result<Option<Editor>> {
    match format {
        ReportFormat::Short => {
            terminal::print(&short::begun(&target.file(workspace)))?;
            Ok(Some(Editor::Short))
        }
        ReportFormat::RustcJson => by_rustc(workspace, target),
        ReportFormat::Text
        | ReportFormat::Json
        | ReportFormat::Junit
        | ReportFormat::Github
        | ReportFormat::Gradescope
        | ReportFormat::Exercism
        | ReportFormat::Sarif => Ok(Some(Editor::Silent)),
    }
}

fn by_rustc(workspace: &Workspace, target: &Target) -> anyhow::Result<Option<Editor>> {
    let (exercise, subject) = (&target.exercise, &target.options.subject);
    let text = subject.text.as_str();
    if subject.is_program() && !text.is_some_and(|text| text.contains(said::MAIN)) {
        return Ok(None);
    }
    let package = workspace.root.join("exercises");
    let unit = Unit::new(&package, &exercise.bin_name(), &subject.text.file);
    let mut errors = false;
    // Where the compiler cannot be asked, the check says so.
    let said = check::compiler_says(workspace, exercise, subject).unwrap_or_default();
    for diagnostic in said.iter().filter_map(|line| rustc::of_rustc(line)) {
        errors |= rustc::is_error(&diagnostic);
        terminal::print(&unit.line(&diagnostic))?;
    }
    Ok(Some(Editor::Rustc { unit, errors }))
}

impl Editor {
    /// Tells what the check came to; `text` is the report for people.
    ///
    /// # Errors
    ///
    /// When it cannot be printed.
    pub fn end(
        &self,
        workspace: &Workspace,
        target: &Target,
        outcome: &Outcome,
        (text, source): (&str, Source),
    ) -> anyhow::Result<Reader> {
        let file = target.file(workspace);
        let told = match self {
            Editor::Silent => None,
            Editor::Short => Some(short::ended(outcome, &file, source)),
            Editor::Rustc { errors: true, .. } if outcome.verdict == Verdict::BuildError => None,
            Editor::Rustc { unit, .. } => {
                let again = target.again(workspace, target.options.exhaustive);
                let failure = outcome.first_failure.as_ref();
                let failure = failure.filter(|_| outcome.verdict.traits().has_steps);
                let replay = failure.map(|failure| again.replay(failure));
                let told = rustc::of_outcome(outcome, &file, text, replay.as_deref(), source);
                told.map(|diagnostic| unit.line(&diagnostic))
            }
        };
        terminal::print(&told.unwrap_or_default())
    }
}
