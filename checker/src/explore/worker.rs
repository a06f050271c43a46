//! A worker: one core, one fork server at a time, one scratch folder.

use std::path::{Path, PathBuf};

use anyhow::Context;
use sched_host::{Host, HostError, Program, SCRATCH, Schedule, folder};
use sched_model::run::Run;

use super::Plan;
use super::cores::lock;
use crate::message;
use crate::program::sandbox::Policy;
use crate::support::unfinished;

/// Where files are kept in memory (shm_overview(7)).
const MEMORY: &str = "/dev/shm";

/// Runs schedules on one core.
pub struct Worker<'a> {
    plan: &'a Plan<'a>,
    core: Option<usize>,
    serving: Option<Serving>,
}

/// A fork server for one row. At its end it removes the scratch folder itself, so that nothing
/// is left when the checker is killed.
struct Serving {
    row: usize,
    // Before the folder: the server must be gone when that is removed.
    host: Host,
    scratch: Scratch,
}

impl<'a> Worker<'a> {
    /// A worker whose programs run on `core`.
    pub fn new(plan: &'a Plan<'a>, core: Option<usize>) -> Self {
        Self {
            plan,
            core,
            serving: None,
        }
    }

    /// What it is to run.
    pub fn plan(&self) -> &'a Plan<'a> {
        self.plan
    }

    /// The row whose server runs.
    pub fn row(&self) -> Option<usize> {
        self.serving.as_ref().map(|serving| serving.row)
    }

    /// Runs one schedule. `None` when cancelled.
    ///
    /// # Errors
    ///
    /// When the program cannot be started, or no scratch folder be made.
    pub fn run(
        &mut self,
        row: usize,
        schedule: &Schedule,
        cancelled: &dyn Fn() -> bool,
    ) -> anyhow::Result<Option<Run>> {
        if self.row() != Some(row) {
            self.serving = None;
        }
        let serving = match &mut self.serving {
            Some(serving) => serving,
            none => none.insert(start(self.plan, row, self.core)?),
        };
        let result = serving.host.run(schedule, cancelled);
        let left = folder::reset(&serving.scratch.path);
        match result {
            Ok(Some(run)) => {
                lock(&self.plan.started).add(&run);
                let Err(error) = left else {
                    return Ok(Some(run));
                };
                // Nothing is carried from one schedule to the next.
                self.serving = None;
                if error.kind() == std::io::ErrorKind::NotFound {
                    // The program has removed the folder itself.
                    return Ok(Some(run));
                }
                let reason = message::program::LEFT_BEHIND.to_owned();
                Ok(Some(inconclusive(schedule, reason)))
            }
            Ok(None) => {
                self.serving = None;
                Ok(None)
            }
            Err(HostError::Gone) => {
                self.serving = None;
                Ok(Some(inconclusive(schedule, HostError::Gone.to_string())))
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn inconclusive(schedule: &Schedule, reason: String) -> Run {
    Run::inconclusive(schedule.number, schedule.strategy, reason)
}

fn start(plan: &Plan, row: usize, core: Option<usize>) -> anyhow::Result<Serving> {
    let scratch =
        Scratch::new().context("failed to make a scratch folder for the checked program")?;
    let (path, args) = (plan.program, &plan.rows[row]);
    let policy = Policy::program(path, &scratch.path);
    let host = Host::start(&Program {
        path,
        args,
        core,
        scratch: &scratch.path,
        confine: policy.confine(),
    })?;
    Ok(Serving { row, host, scratch })
}

/// The folder that a program works in, inside one that is the checker's.
struct Scratch {
    path: PathBuf,
    // Locked: what the program locks is another one.
    _outer: unfinished::Folder,
}

impl Scratch {
    /// A folder in memory, unless `TMPDIR` is set or there is no file system in memory. What a
    /// program writes is removed in a moment, and a disk that others keep busy would hold up every
    /// schedule.
    fn new() -> std::io::Result<Scratch> {
        let folder = |parent: &Path| unfinished::Folder::new(parent, 0o700);
        let outer = match std::env::var_os("TMPDIR") {
            None => folder(Path::new(MEMORY)).or_else(|_| folder(&std::env::temp_dir())),
            Some(_) => folder(&std::env::temp_dir()),
        }?;
        let path = outer.path().join(SCRATCH);
        std::fs::create_dir(&path)?;
        Ok(Scratch {
            path,
            _outer: outer,
        })
    }
}
