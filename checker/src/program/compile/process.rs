//! One call of the compiler: limited, listened to, and stopped where it takes too long.

use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use rustix::process::{Pid, Resource, Rlimit, Signal, prlimit};

use super::diagnostic::{self, Diagnostic};
use crate::facts::said;
use crate::message;
use crate::support::interrupt;

/// Wall time is no measure of what a program asks of the compiler, so this only ends what waits for
/// ever.
const TIMEOUT: Duration = Duration::from_secs(600);
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
    /// It crashed over this text, or reached a limit; why.
    GaveUp(&'static str),
    /// It was ended from outside, or waited for ever; how.
    Broken(String),
}

/// How much the compiler may compute, in seconds of a processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seconds(pub u64);

/// Ten times what any exercise needs; the linker's time is its own.
pub const USUAL: Seconds = Seconds(3);
/// The same where a program of one line already takes more than [`OF_ONE_LINE`].
pub const PATIENT: Seconds = Seconds(120);
/// What the compiler needs for a program of one line, and more, unless the machine is very slow.
pub const OF_ONE_LINE: Seconds = Seconds(1);

/// Limits what a compiler uses. It has not read anything yet.
fn limit(child: &Child, seconds: Seconds) {
    let limits = [
        (Resource::As, MEMORY, 0),
        (Resource::Fsize, FILE_SIZE, 0),
        // At the lower one comes a signal that says what it is for; at the upper one, SIGKILL.
        (Resource::Cpu, seconds.0, 2),
        // With 0, a program that takes memory images would be started all the same (core(5)).
        (Resource::Core, 1, 0),
    ];
    for (resource, most, more) in limits {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most + more),
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
pub fn run(mut child: Child, seconds: Seconds) -> anyhow::Result<Attempt> {
    let Some(said) = listened(&mut child, seconds)? else {
        let reason = message::program::compiler_hangs(TIMEOUT);
        return Ok(Attempt::Broken(reason));
    };
    let status = child.wait().context("failed to wait for rustc")?;
    if status.success() {
        return Ok(Attempt::Done);
    }
    let errors = diagnostic::errors(&said);
    if !errors.is_empty() {
        return Ok(Attempt::Errors(errors));
    }
    Ok(without_a_word(status, &said))
}

/// Why a compiler came to no end of its own.
fn without_a_word(status: ExitStatus, said: &str) -> Attempt {
    let signal = status.signal();
    let is = |one: Signal| signal == Some(one.as_raw());
    if is(Signal::XCPU) || said::OUT_OF_MEMORY.iter().any(|it| said.contains(it)) {
        return Attempt::GaveUp(message::program::compiler_takes_too_much());
    }
    let of_its_own = [
        Signal::SEGV,
        Signal::BUS,
        Signal::ABORT,
        Signal::ILL,
        Signal::FPE,
    ];
    if signal.is_none() || of_its_own.into_iter().any(is) {
        Attempt::GaveUp(message::program::compiler_crashes())
    } else {
        Attempt::Broken(message::program::compiler_crashed(status))
    }
}

/// What a compiler that was just started says until its end, whatever it comes to; `None` if it does
/// not come to one.
///
/// # Errors
///
/// As [`run`].
pub fn said(mut child: Child, seconds: Seconds) -> anyhow::Result<Option<String>> {
    let said = listened(&mut child, seconds)?;
    if said.is_some() {
        child.wait().context("failed to wait for rustc")?;
    }
    Ok(said)
}

/// What the compiler says, limited; one that takes too long is stopped.
fn listened(child: &mut Child, seconds: Seconds) -> anyhow::Result<Option<String>> {
    limit(child, seconds);
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
