//! Small programs with a classic concurrency bug each, and their correct twins: the bug is found,
//! with its cause, and the twin is never blamed.
//!
//! The programs lie in `tests/peers/`; with the argument `bug` they have the bug that the first
//! line declares, with `twin` they have none.

use std::ops::Range;

use crate::util::{call, files_below, for_each, read, result, said, status};

/// A program, with what is to be found in it.
#[derive(Clone, Debug)]
struct Program {
    file: String,
    verdict: String,
    cause: String,
    /// Schedules within which every seed finds it.
    within: u32,
}

fn programs() -> Vec<Program> {
    let program = |file: String| {
        let text = read(&file);
        let declared = said(&text, "bug").expect("the bug is declared");
        let (verdict, cause) = declared.split_once(", cause: ").expect("with its cause");
        Program {
            verdict: verdict.to_owned(),
            cause: cause.to_owned(),
            // Three steps in one order among 150 others: once in a hundred schedules at best.
            within: if file.contains("12b") { 1000 } else { 200 },
            file,
        }
    };
    let programs: Vec<Program> = files_below("tests/peers")
        .into_iter()
        .map(program)
        .collect();
    assert!(programs.len() >= 21, "{programs:?}");
    programs
}

/// Checks one with a seed.
fn check(program: &Program, mode: &str, seed: u64, schedules: u32) -> (i32, serde_json::Value) {
    let output = call(&[
        "check",
        &program.file,
        "--args",
        mode,
        "--seed",
        &seed.to_string(),
        "--schedules",
        &schedules.to_string(),
        "--jobs",
        "1",
        "--format",
        "json",
    ]);
    (status(&output), result(&output))
}

fn with_seeds(seeds: Range<u64>) -> Vec<(Program, u64)> {
    let programs = programs().into_iter();
    programs
        .flat_map(|program| seeds.clone().map(move |seed| (program.clone(), seed)))
        .collect()
}

#[test]
fn every_bug_is_found_with_its_cause_by_a_seed() {
    every_bug_is_found_with_its_cause(0..1);
}

#[test]
#[ignore = "long: 4 minutes"]
fn long_every_bug_is_found_with_its_cause_by_every_seed() {
    every_bug_is_found_with_its_cause(0..20);
}

fn every_bug_is_found_with_its_cause(seeds: Range<u64>) {
    for_each(&with_seeds(seeds), |(program, seed)| {
        let (code, found) = check(program, "bug", *seed, program.within);
        let as_declared = code == 1
            && found["verdict"] == program.verdict.as_str()
            && found["cause"] == program.cause.as_str();
        (!as_declared).then(|| format!("{program:?}, seed {seed}: {found}"))
    });
}

#[test]
fn no_twin_is_blamed() {
    no_twin_is_blamed_in(0..1, 300);
}

#[test]
#[ignore = "long: 15 minutes"]
fn long_no_twin_is_blamed() {
    no_twin_is_blamed_in(0..5, 5000);
}

fn no_twin_is_blamed_in(seeds: Range<u64>, schedules: u32) {
    for_each(&with_seeds(seeds), |(program, seed)| {
        let (code, found) = check(program, "twin", *seed, schedules);
        let fine = code == 0 && found["schedules"] == schedules;
        (!fine).then(|| format!("{program:?}, seed {seed}: {found}"))
    });
}
