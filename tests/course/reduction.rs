//! All schedules of programs with `std::sync` with few preemptions: what is left out because it is
//! equivalent to another is equivalent. Without leaving anything out, nothing else is seen.
//!
//! The programs are in `tests/reduction`; each can be seen to behave in more than one way.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use sched_host::systematic::{Prints, Systematic};
use sched_host::{Host, SCRATCH, Schedule};
use sched_model::Strategy;
use sched_model::limits::MAX_STEPS;
use sched_model::run::{Choice, End, Run};

use crate::util;
use crate::util::checked::{Libraries, serve};

/// Preemptions of a schedule.
const PREEMPTIONS: u32 = 2;
/// More runs than any of the programs takes.
const MOST: usize = 100_000;

fn schedule(replay: Vec<Choice>) -> Schedule {
    Schedule {
        seed: 1,
        number: 3,
        strategy: Strategy::Systematic,
        max_delay: None,
        limit_delay: None,
        clock_drift: Duration::ZERO,
        patience: 0,
        length: 0,
        most_steps: MAX_STEPS,
        edges: Vec::new(),
        replay,
        deviations: Vec::new(),
        interventions: Vec::new(),
        takes_liberties: false,
        liberties: Vec::new(),
    }
}

/// What each task printed, and how the run ended.
fn seen(run: &Run) -> String {
    let lines = |task| {
        let own = run.output.iter().filter(move |line| line.task == task);
        own.map(|line| line.text.clone()).collect::<Vec<_>>()
    };
    // A deadlock ends a run at once, wherever those who have nothing to do with it are.
    match &run.end {
        End::Finished => format!("{:?}", (0..run.tasks.len()).map(lines).collect::<Vec<_>>()),
        End::Deadlock { .. } => "deadlock".to_owned(),
        end => format!("{end:?}"),
    }
}

/// All that is seen, and in how many runs.
fn explore(host: &mut Host, reduce: bool) -> (BTreeSet<String>, usize) {
    let mut systematic = Systematic::new(PREEMPTIONS, Prints::Free, reduce);
    let (mut all, mut count) = (BTreeSet::new(), 0);
    while let Some(begins) = systematic.begins() {
        let run = host
            .run(&schedule(begins), &|| false, &mut |_| Vec::new())
            .expect("the server lives");
        let run = run.expect("not cancelled");
        assert!(systematic.learn(&run), "a run does not follow its choices");
        all.insert(seen(&run));
        count += 1;
        assert!(count < MOST, "too many runs");
    }
    (all, count)
}

#[test]
fn nothing_is_seen_without_reduction_that_is_not_seen_with_it() {
    let libraries = Libraries::find();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reduction");
    fs::create_dir_all(&folder).expect("a folder");
    for file in util::files_below("tests/reduction") {
        let program = folder.join("program");
        let compiled = libraries.compile(&util::root().join(&file), &program, true);
        compiled.unwrap_or_else(|error| panic!("{file}: {error}"));
        let scratch = tempfile::Builder::new().prefix(SCRATCH).tempdir();
        let scratch = scratch.expect("a folder");
        let mut host = serve(&program, scratch.path()).expect("a server");
        let (full, runs) = explore(&mut host, false);
        let (reduced, fewer) = explore(&mut host, true);
        assert!(full.len() > 1, "{file} behaves in one way only: {full:?}");
        assert_eq!(full, reduced, "{file}: {runs} runs and {fewer}");
        assert!(fewer < runs, "{file}: {runs} runs, {fewer} with reduction");
        println!(
            "{file}: {} behaviours, {runs} runs, {fewer} with reduction",
            full.len()
        );
    }
}
