//! Whether this compiler tells of each access to memory, and each is told to the scheduler: found out by
//! programs of which it is known what must come of them.

use std::path::Path;
use std::time::Duration;

use sched_host::{Host, Program, SCRATCH, Schedule};
use sched_model::Strategy;
use sched_model::limits::MAX_STEPS;
use sched_model::run::{End, Run};

use super::build::{Build, FILE};
use super::process::{Attempt, PATIENT};
use crate::facts::Edition;
use crate::program::libraries::{Libraries, Linking};
use crate::program::lines::Lines;
use crate::program::sandbox::Policy;
use crate::program::source::Source;
use crate::support::unfinished;

/// A static is changed in lines 4 and 5, which race.
const RACES: &str = include_str!("canary/races.rs");
/// Nothing races.
const IS_RIGHT: &str = include_str!("canary/is_right.rs");

/// In line 8 a count is looked at that line 6 changes.
const COUNTS: &str = include_str!("canary/counts.rs");

/// At least so many basic blocks are computed in it: those of the loop in line 5.
const BLOCKS: u64 = 100;

/// Whether counts can be told of, and what a program computes.
pub fn counts(libraries: &Libraries, folder: &Path) -> bool {
    let libraries = Libraries {
        counts: true,
        ..libraries.clone()
    };
    let build = |build: &Build| build.with_lines(&libraries, PATIENT);
    let run = run(folder, COUNTS, false, &build).unwrap_or(None);
    run.is_some_and(|run| {
        let is_met = matches!(&run.met[..], [(site, _), ..] if site.line == 8);
        is_met && run.computed >= BLOCKS
    })
}

/// Whether memory can be watched. Where anything fails, it cannot.
pub fn works(libraries: &Libraries, folder: &Path) -> bool {
    let build = |build: &Build| tells_all(build, build.watched(libraries, PATIENT)?);
    let found = |text| run(folder, text, true, &build).unwrap_or(None);
    let lines = |run: &Run| {
        let race = run.memory_races.first()?;
        let line = |at: &Option<_>| at.as_ref().map(|it: &sched_model::run::Site| it.line);
        let name = race.name.as_deref() == Some("N");
        Some((name, line(&race.first.at)?, line(&race.second.at)?))
    };
    let finds =
        found(RACES).is_some_and(|run| matches!(lines(&run), Some((true, 4, 5) | (true, 5, 4))));
    finds
        && found(IS_RIGHT)
            .is_some_and(|run| run.end == End::Finished && run.memory_races.is_empty())
}

/// Values that may be older than the newest are read in lines 11 and 12, and nowhere else.
const IS_WEAK: &str = include_str!("canary/is_weak.rs");

/// Whether all is told that orders accesses to atomics, so that it is known which may be older.
pub fn tells(libraries: &Libraries, folder: &Path) -> bool {
    let told = |build: &Build| tells_all(build, build.told(libraries, PATIENT)?);
    let run = run(folder, IS_WEAK, true, &told).unwrap_or(None);
    run.is_some_and(|run| {
        let lines: Vec<u32> = run.open.iter().map(|(at, _)| at.line).collect();
        run.end == End::Finished && lines == [11, 12]
    })
}

/// What came of the compilation of a program, which is to tell of all.
fn tells_all(build: &Build, attempt: Attempt) -> anyhow::Result<Attempt> {
    Ok(match build.tells_all() {
        true => attempt,
        false => Attempt::GaveUp(""),
    })
}

/// What its programs are called.
const CRATE: &str = "canary";

/// What comes of a program in which nobody is disturbed.
fn run(
    folder: &Path,
    text: &str,
    allow_unsafe: bool,
    compile: &dyn Fn(&Build) -> anyhow::Result<Attempt>,
) -> anyhow::Result<Option<Run>> {
    let source = Source {
        text: text.to_owned(),
        apart: None,
        shown: FILE.to_owned(),
        crate_name: CRATE.to_owned(),
        allow_unsafe,
        edition: Edition::default(),
    };
    let build = Build::start(folder, &source)?;
    let Attempt::Done = compile(&build)? else {
        return Ok(None);
    };
    let scratch = unfinished::Folder::new(folder, 0o700)?;
    let inner = scratch.path().join(SCRATCH);
    std::fs::create_dir(&inner)?;
    let path = build.program();
    let policy = Policy::program(&path, &inner);
    let mut host = Host::start(&Program {
        path: &path,
        file: FILE,
        args: &[],
        core: None,
        scratch: &inner,
        confine: policy.confine(),
    })?;
    let mut lines = Lines::of(&path, FILE, CRATE, |path| Some(path.to_owned()));
    let mut run = host.run(&natural(), &|| false, &mut |ways| lines.places(ways))?;
    if let Some(run) = &mut run {
        lines.look_up(run);
    }
    Ok(run)
}

fn natural() -> Schedule {
    Schedule {
        seed: 0,
        number: 0,
        strategy: Strategy::Natural,
        max_delay: None,
        limit_delay: None,
        clock_drift: Duration::ZERO,
        patience: sched_model::limits::PATIENCE,
        length: 0,
        most_steps: MAX_STEPS,
        edges: Vec::new(),
        replay: Vec::new(),
        deviations: Vec::new(),
        interventions: Vec::new(),
        takes_liberties: false,
        liberties: Vec::new(),
    }
}

/// Only static executables have their code where the tables say.
pub fn is_possible(libraries: &Libraries) -> bool {
    libraries.linking == Linking::Static
}
