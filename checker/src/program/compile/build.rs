//! The compilation of one program, in a folder of its own.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use sched_model::site::PART_OF;

use super::flags;
use super::process::{self, Attempt, Seconds};
use crate::facts::Edition;
use crate::message;
use crate::program::libraries::{Libraries, Linking};
use crate::program::sandbox::{self, Policy};
use crate::program::source::Source;
use crate::program::{lines, unsafe_code};
use crate::support::unfinished;

/// The variables that the compiler gets, to find the linker and libraries. A program can see these
/// by `env!`, and no others.
const VARIABLES: &[&str] = &["PATH", "LD_LIBRARY_PATH", "LIBRARY_PATH", "COMPILER_PATH"];
/// The prefix of the variables by which Nix tells its linker where things are.
const NIX: &str = "NIX_";
/// The name under which the compiler sees a program.
pub const FILE: &str = "program.rs";
/// The file in which the compiler prints the code that it made.
const CODE: &str = "program.ll";
/// The folder in which the parts of an exercise are modules.
const APART: &str = "apart";
/// The signatures that the given part relies on, of which nothing is the learner's.
pub const PROMISED: &str = "apart/promised.rs";

/// A folder of its own for one program's compilation, removed with this value.
pub struct Build {
    /// The folder.
    pub folder: unfinished::Folder,
    root: &'static str,
    /// The program's file, as reports name it.
    pub shown: String,
    crate_name: String,
    safe_flags: &'static [&'static str],
    edition: Edition,
    /// Whether the program names the crates `mp` and `serde`.
    named: [bool; 2],
    /// Whether it names `core`.
    names_core: bool,
}

impl Build {
    /// Writes the program into its folder.
    ///
    /// # Errors
    ///
    /// When that cannot be written.
    pub fn start(parent: &Path, source: &Source) -> anyhow::Result<Build> {
        let failed = || format!("failed to write to {}", parent.display());
        let folder = fs::create_dir_all(parent)
            .and_then(|()| unfinished::Folder::new(parent, 0o777))
            .with_context(failed)?;
        fs::write(folder.path().join(FILE), &source.text).with_context(failed)?;
        if let Some(apart) = &source.apart {
            apart
                .write(&folder.path().join(APART))
                .with_context(failed)?;
        }
        let (shown, crate_name) = (source.shown.clone(), source.crate_name.clone());
        Ok(Build {
            folder,
            root: source.apart.as_ref().map_or(FILE, |_| "apart/main.rs"),
            shown,
            crate_name,
            safe_flags: safe_flags(source),
            edition: source.edition,
            named: ["mp", "serde"].map(|name| unsafe_code::names(source, name)),
            names_core: unsafe_code::names(source, "core"),
        })
    }

    /// The executable, once there is one.
    pub fn program(&self) -> PathBuf {
        self.folder.path().join("program")
    }

    /// Compiles against the std that is under control.
    pub fn checked(
        &self,
        libraries: &Libraries,
        linking: Linking,
        seconds: Seconds,
    ) -> anyhow::Result<Attempt> {
        let mut command = self.command(self.root, libraries);
        command.args(["-o", "program"]).args(self.meant(libraries));
        if linking == Linking::Static {
            command.args(flags::STATIC).args(counted(libraries));
        }
        self.run(command, libraries, seconds)
    }

    /// The same static executable, with tables of lines.
    pub fn with_lines(&self, libraries: &Libraries, seconds: Seconds) -> anyhow::Result<Attempt> {
        let mut command = self.command(self.root, libraries);
        command
            .args(["-o", "program"])
            .args(self.meant(libraries))
            .args(flags::STATIC)
            .args(counted(libraries))
            .args(flags::LINES)
            .arg(self.folder_named());
        self.run(command, libraries, seconds)
    }

    /// The same for a static executable that tells of each access to memory.
    pub fn watched(&self, libraries: &Libraries, seconds: Seconds) -> anyhow::Result<Attempt> {
        self.telling(flags::WATCHED, libraries, seconds)
    }

    /// The same for one that tells of each access to an atomic, by whatever path.
    pub fn told(&self, libraries: &Libraries, seconds: Seconds) -> anyhow::Result<Attempt> {
        self.telling(flags::TOLD, libraries, seconds)
    }

    fn telling(
        &self,
        instrumented: &[&str],
        libraries: &Libraries,
        seconds: Seconds,
    ) -> anyhow::Result<Attempt> {
        let mut command = self.command(self.root, libraries);
        command
            .arg(format!("--emit=link=program,llvm-ir={CODE}"))
            .args(self.meant(libraries))
            .args(flags::STATIC)
            .args(instrumented)
            .args(flags::LINES)
            .arg(self.folder_named());
        self.run(command, libraries, seconds)
    }

    /// The flag by which tables of lines have another name for the folder, the same for all programs.
    fn folder_named(&self) -> OsString {
        let mut folder = OsString::from("--remap-path-prefix=");
        folder.push(self.folder.path());
        folder.push(format!("={}", lines::FOLDER));
        folder
    }

    /// Whether the executable made by [`Build::watched`] tells of all that may order accesses.
    pub fn tells_all(&self) -> bool {
        let code = fs::read_to_string(self.folder.path().join(CODE));
        code.is_ok_and(|code| !unsafe_code::is_beyond_telling(&code))
    }

    /// Only tests whether the program compiles as `cargo run` would compile it: to code, since some
    /// errors are found only where generic functions are made for their types.
    pub fn plain(&self, libraries: &Libraries, seconds: Seconds) -> anyhow::Result<Attempt> {
        let mut command = self.command(FILE, libraries);
        command.args(["-o", "plain.o", "--emit=obj"]);
        self.run(command, libraries, seconds)
    }

    /// Compiles against the real std, to an executable as `cargo run` makes it.
    pub fn to_run(&self, libraries: &Libraries, seconds: Seconds) -> anyhow::Result<Attempt> {
        let mut command = self.command(FILE, libraries);
        command.args(["-o", "program"]);
        self.run(command, libraries, seconds)
    }

    /// All that the compiler says of the program, warnings included; `None` if it does not end.
    pub fn said(&self, libraries: &Libraries) -> anyhow::Result<Option<String>> {
        let mut command = self.command(FILE, libraries);
        command
            .args(["-o", "plain.rmeta", "--emit=metadata"])
            .args(flags::WARNINGS);
        process::said(self.spawn(command, libraries)?, process::USUAL)
    }

    fn run(
        &self,
        command: Command,
        libraries: &Libraries,
        seconds: Seconds,
    ) -> anyhow::Result<Attempt> {
        process::run(self.spawn(command, libraries)?, seconds)
    }

    /// Starts the compiler. It reads a stranger's text, so it can access only the toolchain, the
    /// libraries and this folder.
    fn spawn(&self, mut command: Command, libraries: &Libraries) -> anyhow::Result<Child> {
        if !libraries.contained {
            if sandbox::required() {
                bail!(message::sandbox::compiler());
            }
            return command.spawn().context("failed to start rustc");
        }
        let mut reads = libraries.dependencies.clone();
        reads.extend(libraries.files().map(Path::to_owned));
        reads.extend(libraries.toolchain().map(Path::to_owned));
        let policy = Policy::compiler(self.folder.path(), reads);
        sandbox::spawn(&mut command, policy).context("failed to start rustc")
    }

    /// The arguments by which the checked std is what the program means, and is told what it computes.
    /// It is core, too, whose atomics it has; a program that does not name core is not told of a crate
    /// that it does not use.
    fn meant(&self, libraries: &Libraries) -> Vec<OsString> {
        let core = self.names_core.then_some("core=");
        let crates = ["std="].into_iter().chain(core);
        let crates = crates.map(|name| option(name, &libraries.std));
        let named = crates.flat_map(|it| ["--extern".into(), it]);
        let steps = if libraries.counts { flags::STEPS } else { &[] };
        let flags = flags::CHECKED.iter().chain(steps).map(OsString::from);
        named.chain(flags).collect()
    }

    fn command(&self, root: &str, libraries: &Libraries) -> Command {
        let shown = &self.shown;
        let named = |file: &str, part: &str| format!("--remap-path-prefix={file}={part}{shown}");
        let mut command = Command::new(&libraries.rustc);
        command
            .arg(root)
            .args(flags::ALL)
            .args(["--edition", self.edition.year()])
            .args(self.safe_flags)
            .args(["--crate-name", &self.crate_name])
            // Messages and panics name the learner's file.
            .args([FILE, "apart/program.rs"].map(|file| named(file, "")))
            .arg(named("apart/given.rs", PART_OF));
        let crates = [("mp=", &libraries.mp), ("serde=", &libraries.serde)];
        for ((name, file), is_named) in crates.into_iter().zip(self.named) {
            if is_named {
                command.arg("--extern").arg(option(name, file));
            }
        }
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

/// The flags that keep unsafe code out, where it is not allowed.
pub fn safe_flags(source: &Source) -> &'static [&'static str] {
    if source.allow_unsafe {
        &[]
    } else {
        flags::SAFE
    }
}

/// The flags by which a static executable tells of counts, if that works.
fn counted(libraries: &Libraries) -> &'static [&'static str] {
    if libraries.counts {
        flags::COUNTED
    } else {
        &[]
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
