//! A worker: one core, one fork server at a time, one scratch folder.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Context;
use rustix::time::{ClockId, clock_gettime};
use sched_host::{Host, HostError, Program, SCRATCH, Schedule, folder};
use sched_model::limits::Excess;
use sched_model::run::Run;

use super::Plan;
use super::cores::lock;
use crate::program::compile::{made_of, memory_of, with_lines};
use crate::program::lines::Lines;
use crate::program::sandbox::Policy;
use crate::support::unfinished;

/// Where files are kept in memory (shm_overview(7)).
const MEMORY: &str = "/dev/shm";

/// Runs schedules on one core.
pub struct Worker<'a> {
    plan: &'a Plan<'a>,
    core: Option<usize>,
    serving: Option<Serving>,
    /// The program's file, as the compiler knows it.
    file: String,
    /// Where its lines are looked up.
    lines: Lines,
    /// Whether the program has unsafe code, and so races on plain memory.
    is_unsafe: bool,
    /// This thread's CPU time that was noted, if any was.
    noted: Option<Duration>,
}

/// A fork server for one row. At its end it removes the scratch folder itself, so that nothing
/// is left when the checker is killed.
struct Serving {
    row: usize,
    // Before the folder: the server must be gone when that is removed.
    host: Host,
    scratch: Scratch,
    /// The server's CPU time that was noted, and when.
    noted: (Duration, Instant),
}

/// The least CPU time with which a run is begun.
const LEAST: Duration = Duration::from_millis(50);
/// How long the CPU time of runs may stay unnoted.
const NOTED: Duration = Duration::from_millis(50);

impl<'a> Worker<'a> {
    /// A worker whose programs run on `core`.
    pub fn new(plan: &'a Plan<'a>, core: Option<usize>) -> Self {
        let (file, crate_name) = made_of(plan.program);
        Self {
            plan,
            core,
            serving: None,
            lines: Lines::of(plan.program, &file, &crate_name, with_lines),
            file,
            is_unsafe: memory_of(plan.program).is_some(),
            noted: None,
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
        let left = self.plan.cpu_left();
        if left.is_some_and(|left| left < LEAST) {
            return Ok(Some(inconclusive(schedule, &Excess::Time.text())));
        }
        if self.row() != Some(row) {
            self.serving = None;
        }
        let serving = match &mut self.serving {
            Some(serving) => serving,
            none => none.insert(start(self.plan, row, self.core, &self.file)?),
        };
        serving.host.allow(left.unwrap_or(Duration::MAX));
        let lines = &mut self.lines;
        let result = serving
            .host
            .run(schedule, cancelled, &mut |ways| lines.places(ways));
        let emptied = folder::reset(&serving.scratch.path);
        let has_grown = serving.scratch.has_grown();
        self.note();
        match result {
            Ok(Some(mut run)) => {
                if self.is_unsafe {
                    self.lines.look_up(&mut run);
                } else {
                    run.memory_races.clear();
                }
                lock(&self.plan.started).add(&run);
                lock(&self.plan.open).note(row, schedule, &run);
                // Nothing is carried from one schedule to the next.
                if emptied.is_err() || has_grown {
                    self.serving = None;
                }
                let Err(error) = emptied else {
                    return Ok(Some(run));
                };
                if error.kind() == std::io::ErrorKind::NotFound {
                    // The program has removed the folder itself.
                    return Ok(Some(run));
                }
                Ok(Some(inconclusive(schedule, &Excess::Left.text())))
            }
            Ok(None) => {
                self.serving = None;
                Ok(None)
            }
            Err(HostError::Gone) => {
                self.serving = None;
                let reason = HostError::Gone.to_string();
                Ok(Some(inconclusive(schedule, &reason)))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Notes the CPU time that was spent since this was last done: on this thread, which judges the
    /// runs, too, and by the server and its runs.
    fn note(&mut self) {
        let mine = clock_gettime(ClockId::ThreadCPUTime);
        let mine = Duration::try_from(mine).unwrap_or_default();
        let mut spent = mine.saturating_sub(self.noted.replace(mine).unwrap_or(mine));
        if let Some(serving) = &mut self.serving
            && serving.noted.1.elapsed() >= NOTED
        {
            let theirs = serving.host.cpu();
            spent += theirs.saturating_sub(serving.noted.0);
            serving.noted = (theirs, Instant::now());
        }
        lock(&self.plan.started).cpu += spent;
    }
}

fn inconclusive(schedule: &Schedule, reason: &str) -> Run {
    Run::inconclusive(schedule.number, schedule.strategy, reason.to_owned())
}

fn start(plan: &Plan, row: usize, core: Option<usize>, file: &str) -> anyhow::Result<Serving> {
    let scratch =
        Scratch::new().context("failed to make a scratch folder for the checked program")?;
    let (path, args) = (plan.program, &plan.rows[row]);
    let policy = Policy::program(path, &scratch.path);
    let host = Host::start(&Program {
        path,
        file,
        args,
        core,
        scratch: &scratch.path,
        confine: policy.confine(),
    })?;
    Ok(Serving {
        row,
        host,
        scratch,
        noted: (Duration::ZERO, Instant::now()),
    })
}

/// The folder that a program works in, inside one that is the checker's.
struct Scratch {
    path: PathBuf,
    /// Its own size while it is empty.
    bytes: u64,
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
        // The first schedule finds it as all others do.
        folder::reset(&path)?;
        Ok(Scratch {
            bytes: std::fs::metadata(&path)?.len(),
            path,
            _outer: outer,
        })
    }

    /// Whether the folder keeps room for names that were there once, as on many disks.
    fn has_grown(&self) -> bool {
        std::fs::metadata(&self.path).is_ok_and(|it| it.len() != self.bytes)
    }
}
