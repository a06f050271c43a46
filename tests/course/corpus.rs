//! Ordinary programs, compiled both ways: plainly, and against the checked std. Both compile, and
//! behave the same: what they print and how they end, plainly and under every schedule tried.
//!
//! The programs are in `tests/corpus`. Each says in its first line what it is about; before that
//! may stand `exit: N`, its exit status if that is not 0, and `lines: any order`, where the order of
//! what it prints is left to the scheduler.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use sched_host::{SCRATCH, Schedule};
use sched_model::Strategy;
use sched_model::limits::MAX_STEPS;
use sched_model::run::{End, Run};

use crate::util::checked::{Libraries, serve};
use crate::util::{self, PATIENCE, said};

/// What a program printed, line by line, and its exit status.
#[derive(Clone, Debug, PartialEq)]
struct Behaviour {
    lines: Vec<String>,
    status: Option<i32>,
}

/// A program of the corpus.
struct Case {
    file: PathBuf,
    name: String,
    status: i32,
    any_order: bool,
}

impl Case {
    fn read(file: PathBuf) -> Self {
        let text = fs::read_to_string(&file).expect("can be read");
        let status = said(&text, "exit").map_or(0, |status| status.parse().expect("a number"));
        let name = file.file_stem().expect("has a name").to_string_lossy();
        Case {
            name: name.into_owned(),
            status,
            any_order: said(&text, "lines") == Some("any order"),
            file,
        }
    }

    fn canonical(&self, mut behaviour: Behaviour) -> Behaviour {
        if self.any_order {
            behaviour.lines.sort();
        }
        behaviour
    }

    /// What is wrong with it, if anything.
    fn examine(&self, libraries: &Libraries, schedules: u32) -> Result<(), String> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
        let (plain, checked) = (
            folder.join(format!("{}-plain", self.name)),
            folder.join(format!("{}-checked", self.name)),
        );
        fs::create_dir_all(&folder).expect("a folder");
        libraries.compile(&self.file, &plain, false)?;
        let compiled = libraries.compile(&self.file, &checked, true);
        compiled.map_err(|error| format!("only against the checked std: {error}"))?;
        let expected = self.canonical(run_plainly(&plain)?);
        if expected.status != Some(self.status) {
            return Err(format!("declared {}, was {expected:?}", self.status));
        }
        // The checked std alone, without a scheduler.
        let uncontrolled = self.canonical(run_plainly(&checked)?);
        if uncontrolled != expected {
            return Err(format!("plainly against the checked std: {uncontrolled:?}"));
        }
        self.check(&checked, &expected, schedules)
    }

    /// Runs it under so many schedules, the first of which is the natural one, and one of them twice.
    fn check(&self, program: &Path, expected: &Behaviour, schedules: u32) -> Result<(), String> {
        let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir();
        let scratch = scratch.expect("a folder");
        let mut host = serve(program, scratch.path())?;
        let mut length = 0;
        for number in (0..schedules).chain([5]) {
            let run = host.run(&schedule(number, length), &|| false, &mut |_| Vec::new());
            let run = run
                .map_err(|error| error.to_string())?
                .expect("not cancelled");
            if number == 0 {
                length = run.steps;
            }
            let behaviour = behaviour(&run)
                .map_err(|error| format!("schedule {number}, {}: {error}", run.strategy.name()))?;
            let behaviour = self.canonical(behaviour);
            if behaviour != *expected {
                let strategy = run.strategy.name();
                return Err(format!(
                    "schedule {number}, {strategy}: {behaviour:?}, not {expected:?}"
                ));
            }
        }
        Ok(())
    }
}

fn schedule(number: u32, length: u32) -> Schedule {
    let (strategy, timing) = Strategy::of(None, number);
    Schedule {
        seed: 1,
        number,
        strategy,
        max_delay: timing.then_some(Duration::ZERO),
        limit_delay: None,
        clock_drift: Duration::ZERO,
        patience: 0,
        length,
        most_steps: MAX_STEPS,
        edges: Vec::new(),
        replay: Vec::new(),
        deviations: Vec::new(),
        interventions: Vec::new(),
        takes_liberties: false,
        liberties: Vec::new(),
    }
}

fn run_plainly(program: &Path) -> Result<Behaviour, String> {
    let mut child = Command::new(program)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let began = Instant::now();
    // None of them fills a pipe.
    let status = loop {
        match child.try_wait().expect("is a child") {
            Some(status) => break status,
            None if began.elapsed() > PATIENCE => {
                child.kill().and_then(|()| child.wait()).expect("ends");
                return Err(format!("still runs after {PATIENCE:?}"));
            }
            None => thread::sleep(Duration::from_millis(1)),
        }
    };
    let mut text = String::new();
    let stdout = child.stdout.as_mut().expect("is piped");
    stdout.read_to_string(&mut text).expect("is text");
    Ok(Behaviour {
        lines: text.lines().map(str::to_owned).collect(),
        status: status.code(),
    })
}

fn behaviour(run: &Run) -> Result<Behaviour, String> {
    if run.end != End::Finished || !run.races.is_empty() {
        return Err(format!("{:?} {:?}", run.end, run.races));
    }
    Ok(Behaviour {
        lines: run.output.iter().map(|line| line.text.clone()).collect(),
        status: run.tasks[0].exit_code,
    })
}

/// The programs, or those whose names contain `CORPUS`.
fn cases() -> Vec<Case> {
    let only = std::env::var("CORPUS").unwrap_or_default();
    let entries = fs::read_dir(util::root().join("tests/corpus")).expect("is there");
    let files = entries.map(|entry| entry.expect("can be read").path());
    let mut cases: Vec<Case> = files.map(Case::read).collect();
    assert!(cases.len() >= 60);
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases.retain(|case| case.name.contains(&only));
    cases
}

#[test]
fn ordinary_programs_behave_the_same_both_ways() {
    programs_behave_the_same(14);
}

#[test]
#[ignore = "long: 10 minutes"]
fn long_ordinary_programs_behave_the_same_both_ways() {
    programs_behave_the_same(500);
}

fn programs_behave_the_same(schedules: u32) {
    let libraries = Libraries::find();
    util::for_each(&cases(), |case| {
        let examined = case.examine(&libraries, schedules);
        examined
            .err()
            .map(|error| format!("{}: {error}\n", case.name))
    });
}
