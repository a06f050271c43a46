//! The compiler: from a program's text to an executable, or to what is wrong with it.
//!
//! Programs are compiled by rustc directly, not by cargo: no build script and no procedural macro
//! of a learner's own ever runs. An executable is kept as long as text and libraries are the same.

mod cache;
mod diagnostic;
pub mod flags;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use self::cache::Cache;
use self::diagnostic::Diagnostic;
use crate::course::workspace::Workspace;
use crate::facts::{Finding, Verdict};
use crate::message;
use crate::program::libraries::{Libraries, Linking};
use crate::program::sandbox::{self, Policy};
use crate::program::source::Source;
use crate::support::unfinished;

/// Only the evaluation of endless constants can make the compiler hang.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Memory of the compiler, a multiple of what any exercise needs.
const MEMORY: u64 = 4 << 30;
/// Size of a file that the compiler writes.
const FILE_SIZE: u64 = 1 << 30;
/// More is never said of a program that a person wrote.
const MOST_SAID: u64 = 8 << 20;
/// The variables that the compiler gets, to find the linker and libraries. A program can see these
/// by `env!`, and no others.
const VARIABLES: &[&str] = &["PATH", "LD_LIBRARY_PATH", "LIBRARY_PATH", "COMPILER_PATH"];
/// The prefix of the variables by which Nix tells its linker where things are.
const NIX: &str = "NIX_";
/// The name under which the compiler sees a program.
const FILE: &str = "program.rs";

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

/// What one call of the compiler came to.
enum Attempt {
    Done,
    Errors(Vec<Diagnostic>),
    /// It crashed or did not come to an end.
    Broken(String),
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
            let prefix = message::program::NOT_FOR_THE_CHECK;
            failed(Verdict::Inconclusive, prefix, &source.shown, &errors)
        }
    })
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

/// A folder of its own for one program's compilation, removed with this value.
struct Build {
    folder: unfinished::Folder,
    shown: String,
    crate_name: String,
    safe_flags: &'static [&'static str],
}

impl Build {
    fn start(parent: &Path, source: &Source) -> anyhow::Result<Build> {
        let failed = || format!("failed to write to {}", parent.display());
        let folder = fs::create_dir_all(parent)
            .and_then(|()| unfinished::Folder::new(parent, 0o777))
            .with_context(failed)?;
        fs::write(folder.path().join(FILE), &source.text).with_context(failed)?;
        let (shown, crate_name) = (source.shown.clone(), source.crate_name.clone());
        Ok(Build {
            folder,
            shown,
            crate_name,
            safe_flags: safe_flags(source),
        })
    }

    fn program(&self) -> PathBuf {
        self.folder.path().join("program")
    }

    /// Compiles against the std that is under control.
    fn checked(&self, libraries: &Libraries, linking: Linking) -> anyhow::Result<Attempt> {
        let mut command = self.command(libraries);
        command
            .args(["-o", "program", "--extern"])
            .arg(option("std=", &libraries.std))
            .args(flags::CHECKED);
        if linking == Linking::Static {
            command.args(flags::STATIC);
        }
        self.run(command, libraries)
    }

    /// Only tests whether the program compiles as `cargo run` would compile it.
    fn plain(&self, libraries: &Libraries) -> anyhow::Result<Attempt> {
        let mut command = self.command(libraries);
        command.args(["-o", "plain.rmeta", "--emit=metadata"]);
        self.run(command, libraries)
    }

    /// Runs the compiler. It reads a stranger's text, so it can access only the toolchain, the
    /// libraries and this folder.
    fn run(&self, mut command: Command, libraries: &Libraries) -> anyhow::Result<Attempt> {
        if !libraries.contained {
            if sandbox::required() {
                bail!(message::sandbox::compiler());
            }
            return run(command.spawn().context("failed to start rustc")?);
        }
        let mut reads = libraries.dependencies.clone();
        reads.extend(libraries.files().map(Path::to_owned));
        reads.extend(libraries.toolchain().map(Path::to_owned));
        let policy = Policy::compiler(self.folder.path(), reads);
        run(sandbox::spawn(&mut command, policy).context("failed to start rustc")?)
    }

    fn command(&self, libraries: &Libraries) -> Command {
        let mut command = Command::new(&libraries.rustc);
        command
            .arg(FILE)
            .args(flags::ALL)
            .args(self.safe_flags)
            .args(["--crate-name", &self.crate_name])
            // Messages and panics name the learner's file.
            .arg(format!("--remap-path-prefix={FILE}={}", self.shown))
            .arg("--extern")
            .arg(option("mp=", &libraries.mp))
            .arg("--extern")
            .arg(option("serde=", &libraries.serde));
        for folder in &libraries.dependencies {
            command.arg("-L").arg(option("dependency=", folder));
        }
        command
            .current_dir(self.folder.path())
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| is_needed(name)))
            // The compiler's own temporary files go when the folder goes.
            .env("TMPDIR", self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        command
    }
}

fn safe_flags(source: &Source) -> &'static [&'static str] {
    if source.allow_unsafe {
        &[]
    } else {
        flags::SAFE
    }
}

fn option(name: &str, path: &Path) -> OsString {
    let mut option = OsString::from(name);
    option.push(path);
    option
}

fn is_needed(variable: &OsStr) -> bool {
    let name = variable.to_string_lossy();
    VARIABLES.contains(&&*name) || name.starts_with(NIX)
}

/// Limits what a compiler uses. It has not read anything yet.
fn limit(child: &Child) {
    let limits = [
        (Resource::As, MEMORY),
        (Resource::Fsize, FILE_SIZE),
        (Resource::Cpu, 2 * TIMEOUT.as_secs()),
        (Resource::Core, 0),
    ];
    for (resource, most) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // Where less is allowed already, that is fine.
        let _ = prlimit(Some(Pid::from_child(child)), resource, limit);
    }
}

fn run(mut child: Child) -> anyhow::Result<Attempt> {
    limit(&child);
    let said = listen(&mut child)?;
    let Some(said) = wait_for(&said) else {
        child
            .kill()
            .and_then(|()| child.wait())
            .context("failed to stop rustc")?;
        if crate::support::interrupt::requested() {
            bail!("interrupted");
        }
        let reason = message::program::compiler_hangs(TIMEOUT);
        return Ok(Attempt::Broken(reason));
    };
    let status = child.wait().context("failed to wait for rustc")?;
    if status.success() {
        return Ok(Attempt::Done);
    }
    let errors = diagnostic::errors(&said);
    if errors.is_empty() {
        return Ok(Attempt::Broken(message::program::compiler_crashed(status)));
    }
    Ok(Attempt::Errors(errors))
}

/// What the compiler says; `None` if it takes too long, or is no longer needed.
fn wait_for(said: &mpsc::Receiver<String>) -> Option<String> {
    let started = Instant::now();
    loop {
        match said.recv_timeout(Duration::from_millis(20)) {
            Ok(said) => return Some(said),
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {}
        }
        if started.elapsed() > TIMEOUT || crate::support::interrupt::requested() {
            return None;
        }
    }
}

/// Everything the compiler says, available once it has closed its standard error.
fn listen(child: &mut Child) -> anyhow::Result<mpsc::Receiver<String>> {
    let stderr = child.stderr.take().context("failed to listen to rustc")?;
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // If reading fails, what was read so far is used. After a timeout nobody receives it.
        let _ = stderr.take(MOST_SAID).read_to_end(&mut bytes);
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    Ok(receiver)
}
