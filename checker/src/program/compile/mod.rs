//! The compiler: from a program's text to an executable, or to what is wrong with it.
//!
//! Programs are compiled by rustc directly, not by cargo: no build script and no procedural macro
//! of a learner's own ever runs. An executable is kept as long as text and libraries are the same.

mod build;
mod cache;
mod canary;
mod diagnostic;
pub mod flags;
mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use self::build::{Build, FILE};
use self::cache::Cache;
pub use self::cache::{made_of, memory_of, with_lines};
use self::diagnostic::Diagnostic;
pub use self::flags::FRAME_POINTERS;
use self::process::{Attempt, OF_ONE_LINE, PATIENT, Seconds, USUAL};
use crate::course::workspace::Workspace;
use crate::facts::{Edition, Finding, Memory, Verdict};
use crate::message;
use crate::program::libraries::{Libraries, Linking};
use crate::program::source::Source;
use crate::program::{own, rules, unsafe_code};

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
    let folder = workspace.check_folder();
    let build = Build::start(&folder, source)?;
    let called = Called {
        libraries,
        folder,
        // A program of one's own may be large, and costs nobody else anything.
        usual: source.apart.as_ref().map_or(PATIENT, |_| USUAL),
    };
    let is_unsafe = unsafe_code::is_in(source);
    if is_unsafe && libraries.watches {
        let attempt = build.watched(libraries, called.usual)?;
        if matches!(attempt, Attempt::Done) && build.tells_all() {
            let program = cache.put(&build, Some(Memory::Watched), true)?;
            return Ok(Compiled::Program(program));
        }
    }
    if libraries.tells && !is_unsafe && unsafe_code::names_weak_order(source) {
        let attempt = build.told(libraries, called.usual)?;
        if matches!(attempt, Attempt::Done) && build.tells_all() {
            return cache.put(&build, None, true).map(Compiled::Program);
        }
    }
    let memory = is_unsafe.then_some(Memory::NotWatched);
    called.unwatched(&build, source, &|build| cache.put(build, memory, false))
}

/// What is wrong with a program that does not compile against the real std either, for then the mistake is
/// the learner's, and is reported in plain terms; `checked`: what is said with the check's own.
fn refused(source: &Source, checked: &[Diagnostic], plain: Attempt) -> Option<Compiled> {
    match plain {
        Attempt::Done => None,
        Attempt::GaveUp(why) => Some(gave_up(why)),
        Attempt::Broken(reason) => Some(broken(reason)),
        Attempt::Errors(errors) => {
            // What the given part cannot do with a type of the learner's own is a consequence.
            let elsewhere = in_own_part(source, &errors).is_none();
            let signature = elsewhere.then(|| other_signature(source, checked));
            Some(match signature.flatten() {
                Some(finding) => Compiled::Failed {
                    finding,
                    details: Vec::new(),
                },
                None => failed(Verdict::BuildError, "", &source.shown, &errors),
            })
        }
    }
}

/// How the compiler is called for one program.
struct Called<'a> {
    libraries: &'a Libraries,
    folder: PathBuf,
    usual: Seconds,
}

impl Called<'_> {
    /// Compiles a program without telling of its accesses to memory; `keep` takes the executable over.
    ///
    /// An error that is about no place of the text may be the machine's: a full disk is. It is the
    /// text's only if a program of one line compiles right then.
    fn unwatched(
        &self,
        build: &Build,
        source: &Source,
        keep: &dyn Fn(&Build) -> anyhow::Result<PathBuf>,
    ) -> anyhow::Result<Compiled> {
        let libraries = self.libraries;
        let checked = |linking| {
            self.by(linking, &|seconds| {
                build.checked(libraries, linking, seconds)
            })
        };
        let mut attempt = checked(libraries.linking)?;
        if let Attempt::Errors(errors) = &attempt {
            let plain = |seconds| build.plain(libraries, seconds);
            let plain = self.by(libraries.linking, &plain)?;
            if let Attempt::Errors(refusals) = &plain
                && !refusals.iter().any(Diagnostic::has_place)
                && !compiles(libraries, libraries.linking, &self.folder, PATIENT)?
            {
                return Ok(broken(first(errors).to_owned()));
            }
            if let Some(refused) = refused(source, errors, plain) {
                return Ok(refused);
            }
            if libraries.linking == Linking::Static {
                attempt = checked(Linking::Dynamic)?;
            }
        }
        Ok(match attempt {
            Attempt::Done => Compiled::Program(keep(build)?),
            Attempt::GaveUp(why) => gave_up(why),
            Attempt::Broken(reason) => broken(reason),
            Attempt::Errors(errors) => {
                if let Some(finding) = other_signature(source, &errors) {
                    let details = Vec::new();
                    return Ok(Compiled::Failed { finding, details });
                }
                if let Some(refused) = self.not_theirs(source, &errors)? {
                    return Ok(refused);
                }
                let prefix = message::program::NOT_FOR_THE_CHECK;
                failed(Verdict::Inconclusive, prefix, &source.shown, &errors)
            }
        })
    }

    /// What is wrong with a program that would compile if the given part kept nothing to itself.
    fn not_theirs(
        &self,
        source: &Source,
        errors: &[Diagnostic],
    ) -> anyhow::Result<Option<Compiled>> {
        let (Some(apart), Some(error)) = (&source.apart, in_own_part(source, errors)) else {
            return Ok(None);
        };
        let apart = Some(rules::on_a_large_stack(|| apart.opened()));
        let opened = Source {
            apart,
            ..source.clone()
        };
        let build = Build::start(&self.folder, &opened)?;
        let attempt = |seconds| build.checked(self.libraries, Linking::Dynamic, seconds);
        if !matches!(self.by(Linking::Dynamic, &attempt)?, Attempt::Done) {
            return Ok(None);
        }
        let message = message::source::given_parts_own(&error.message);
        let at = error.place(&source.shown);
        Ok(Some(Compiled::Failed {
            finding: Finding::told(Verdict::NotAllowed, message, at),
            // The compiler's own words tell of modules that the learner's file has not.
            details: Vec::new(),
        }))
    }

    /// One attempt. Where the compiler gives up, the program is at fault only if the same compiler
    /// takes a program of one line in a moment; on a very slow machine, it has more time.
    fn by(
        &self,
        linking: Linking,
        attempt: &dyn Fn(Seconds) -> anyhow::Result<Attempt>,
    ) -> anyhow::Result<Attempt> {
        let first = attempt(self.usual)?;
        let Attempt::GaveUp(why) = first else {
            return Ok(first);
        };
        let works = |seconds| compiles(self.libraries, linking, &self.folder, seconds);
        if works(OF_ONE_LINE)? {
            Ok(Attempt::GaveUp(why))
        } else if works(PATIENT)? {
            attempt(PATIENT)
        } else {
            Ok(Attempt::Broken(message::program::compiler_gave_up(why)))
        }
    }
}

/// Compiles a program against the real std, to be run as it is: a folder with the executable, or what is
/// wrong, with the compiler's words.
///
/// # Errors
///
/// When nothing can be written, or the compiler not be started.
pub fn plainly(
    workspace: &Workspace,
    libraries: &Libraries,
    source: &Source,
) -> anyhow::Result<Result<Build, (Finding, Vec<String>)>> {
    let build = Build::start(&workspace.check_folder(), source)?;
    let failed = match build.to_run(libraries, PATIENT)? {
        Attempt::Done => return Ok(Ok(build)),
        Attempt::GaveUp(why) => gave_up(why),
        Attempt::Broken(reason) => broken(reason),
        Attempt::Errors(errors) => failed(Verdict::BuildError, "", &source.shown, &errors),
    };
    Ok(match failed {
        Compiled::Failed { finding, details } => Err((finding, details)),
        Compiled::Program(_) => Ok(build),
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
    let first = first(errors);
    // Where one of those that there are is missing, the program did away with it.
    let mut missing = errors.iter().filter_map(Diagnostic::missing_crate);
    let missing = missing.find(|name| !own::CRATES.contains(name));
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

/// What the compiler says first.
fn first(errors: &[Diagnostic]) -> &str {
    errors
        .first()
        .map_or(message::program::COMPILER_FAILED, |error| &error.message)
}

/// The first of the errors that is in the learner's own part.
fn in_own_part<'a>(source: &Source, errors: &'a [Diagnostic]) -> Option<&'a Diagnostic> {
    let lines = source
        .apart
        .as_ref()
        .map(|apart| apart.learner.lines().count());
    let is_own = |line: u32| lines.is_none_or(|lines| (line as usize) < lines);
    errors.iter().find(|error| {
        let place = error.place(&source.shown);
        place.is_some_and(|place| is_own(place.line))
    })
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

/// The compiler comes to no end with this text, whenever it is tried.
fn gave_up(why: &str) -> Compiled {
    let reason = message::program::compiler_gave_up(why);
    Compiled::Failed {
        finding: Finding::told(Verdict::BuildError, reason, None),
        details: Vec::new(),
    }
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
            if compiles(libraries, linking, folder, PATIENT).unwrap_or(false) {
                libraries.linking = linking;
                let possible = canary::is_possible(libraries);
                libraries.watches = possible && canary::works(libraries, folder);
                libraries.tells = libraries.watches && canary::tells(libraries, folder);
                libraries.counts = possible && canary::counts(libraries, folder);
                return;
            }
        }
    }
    // Nothing works. The first program will say why.
    libraries.contained = true;
}

/// Whether a small program compiles like this, and runs.
fn compiles(
    libraries: &Libraries,
    linking: Linking,
    folder: &Path,
    seconds: Seconds,
) -> anyhow::Result<bool> {
    let source = Source {
        text: "fn main() { println!(\"{}\", std::env::args().count()); }\n".to_owned(),
        apart: None,
        shown: FILE.to_owned(),
        crate_name: "probe".to_owned(),
        allow_unsafe: false,
        edition: Edition::default(),
    };
    let build = Build::start(folder, &source)?;
    let Attempt::Done = build.checked(libraries, linking, seconds)? else {
        return Ok(false);
    };
    let output = Command::new(build.program())
        .stdin(Stdio::null())
        .output()?;
    Ok(output.status.success() && output.stdout == b"1\n")
}
