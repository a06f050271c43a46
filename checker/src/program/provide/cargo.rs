//! Cargo, which builds the libraries and says where it put them.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::course::workspace::Workspace;
use crate::message;
use crate::program::libraries::{Libraries, Linking};
use crate::program::mark::Mark;
use crate::program::toolchain;

/// Flags meant for the checker itself, such as coverage, which would change checked programs.
const FOREIGN_FLAGS: &[&str] = &[
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
];
/// A build that takes longer than this shows what cargo says.
const QUIET: Duration = Duration::from_secs(1);

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

/// Builds the libraries. How programs are linked with them is found out later.
///
/// # Errors
///
/// When there is no Rust, or cargo fails.
pub fn build(workspace: &Workspace, target: &Path) -> anyhow::Result<Libraries> {
    if let Some(problem) = toolchain::problem(&workspace.root) {
        bail!(message::init::rust(&problem));
    }
    fs::create_dir_all(target)
        .with_context(|| message::init::no_target(&workspace.relative(target)))?;
    let messages = run_cargo(workspace, target)?;
    let member = |folder: &str| {
        let manifest = Path::new(folder).join("Cargo.toml");
        rlib(&messages, folder, &|it| {
            it.manifest_path.ends_with(&manifest)
        })
    };
    let (std, mp) = (member("checker/std")?, member("checker/mp")?);
    let rustc = rustc(workspace)?;
    let serde = rlib(&messages, "serde", &|it| it.target.name == "serde")?;
    let dependencies = folders(&messages, &std);
    let marks = [&rustc, &std, &mp, &serde]
        .into_iter()
        .filter_map(|path| Mark::of(path))
        .collect();
    Ok(Libraries {
        rustc,
        std,
        mp,
        serde,
        dependencies,
        linking: Linking::Dynamic,
        contained: true,
        marks,
    })
}

/// The library that a message from cargo is about.
fn rlib(
    messages: &[Message],
    name: &str,
    wanted: &dyn Fn(&Message) -> bool,
) -> anyhow::Result<PathBuf> {
    let wanted = messages.iter().filter(|message| wanted(message));
    let mut files = wanted.flat_map(|message| &message.filenames);
    let found = files.find(|path| is_rlib(path));
    found
        .cloned()
        .with_context(|| message::program::built_nowhere(name))
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

/// The compiler that cargo used, without rustup's proxy, which costs milliseconds at each call.
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

/// The call of cargo that builds the libraries.
fn command(workspace: &Workspace, target: &Path) -> Command {
    let mut command = Command::new(toolchain::cargo());
    command
        .args(["build", "--profile", "checked", "--lib"])
        .args(["-p", "checked-std", "-p", "mp"])
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
    command
}

/// Runs cargo and gives back its messages.
fn run_cargo(workspace: &Workspace, target: &Path) -> anyhow::Result<Vec<Message>> {
    let mut command = command(workspace, target);
    let mut child = command.spawn().context("failed to start cargo")?;
    let mut stdout = child.stdout.take().context("failed to listen to cargo")?;
    let stderr = child.stderr.take().context("failed to listen to cargo")?;
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

/// Collects what cargo says, and shows it to the user if it takes long.
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
                eprintln!("{}", message::program::building_libraries());
                0
            });
            said[from..].iter().for_each(|line| eprintln!("{line}"));
            shown = Some(said.len());
        }
    }
}
