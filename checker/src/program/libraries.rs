//! The libraries that programs are compiled against: built by cargo, then found again without it.
//!
//! A stamp file remembers what cargo built from which inputs. While none of them changed, a check
//! reads the stamp and starts neither cargo nor rustc's version query.

use std::ffi::OsStr;
use std::fs::{self, Metadata};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant, UNIX_EPOCH};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use crate::course::workspace::Workspace;
use crate::message;
use crate::program::compile;
use crate::program::toolchain;
use crate::support::write;

/// Folders whose files the libraries are built from.
const SOURCES: &[&str] = &["checker/sched", "checker/mp", "checker/std"];
/// Files that choose versions, profile and toolchain.
const SETTINGS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "rust-toolchain",
];
/// Variables by which someone can choose another toolchain.
const VARIABLES: &[&str] = &["RUSTC", "RUSTUP_TOOLCHAIN"];
/// Flags meant for the checker itself, such as coverage, which would change checked programs.
const FOREIGN_FLAGS: &[&str] = &[
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
];
/// A build that takes longer than this shows what cargo says.
const QUIET: Duration = Duration::from_secs(1);

/// How checked programs are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Linking {
    /// With a static libc: forks are about a quarter cheaper.
    Static,
    /// Where there is no static libc.
    Dynamic,
}

/// What a program is compiled with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Libraries {
    /// The compiler that built the libraries; no other can read them.
    pub rustc: PathBuf,
    /// The crate that stands in for std.
    pub std: PathBuf,
    /// The crate `mp`.
    pub mp: PathBuf,
    /// The crate `serde`, which turns messages into bytes.
    pub serde: PathBuf,
    /// Folders of the crates that these two use.
    pub dependencies: Vec<PathBuf>,
    /// How checked programs are linked.
    pub linking: Linking,
    /// Whether the compiler works when it is contained.
    pub contained: bool,
    /// Size and time of the files above, by which a change is noticed.
    pub marks: Vec<Mark>,
}

impl Libraries {
    /// The libraries' own files.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        [&self.std, &self.mp, &self.serde]
            .into_iter()
            .map(PathBuf::as_path)
    }

    /// The folder of the toolchain that the compiler belongs to.
    pub fn toolchain(&self) -> Option<&Path> {
        self.rustc.parent()?.parent().filter(|it| it.is_absolute())
    }
}

/// A file as it was when it was looked at.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mark {
    path: PathBuf,
    bytes: u64,
    modified_ns: u128,
}

impl PartialEq for Mark {
    fn eq(&self, other: &Mark) -> bool {
        const SECOND: u128 = 1_000_000_000;
        // A layer of a container's image keeps whole seconds.
        let times = [self.modified_ns, other.modified_ns];
        let rounded = times.iter().any(|time| time % SECOND == 0);
        let same = times[0] == times[1] || rounded && times[0] / SECOND == times[1] / SECOND;
        (&self.path, self.bytes, same) == (&other.path, other.bytes, true)
    }
}

/// What the stamp file holds.
#[derive(Serialize, Deserialize)]
struct Stamp {
    inputs: Inputs,
    libraries: Libraries,
}

/// Everything that the libraries depend on besides the toolchain's own files.
#[derive(PartialEq, Serialize, Deserialize)]
struct Inputs {
    settings: Vec<Option<String>>,
    variables: Vec<Option<String>>,
    sources: Vec<Mark>,
}

/// Finds the libraries, building them where anything changed.
pub fn find(workspace: &Workspace) -> anyhow::Result<Libraries> {
    let inputs = Inputs::read(&workspace.root)?;
    if let Some(libraries) = remembered(workspace, &inputs) {
        return Ok(libraries);
    }
    let libraries = build(workspace)?;
    // Cargo may have written Cargo.lock.
    let stamp = Stamp {
        inputs: Inputs::read(&workspace.root)?,
        libraries,
    };
    let text = serde_json::to_string(&stamp).context("failed to write the stamp")?;
    // Another check never reads half of it.
    write::whole(&stamp_file(workspace), text)?;
    Ok(stamp.libraries)
}

fn remembered(workspace: &Workspace, inputs: &Inputs) -> Option<Libraries> {
    let text = fs::read_to_string(stamp_file(workspace)).ok()?;
    let stamp: Stamp = serde_json::from_str(&text).ok()?;
    let unchanged = |mark: &Mark| Mark::of(&mark.path).as_ref() == Some(mark);
    (stamp.inputs == *inputs && stamp.libraries.marks.iter().all(unchanged))
        .then_some(stamp.libraries)
}

fn target_folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target/checked")
}

fn stamp_file(workspace: &Workspace) -> PathBuf {
    target_folder(workspace).join("course.json")
}

impl Mark {
    fn of(path: &Path) -> Option<Mark> {
        Some(Mark::from_metadata(path, &fs::metadata(path).ok()?))
    }

    fn from_metadata(path: &Path, metadata: &Metadata) -> Mark {
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Mark {
            path: path.to_owned(),
            bytes: metadata.len(),
            modified_ns: modified.map_or(0, |time| time.as_nanos()),
        }
    }
}

impl Inputs {
    fn read(root: &Path) -> anyhow::Result<Inputs> {
        let mut sources = Vec::new();
        for folder in SOURCES {
            marks_below(&root.join(folder), &mut sources)
                .with_context(|| format!("failed to look through {folder}"))?;
        }
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Inputs {
            settings: SETTINGS
                .iter()
                .map(|file| fs::read_to_string(root.join(file)).ok())
                .collect(),
            variables: VARIABLES
                .iter()
                .map(|name| std::env::var(name).ok())
                .collect(),
            sources,
        })
    }
}

fn marks_below(folder: &Path, marks: &mut Vec<Mark>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        if metadata.is_dir() {
            marks_below(&entry.path(), marks)?;
        } else {
            marks.push(Mark::from_metadata(&entry.path(), &metadata));
        }
    }
    Ok(())
}

/// Which part of a package it is.
#[derive(Default, Deserialize)]
struct Target {
    name: String,
}

/// What cargo says about one thing that it built.
#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    #[serde(default)]
    target: Target,
    #[serde(default)]
    filenames: Vec<PathBuf>,
}

fn build(workspace: &Workspace) -> anyhow::Result<Libraries> {
    if let Some(problem) = toolchain::problem(&workspace.root) {
        bail!(message::init::rust(&problem));
    }
    let target = target_folder(workspace);
    fs::create_dir_all(&target)
        .with_context(|| message::init::no_target(&workspace.relative(&target)))?;
    let messages = run_cargo(workspace, &target)?;
    let library = |member: &str| {
        let manifest = Path::new(member).join("Cargo.toml");
        let built = messages
            .iter()
            .filter(|message| message.manifest_path.ends_with(&manifest));
        let found = built
            .flat_map(|message| &message.filenames)
            .find(|path| is_rlib(path));
        found
            .cloned()
            .with_context(|| format!("cargo did not say where it put {member}"))
    };
    let (std, mp, rustc) = (
        library("checker/std")?,
        library("checker/mp")?,
        rustc(workspace)?,
    );
    let serde = messages
        .iter()
        .filter(|message| message.target.name == "serde")
        .flat_map(|message| &message.filenames)
        .find(|path| is_rlib(path));
    let serde = serde
        .cloned()
        .context("cargo did not say where it put serde")?;
    let dependencies = folders(&messages, &std);
    let marks = [&rustc, &std, &mp, &serde]
        .into_iter()
        .filter_map(|path| Mark::of(path))
        .collect();
    let linking = Linking::Dynamic;
    let mut libraries = Libraries {
        rustc,
        std,
        mp,
        serde,
        dependencies,
        linking,
        contained: true,
        marks,
    };
    compile::probe(&mut libraries, &target);
    Ok(libraries)
}

/// The folders in which the compiler finds what the libraries use.
fn folders(messages: &[Message], member: &Path) -> Vec<PathBuf> {
    let rlibs = messages
        .iter()
        .flat_map(|message| &message.filenames)
        .filter(|path| is_rlib(path));
    let mut folders: Vec<PathBuf> = rlibs
        .filter_map(|path| path.parent())
        .map(Path::to_owned)
        .collect();
    // Cargo names the members' files beside `deps`; what they use lies inside.
    folders.extend(member.parent().map(|folder| folder.join("deps")));
    folders.sort();
    folders.dedup();
    folders
}

fn is_rlib(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("rlib"))
}

/// The compiler that cargo used, without rustup's proxy, which costs milliseconds a call.
fn rustc(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    let asked = toolchain::rustc();
    let output = Command::new(&asked)
        .args(["--print", "sysroot"])
        .current_dir(&workspace.root)
        .output()
        .context("failed to start rustc")?;
    let sysroot = String::from_utf8_lossy(&output.stdout);
    let direct = Path::new(sysroot.trim()).join("bin/rustc");
    if output.status.success() && direct.is_file() {
        return Ok(direct);
    }
    Ok(PathBuf::from(asked))
}

/// Runs cargo and gives back its messages.
fn run_cargo(workspace: &Workspace, target: &Path) -> anyhow::Result<Vec<Message>> {
    let mut command = Command::new(toolchain::cargo());
    command
        .args([
            "build",
            "--profile",
            "checked",
            "-p",
            "checked-std",
            "-p",
            "mp",
            "--lib",
        ])
        .arg("--message-format=json-render-diagnostics")
        .arg("--target-dir")
        .arg(target)
        .current_dir(&workspace.root)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for variable in FOREIGN_FLAGS {
        command.env_remove(variable);
    }
    let mut child = command.spawn().context("failed to start cargo")?;
    let mut stdout = child
        .stdout
        .take()
        .context("cargo has no standard output")?;
    let stderr = child.stderr.take().context("cargo has no standard error")?;
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let said = follow(BufReader::new(stderr));
    let status = child.wait().context("failed to wait for cargo")?;
    let text = reader
        .join()
        .ok()
        .context("failed to read what cargo says")??;
    if !status.success() {
        bail!(message::init::not_built(&said));
    }
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    Ok(messages
        .filter(|message: &Message| message.reason == "compiler-artifact")
        .collect())
}

/// Collects what cargo says, and passes it on to the user once it takes long.
fn follow(stderr: impl BufRead + Send + 'static) -> String {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || {
        // The receiver stays until this end is dropped.
        stderr
            .lines()
            .map_while(Result::ok)
            .try_for_each(|line| sender.send(line))
    });
    let started = Instant::now();
    let mut said: Vec<String> = Vec::new();
    let mut shown = None;
    loop {
        match lines.recv_timeout(QUIET.saturating_sub(started.elapsed()).max(QUIET / 10)) {
            Ok(line) => said.push(line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return said.join("\n"),
        }
        if started.elapsed() >= QUIET {
            let from = shown.unwrap_or_else(|| {
                eprintln!("Building the libraries that programs are checked with (once) ...");
                0
            });
            said[from..].iter().for_each(|line| eprintln!("{line}"));
            shown = Some(said.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_file_has_another_mark() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("a/lib.rs");
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "one").expect("a file");
        let marks = || {
            let mut marks = Vec::new();
            marks_below(folder.path(), &mut marks).expect("can be read");
            marks
        };
        let before = marks();
        assert_eq!(before, marks());
        fs::write(&file, "other").expect("a file");
        assert_ne!(before, marks());
    }

    #[test]
    fn a_time_without_fractions_may_have_lost_them() {
        let mark = |modified_ns| Mark {
            path: "a".into(),
            bytes: 3,
            modified_ns,
        };
        assert_eq!(mark(5_123_456_789), mark(5_000_000_000));
        assert_eq!(mark(5_000_000_000), mark(5_123_456_789));
        assert_ne!(mark(5_123_456_789), mark(5_123_456_788));
        assert_ne!(mark(5_123_456_789), mark(6_000_000_000));
    }

    #[test]
    fn marks_survive_the_stamp_file() {
        let mark = Mark {
            path: "a".into(),
            bytes: 3,
            modified_ns: u128::from(u64::MAX) + 1,
        };
        let text = serde_json::to_string(&mark).expect("is written");
        assert_eq!(serde_json::from_str::<Mark>(&text).expect("is read"), mark);
    }
}
