//! Cargo, which builds the libraries and says where it put them.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use anyhow::{Context, bail};
use serde::Deserialize;

use crate::course::workspace::Workspace;
use crate::facts::progress::{Progress, Stage, Tell};
use crate::message;
use crate::program::compile::FRAME_POINTERS;
use crate::program::libraries::{Libraries, Linking};
use crate::program::mark::Mark;
use crate::program::toolchain;
use crate::support::interrupt;

/// Flags meant for the checker itself, such as coverage, which would change checked programs.
const FOREIGN_FLAGS: &[&str] = &[
    "RUSTFLAGS",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_BUILD_RUSTFLAGS",
    "CARGO_BUILD_TARGET",
];
/// The profile that the libraries are built with.
pub const PROFILE: &str = "checked";
/// How often to see whether the libraries are still wanted.
const LOOKS: Duration = Duration::from_millis(50);

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
pub fn build(workspace: &Workspace, target: &Path, tell: Tell) -> anyhow::Result<Libraries> {
    if let Some(problem) = toolchain::problem(&workspace.root) {
        bail!(message::init::rust(&problem));
    }
    fs::create_dir_all(target)
        .with_context(|| message::init::no_target(&workspace.relative(target)))?;
    let messages = run_cargo(workspace, target, tell)?;
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
        watches: false,
        tells: false,
        counts: false,
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
        .args(["build", "--profile", PROFILE, "--lib"])
        .args(["-p", "checked-std", "-p", "mp"])
        .arg("--message-format=json-render-diagnostics")
        .arg("--target-dir")
        .arg(target)
        .current_dir(&workspace.root)
        // It says how far it is although nobody looks at a terminal.
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "80")
        .env("CARGO_TERM_COLOR", "never")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for variable in FOREIGN_FLAGS {
        command.env_remove(variable);
    }
    command.env("CARGO_ENCODED_RUSTFLAGS", FRAME_POINTERS);
    command
}

/// Runs cargo and gives back its messages.
fn run_cargo(workspace: &Workspace, target: &Path, tell: Tell) -> anyhow::Result<Vec<Message>> {
    let mut command = command(workspace, target);
    let mut child = command.spawn().context("failed to start cargo")?;
    let mut stdout = child.stdout.take().context("failed to listen to cargo")?;
    let stderr = child.stderr.take().context("failed to listen to cargo")?;
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).map(|_| text)
    });
    let said = follow(BufReader::new(stderr), tell, &mut child);
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

/// Collects what cargo says, apart from how far it is, which is told. What nobody wants any more is
/// ended; cargo goes on later where it was.
fn follow(stderr: impl BufRead + Send + 'static, tell: Tell, cargo: &mut Child) -> String {
    let (sender, pieces) = mpsc::channel();
    // The receiver stays until this end is dropped.
    std::thread::spawn(move || each_piece(stderr, |piece, end| sender.send((piece, end)).is_ok()));
    let mut said = Vec::new();
    loop {
        match pieces.recv_timeout(LOOKS) {
            Ok((piece, end)) => match far(&piece) {
                Some(progress) => tell(progress),
                // What is to be drawn over says nothing else.
                None if end == b'\r' => {}
                None => said.push(piece),
            },
            Err(RecvTimeoutError::Timeout) if interrupt::requested() => {
                // If it has just ended, so much the better.
                let _ = cargo.kill();
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return said.join("\n"),
        }
    }
}

/// Passes on each piece of what is read, without colours, and how it ended: by the end of a line, or by a
/// return to its beginning. Until nobody takes any more.
fn each_piece(mut said: impl BufRead, mut take: impl FnMut(String, u8) -> bool) {
    let mut piece = Vec::new();
    loop {
        let bytes = match said.fill_buf() {
            Ok(bytes) if !bytes.is_empty() => bytes,
            _ => return,
        };
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let end = bytes.iter().position(ends);
        piece.extend_from_slice(&bytes[..end.unwrap_or(bytes.len())]);
        let (taken, end) = match end {
            Some(at) => (at + 1, Some(bytes[at])),
            None => (bytes.len(), None),
        };
        said.consume(taken);
        if let Some(end) = end {
            let text = String::from_utf8_lossy(&piece);
            let text = anstream::adapter::strip_str(&text).to_string();
            if !take(text, end) {
                return;
            }
            piece.clear();
        }
    }
}

/// How far cargo is, if that is what it says: `Building [====>   ] 12/34: serde`.
fn far(piece: &str) -> Option<Progress> {
    let (_, rest) = piece
        .trim_start()
        .strip_prefix("Building [")?
        .split_once(']')?;
    let (done, rest) = rest.trim_start().split_once('/')?;
    let total = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    Some(Progress {
        stage: Stage::Libraries,
        done: done.parse().ok()?,
        total: total.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_says_is_parted_from_how_far_it_is() {
        let said = "   Compiling libc v0.2.1\n    Building [=====>     ] 3/12: libc, serde(build)\r\
                    \x1b[K    Building [==========>] 11/12: mp\r\x1b[Kerror: no space\n";
        let (mut fars, mut lines) = (Vec::new(), Vec::new());
        each_piece(said.as_bytes(), |piece, end| {
            match far(&piece) {
                Some(progress) => fars.push((progress.done, progress.total)),
                None => lines.push((piece, end)),
            }
            true
        });
        assert_eq!(fars, [(3, 12), (11, 12)]);
        let lines: Vec<(&str, u8)> = lines.iter().map(|(it, end)| (it.as_str(), *end)).collect();
        assert_eq!(
            lines,
            [
                ("   Compiling libc v0.2.1", b'\n'),
                ("error: no space", b'\n')
            ]
        );
    }
}
