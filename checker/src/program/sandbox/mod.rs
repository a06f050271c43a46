//! Contains what learners write: the compiler that reads it, and the programs that come of it.
//!
//! A thread gives up rights for good and then starts the compiler or the program, which therefore
//! never has them; this needs no further process. There are several layers, and each works without
//! the others. Which ones exist depends on the kernel and on where `course` itself runs.
//! `checker/SECURITY.md` says what each layer is for, and what remains possible.

mod calls;
mod files;
mod privileges;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, OnceLock};

use anyhow::{Context, bail};
use sched_host::Confine;

use crate::facts::containment::{Mode, Told};
use crate::message;

/// Chosen once, before anything is run, for everything that this process starts.
static MODE: OnceLock<Mode> = OnceLock::new();

/// Chooses how much containment there is to be. Only the first choice counts.
///
/// # Errors
///
/// When all layers are required and one is missing.
pub fn choose(mode: Mode) -> anyhow::Result<()> {
    let mode = *MODE.get_or_init(|| mode);
    if mode == Mode::Required {
        let missing = available().missing();
        if !missing.is_empty() {
            bail!(message::sandbox::missing(&missing));
        }
    }
    Ok(())
}

fn mode() -> Mode {
    *MODE.get_or_init(Mode::default)
}

/// Whether the compiler must not run uncontained.
pub fn required() -> bool {
    mode() == Mode::Required
}

/// What is between a program and everything else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layers {
    /// The version of Landlock, 0 for none: files and, since 6, signals.
    landlock: u8,
    /// Whether system calls are filtered: network, namespaces, looking into other processes.
    calls: bool,
    /// Whether rights of root are gone.
    privileges: bool,
    /// Whether each run of a program is kept from the program's server.
    runs: bool,
}

/// The version of Landlock that knows about truncating, without which files are not safe.
const FILES_SINCE: u8 = 3;
/// The version of Landlock that knows about signals.
const SIGNALS_SINCE: u8 = 6;

impl Layers {
    fn named(self) -> [(&'static str, bool); 5] {
        [
            ("files", self.landlock >= FILES_SINCE),
            ("signals", self.landlock >= SIGNALS_SINCE && self.runs),
            ("network", self.calls),
            (message::sandbox::CALLS, self.calls),
            ("privileges", self.privileges),
        ]
    }

    /// The names of the layers that are there.
    pub fn active(self) -> Vec<&'static str> {
        let named = self.named().into_iter();
        named.filter(|(_, is)| *is).map(|(name, _)| name).collect()
    }

    /// The names of the others.
    pub fn missing(self) -> Vec<&'static str> {
        let named = self.named().into_iter();
        named.filter(|(_, is)| !*is).map(|(name, _)| name).collect()
    }
}

/// The layers that contained learners' programs in this process's checks.
pub fn told() -> Told {
    let layers = match mode() {
        Mode::Off => Layers::default(),
        Mode::On | Mode::Required => available(),
    };
    Told {
        mode: mode(),
        active: layers.active(),
        missing: layers.missing(),
        landlock: layers.landlock,
    }
}

/// The layers that work on this machine: tried once, on a thread that does nothing else.
pub fn available() -> Layers {
    static AVAILABLE: OnceLock<Layers> = OnceLock::new();
    let policy = Policy::default();
    *AVAILABLE.get_or_init(|| {
        let tried = || {
            let layers = policy.apply();
            // Inside all the others, as a run is.
            let runs = sched_host::can_contain_runs();
            Layers { runs, ..layers }
        };
        std::thread::scope(|scope| scope.spawn(tried).join()).unwrap_or_default()
    })
}

/// What may be used in addition to what every program may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// To read and to run, with all that lies below.
    reads: Vec<PathBuf>,
    /// To do anything with what lies below.
    owns: Vec<PathBuf>,
    /// To remove folders from, if they are empty.
    tidies: Vec<PathBuf>,
    /// Whether it may look at `/proc`.
    processes: bool,
    /// Whether owners and permissions of files may be changed, which Landlock does not control.
    attributes: bool,
}

/// Where compilers, linkers and their libraries lie.
const SYSTEM: &[&str] = &[
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/opt",
    "/nix/store",
    "/gnu/store",
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/ld.so.preload",
    "/etc/alternatives",
];

impl Policy {
    /// For a compiler that reads a program in `folder` and writes there.
    pub fn compiler(folder: &Path, reads: impl IntoIterator<Item = PathBuf>) -> Policy {
        let path = std::env::var_os("PATH").unwrap_or_default();
        // An empty or relative entry depends on the folder in which `course` was called.
        let tools = std::env::split_paths(&path).filter(|folder| folder.is_absolute());
        let system = SYSTEM.iter().map(PathBuf::from);
        Policy {
            reads: system.chain(tools).chain(reads).collect(),
            owns: vec![folder.to_owned()],
            attributes: true,
            ..Policy::default()
        }
    }

    /// For a checked program that works in `folder`.
    pub fn program(program: &Path, folder: &Path) -> Policy {
        let dynamic = needs_libraries(program);
        let system = SYSTEM.iter().filter(|_| dynamic).map(PathBuf::from);
        Policy {
            reads: system.chain([program.to_owned()]).collect(),
            owns: vec![folder.to_owned()],
            // Its server removes the folder and the one around it at the end; its runs cannot.
            tidies: folder
                .ancestors()
                .skip(1)
                .take(2)
                .map(Path::to_owned)
                .collect(),
            processes: true,
            attributes: false,
        }
    }

    /// Gives up all other rights of the calling thread, for good.
    fn apply(&self) -> Layers {
        // First, because the others take away what it needs.
        let privileges = privileges::drop_them().is_ok();
        Layers {
            landlock: files::restrict(self).unwrap_or(0),
            calls: calls::filter(self.attributes).is_ok(),
            privileges,
            // Not of this thread, which is not the run's.
            runs: true,
        }
    }

    /// What a thread is to do before it starts a program; `None` to do nothing.
    pub fn confine(self) -> Option<Confine> {
        let required = match mode() {
            Mode::Off => return None,
            Mode::On => false,
            Mode::Required => true,
        };
        let give_up = move || {
            let missing = self.apply().missing();
            if required && !missing.is_empty() {
                return Err(io::Error::other(message::sandbox::missing(&missing)));
            }
            Ok(())
        };
        Some(Confine {
            give_up: Arc::new(give_up),
            required,
        })
    }
}

/// Whether a program is started by the system's dynamic linker, whose path then stands near its
/// beginning (elf(5), `PT_INTERP`). A file that cannot be read is treated as such a program.
fn needs_libraries(program: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(program).and_then(|file| file.take(START_BYTES).read_to_end(&mut start));
    read.is_err() || start.windows(4).any(|window| window == b"/ld-")
}

/// The headers of a program and what comes right after them.
const START_BYTES: u64 = 4096;

/// Starts a command that may do only what the policy allows.
///
/// # Errors
///
/// When it cannot be started, or a layer that is required is missing.
pub fn spawn(command: &mut Command, policy: Policy) -> anyhow::Result<Child> {
    let Some(confine) = policy.confine() else {
        return Ok(command.spawn()?);
    };
    let start = || (confine.give_up)().and_then(|()| command.spawn());
    let child = std::thread::scope(|scope| scope.spawn(start).join());
    let child = child
        .ok()
        .context("failed to start it on a thread of its own")?;
    Ok(child?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str, policy: Policy) -> String {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).env_clear();
        command.stdout(std::process::Stdio::piped());
        let child = spawn(&mut command, policy).expect("is started");
        let output = child.wait_with_output().expect("ends");
        String::from_utf8(output.stdout).expect("is text")
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary folder")
    }

    #[test]
    fn a_contained_command_writes_into_its_folder_and_nowhere_else() {
        let (own, other) = (folder(), folder());
        let script = format!(
            "echo yes > {0}/file && cat {0}/file; echo no > {1}/file && cat {1}/file",
            own.path().display(),
            other.path().display()
        );
        let said = run(&script, Policy::compiler(own.path(), []));
        if available().missing().contains(&"files") {
            return println!("not tested: no Landlock here");
        }
        assert_eq!(said, "yes\n");
        assert!(!other.path().join("file").exists());
    }

    #[test]
    fn a_contained_command_reads_no_passwords_and_no_processes() {
        let own = folder();
        let script = "cat /etc/passwd /proc/self/environ && echo read";
        let said = run(script, Policy::compiler(own.path(), []));
        if available().missing().contains(&"files") {
            return println!("not tested: no Landlock here");
        }
        assert_eq!(said, "");
    }

    #[test]
    fn a_contained_command_has_no_rights_of_root() {
        let policy = Policy {
            processes: true,
            ..Policy::compiler(folder().path(), [])
        };
        let said = run(
            "grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status",
            policy,
        );
        let value = |name: &str| {
            let mut lines = said.lines();
            let line = lines.find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_start_matches(':').trim().to_owned())
        };
        let kept = value("CapEff").map(|bits| u64::from_str_radix(&bits, 16).expect("bits"));
        assert!(kept.is_some_and(|bits| bits & !2 == 0), "{said}");
        assert_eq!(value("NoNewPrivs").as_deref(), Some("1"), "{said}");
        assert_eq!(value("Seccomp").as_deref(), Some("2"), "{said}");
    }

    #[test]
    fn this_thread_keeps_its_rights_when_another_gives_its_up() {
        let _ = available();
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "text").expect("can be written");
    }

    #[test]
    fn each_layer_is_either_there_or_missing() {
        let none = Layers::default();
        assert!(none.active().is_empty());
        let old = Layers {
            landlock: 5,
            calls: true,
            privileges: true,
            runs: true,
        };
        assert_eq!(old.missing(), ["signals"]);
        assert_eq!(old.active().len() + 1, none.missing().len());
    }
}
