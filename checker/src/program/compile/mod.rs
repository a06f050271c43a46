//! The compiler: from a program's text to an executable, or to what is wrong with it.
//!
//! Programs are compiled by rustc directly, not by cargo: no build script and no procedural macro
//! of a learner's own ever runs. An executable is kept as long as text and libraries are the same.

mod build;
mod cache;
mod diagnostic;
pub mod flags;
mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use self::build::{Build, FILE};
use self::cache::Cache;
use self::diagnostic::Diagnostic;
use self::process::Attempt;
use crate::course::workspace::Workspace;
use crate::facts::{Finding, Verdict};
use crate::message;
use crate::program::libraries::{Libraries, Linking};
use crate::program::source::Source;

/// What became of a program.
#[derive(Clone, Debug, PartialEq)]
pub enum Compiled {
    /// The executable.
    Program(PathBuf),
    /// No executable: the learner's mistake, or what the checker does not support.
    Failed {
        /// What to report.
        finding: Finding,
        /// The compiler's own words.
        details: Vec<String>,
    },
}

/// Compiles a program for the check, or finds it compiled already.
pub fn compile(
    workspace: &Workspace,
    libraries: &Libraries,
    source: &Source,
) -> anyhow::Result<Compiled> {
    let cache = Cache::new(workspace, libraries, source)?;
    if let Some(program) = cache.get() {
        return Ok(Compiled::Program(program));
    }
    let build = Build::start(&workspace.check_folder(), source)?;
    let mut attempt = build.checked(libraries, libraries.linking)?;
    if let Attempt::Done = attempt {
        return Ok(Compiled::Program(cache.put(&build)?));
    }
    // If it does not compile against the real std either, the mistake is the learner's, and is
    // reported in plain terms.
    match build.plain(libraries)? {
        Attempt::Errors(errors) => {
            // What the given part cannot do with a type of the learner's own is a consequence.
            let signature = match &attempt {
                Attempt::Errors(checked) if !in_own_part(source, &errors) => {
                    other_signature(source, checked)
                }
                _ => None,
            };
            if let Some(finding) = signature {
                let details = Vec::new();
                return Ok(Compiled::Failed { finding, details });
            }
            return Ok(failed(Verdict::BuildError, "", &source.shown, &errors));
        }
        Attempt::Broken(reason) => return Ok(broken(reason)),
        Attempt::Done => {}
    }
    if libraries.linking == Linking::Static {
        attempt = build.checked(libraries, Linking::Dynamic)?;
    }
    Ok(match attempt {
        Attempt::Done => Compiled::Program(cache.put(&build)?),
        Attempt::Broken(reason) => broken(reason),
        Attempt::Errors(errors) => {
            if let Some(finding) = other_signature(source, &errors) {
                let details = Vec::new();
                return Ok(Compiled::Failed { finding, details });
            }
            let prefix = message::program::NOT_FOR_THE_CHECK;
            failed(Verdict::Inconclusive, prefix, &source.shown, &errors)
        }
    })
}

/// All that the compiler says of a program, a line of JSON for each diagnostic, warnings included.
///
/// # Errors
///
/// When it cannot be asked.
pub fn said(
    workspace: &Workspace,
    libraries: &Libraries,
    source: &Source,
) -> anyhow::Result<Vec<String>> {
    let build = Build::start(&workspace.check_folder(), source)?;
    let said = build.said(libraries)?.unwrap_or_default();
    Ok(said.lines().map(str::to_owned).collect())
}

fn failed(verdict: Verdict, prefix: &str, shown: &str, errors: &[Diagnostic]) -> Compiled {
    let first = errors
        .first()
        .map_or(message::program::COMPILER_FAILED, |error| &error.message);
    let missing = errors.iter().find_map(Diagnostic::missing_crate);
    let message = match missing {
        Some(name) => message::program::other_crate(name),
        None => format!("{prefix}{first}"),
    };
    let at = errors.iter().find_map(|error| error.place(shown));
    Compiled::Failed {
        finding: Finding::told(verdict, message, at),
        details: diagnostic::rendered(errors),
    }
}

/// Whether one of the errors is in the learner's own part.
fn in_own_part(source: &Source, errors: &[Diagnostic]) -> bool {
    let lines = source
        .apart
        .as_ref()
        .map(|apart| apart.learner.lines().count());
    let mut places = errors.iter().filter_map(|error| error.place(&source.shown));
    places.any(|place| lines.is_none_or(|lines| (place.line as usize) < lines))
}

/// What is wrong where a function of the learner's is not what the given part relies on.
fn other_signature(source: &Source, errors: &[Diagnostic]) -> Option<Finding> {
    let promised = &source.apart.as_ref()?.promised;
    let at = |error: &Diagnostic| error.place(build::PROMISED);
    let (error, promise) = errors.iter().find_map(|error| Some((error, at(error)?)))?;
    let signature = promised.signature(promise.line)?;
    let message = message::source::other_signature(signature);
    let place = error.place(&source.shown);
    Some(Finding::told(Verdict::BuildError, message, place))
}

fn broken(reason: String) -> Compiled {
    Compiled::Failed {
        finding: Finding::told(Verdict::Inconclusive, reason, None),
        details: Vec::new(),
    }
}

/// Finds out how to compile programs on this machine: contained if that works, and statically
/// linked if that works.
pub fn probe(libraries: &mut Libraries, folder: &Path) {
    for contained in [true, false] {
        for linking in [Linking::Static, Linking::Dynamic] {
            libraries.contained = contained;
            // Whatever the obstacle, there is the other way.
            if compiles(libraries, linking, folder).unwrap_or(false) {
                libraries.linking = linking;
                return;
            }
        }
    }
    // Nothing works. The first program will say why.
    libraries.contained = true;
}

/// Whether a small program compiles like this, and runs.
fn compiles(libraries: &Libraries, linking: Linking, folder: &Path) -> anyhow::Result<bool> {
    let source = Source {
        text: "fn main() { println!(\"{}\", std::env::args().count()); }\n".to_owned(),
        apart: None,
        shown: FILE.to_owned(),
        crate_name: "probe".to_owned(),
        allow_unsafe: false,
    };
    let build = Build::start(folder, &source)?;
    let Attempt::Done = build.checked(libraries, linking)? else {
        return Ok(false);
    };
    let output = Command::new(build.program())
        .stdin(Stdio::null())
        .output()?;
    Ok(output.status.success() && output.stdout == b"1\n")
}
