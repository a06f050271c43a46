//! One call of the compiler: limited, listened to, and stopped where it takes too long.

use std::io::Read;
use std::process::Child;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Resource, Rlimit, prlimit};

use super::diagnostic::{self, Diagnostic};
use crate::message;
use crate::support::interrupt;

/// Only the evaluation of endless constants can make the compiler hang.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Memory of the compiler, a multiple of what any exercise needs.
const MEMORY: u64 = 4 << 30;
/// Size of a file that the compiler writes.
const FILE_SIZE: u64 = 1 << 30;
/// The most that is read of the compiler's messages. About a program that a person wrote it never
/// says more.
const MOST_SAID: u64 = 8 << 20;

/// What one call of the compiler came to.
pub enum Attempt {
    /// There is an executable.
    Done,
    /// The program has errors.
    Errors(Vec<Diagnostic>),
    /// It crashed or did not come to an end.
    Broken(String),
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

/// Waits for a compiler that was just started.
///
/// # Errors
///
/// When it cannot be waited for, or `course` is to stop.
pub fn run(mut child: Child) -> anyhow::Result<Attempt> {
    let Some(said) = listened(&mut child)? else {
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

/// What a compiler that was just started says until its end, whatever it comes to; `None` if it does
/// not come to one.
///
/// # Errors
///
/// As [`run`].
pub fn said(mut child: Child) -> anyhow::Result<Option<String>> {
    let said = listened(&mut child)?;
    if said.is_some() {
        child.wait().context("failed to wait for rustc")?;
    }
    Ok(said)
}

/// What the compiler says, limited; one that takes too long is stopped.
fn listened(child: &mut Child) -> anyhow::Result<Option<String>> {
    limit(child);
    let said = listen(child)?;
    let said = wait_for(&said);
    if said.is_none() {
        child
            .kill()
            .and_then(|()| child.wait())
            .context("failed to stop rustc")?;
        if interrupt::requested() {
            bail!("interrupted");
        }
    }
    Ok(said)
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
        if started.elapsed() > TIMEOUT || interrupt::requested() {
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
