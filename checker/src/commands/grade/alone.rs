//! Each submission is graded by a process of its own: whatever it does to the checker, it does to that
//! process alone.
//!
//! The process is this command once more, for the submission that `--alone` names. It reads what was
//! handed in, and leaves the result; the one that grades the class reads nothing else. If it comes to
//! no good end, the class's process writes a result that says so.

use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context, bail};
use rustix::process::{Pid, Resource, Rlimit, Signal, kill_process, prlimit};

use super::class::Submission;
use super::grading::{Done, Grading, remove_old, unmarked};
use super::result::{self, Environment, Graded, Key, Marked, VERSION};
use super::summary;
use crate::facts::Verdict;
use crate::message::grade as message;
use crate::options::alone::Alone;
use crate::report::json::TOOL;
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;

/// How often one looks whether a process has ended, or is to end.
const LOOKS: Duration = Duration::from_millis(2);
/// Seconds of a core that the checker's own work may take for each exercise. It takes one or two;
/// compilers and programs have limits of their own.
const SECONDS_EACH: u64 = 60;
/// Memory of the checker, many times what it needs.
const MEMORY: u64 = 8 << 30;

/// Grades one submission of a class in this process.
///
/// # Errors
///
/// When there is none of that name, or its result cannot be written.
pub fn run(grading: &Grading, alone: &Alone, all: Vec<Submission>) -> anyhow::Result<ExitCode> {
    // As if it were a part of that process. Servers and what they run end with this one.
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
        .context("failed to ask for a signal")?;
    if rustix::process::getppid().map(Pid::as_raw_pid) != Some(alone.parent) {
        bail!(message::nobody_waits());
    }
    let is_meant = |it: &Submission| it.name == alone.name && it.attempt == alone.attempt;
    let submission = all.into_iter().find(is_meant);
    let submission = submission.with_context(|| message::handed_in_no_more(&alone.name))?;
    match grading.grade(&submission)? {
        Done::Already => {}
        // From the first new result on the old summary is out of date.
        Done::Now => summary::remove(&grading.options.out),
        Done::Interrupted => return Ok(ExitCode::Interrupted(interrupt::signal().unwrap_or(0))),
    }
    Ok(ExitCode::Passed)
}

/// The result of a submission that a process of its own grades; `None` when interrupted.
///
/// # Errors
///
/// When no process can be started, or nothing be written.
pub fn graded(grading: &Grading, submission: &Submission) -> anyhow::Result<Option<Graded>> {
    let mut child = start(submission)?;
    limit(&child, grading.options.exercises.len());
    let status = wait(&mut child)?;
    if interrupt::requested() {
        return Ok(None);
    }
    let read = || result::read(&grading.out(submission), &submission.name);
    let graded = status.success().then(read).flatten();
    let graded = graded.map_or_else(|| failed(grading, submission, status), Ok);
    graded.map(Some)
}

/// The same command for one submission. What is typed for the class is typed for it, too.
fn start(submission: &Submission) -> anyhow::Result<Child> {
    let alone = Alone {
        parent: rustix::process::getpid().as_raw_pid(),
        attempt: submission.attempt,
        name: submission.name.clone(),
    };
    let mut typed = std::env::args_os().skip(1);
    let command = std::env::current_exe().context("failed to find `course` itself")?;
    Command::new(command)
        .args(typed.next())
        .args(["--alone", &alone.typed()])
        .args(typed)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        // What is typed at the terminal interrupts the class's process, which passes it on.
        .process_group(0)
        .spawn()
        .context("failed to start a process for a submission")
}

/// Limits what the checker may use for one submission, so that it ends whatever happens.
fn limit(child: &Child, exercises: usize) {
    let seconds = SECONDS_EACH.saturating_mul(exercises as u64 + 1);
    for (resource, most) in [(Resource::Cpu, seconds), (Resource::As, MEMORY)] {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        // Where less is allowed already, that is fine.
        let _ = prlimit(Some(Pid::from_child(child)), resource, limit);
    }
}

/// Waits for a process; one that is not needed any more is asked to end.
fn wait(child: &mut Child) -> anyhow::Result<ExitStatus> {
    let mut asked = false;
    loop {
        let status = child.try_wait().context("failed to wait for a process")?;
        if let Some(status) = status {
            return Ok(status);
        }
        if interrupt::requested() && !asked {
            asked = true;
            // It may be gone already.
            let _ = kill_process(Pid::from_child(child), Signal::TERM);
        }
        std::thread::sleep(LOOKS);
    }
}

/// The result of a submission at which the checker failed.
fn failed(
    grading: &Grading,
    submission: &Submission,
    status: ExitStatus,
) -> anyhow::Result<Graded> {
    let (options, out) = (grading.options, grading.out(submission));
    remove_old(&out, &submission.name)?;
    let how = status.signal().map_or_else(
        || message::ended_with(status.code().unwrap_or(0)),
        message::ended_by,
    );
    let marked = |exercise| Marked {
        verdict: Some(Verdict::Inconclusive),
        again: true,
        ..unmarked(exercise, message::checker_failed(&how))
    };
    let results: Vec<Marked> = options.exercises.iter().copied().map(marked).collect();
    let graded = Graded {
        version: VERSION,
        tool: TOOL.to_owned(),
        name: submission.name.clone(),
        key: Key {
            submission: String::new(),
            ..grading.key()
        },
        points: 0,
        max_points: results.iter().map(|it| it.max_points).sum(),
        results,
        ignored: Default::default(),
        environment: Environment::default(),
    };
    graded.write(&out)?;
    summary::remove(&options.out);
    Ok(graded)
}
