//! The expected outcome of every exercise, solution and known answer, checked over the whole tree:
//! by `course author check`, and here what that does not look at.
//!
//! The long forms try many more seeds and schedules than every change needs.

use std::process::Output;

use crate::reports;
use crate::util::{self, Answer, for_each, read, right_answers, wrong_answers};

#[test]
fn course_author_check_finds_nothing_wrong() {
    finds_nothing_wrong(&reports::proof().output);
}

#[test]
#[ignore = "long: 40 minutes"]
fn long_course_author_check_finds_nothing_wrong() {
    finds_nothing_wrong(&util::author_check(&[]));
}

fn finds_nothing_wrong(output: &Output) {
    let told = util::text(&output.stdout);
    println!("{told}");
    assert_eq!(util::status(output), 0, "{}", util::text(&output.stderr));
    assert!(told.ends_with("\nEverything holds.\n"));
    // What does not compile has no schedules, and no place in the table.
    let run = wrong_answers().into_iter();
    for answer in run.filter(|it| it.verdict != "build_error") {
        let name = answer.file.rsplit_once('/').expect("a path").1;
        let name = name.strip_suffix(".rs").expect("a program");
        let listed = told.lines().any(|line| {
            let mut words = line.split_whitespace();
            words.next() == Some(name) && line.contains(&answer.verdict)
        });
        assert!(listed, "{} is not in the table", answer.file);
    }
}

/// Each of `answers` with each of `seeds`.
fn with_seeds(answers: &[Answer], seeds: std::ops::Range<u64>) -> Vec<(Answer, u64)> {
    let pairs = answers
        .iter()
        .flat_map(|answer| seeds.clone().map(move |seed| (answer.clone(), seed)));
    pairs.collect()
}

/// Checks a file as an answer; returns the report where it is not as expected.
fn check(answer: &Answer, seed: u64, schedules: u32) -> Option<String> {
    let (seed, schedules) = (seed.to_string(), schedules.to_string());
    let output = util::call(&[
        "check",
        &answer.exercise,
        "--file",
        &answer.file,
        "--seed",
        &seed,
        "--schedules",
        &schedules,
        "--jobs",
        "1",
        "--format",
        "json",
    ]);
    let result = util::result(&output);
    let passed = answer.verdict == "passed";
    let as_expected = result["verdict"] == answer.verdict.as_str()
        && util::status(&output) == i32::from(!passed)
        && result["passed"] == passed
        && (result["points"] == result["max_points"]) == passed
        // No alarm of any kind in a right answer; a wrong one fails in some schedule, if it runs.
        && (result["failed_schedules"] == 0) == (passed || answer.verdict == "build_error")
        && (!passed || result["schedules"] == schedules.parse::<u32>().unwrap())
        && (!passed || result["also"].as_array().is_some_and(Vec::is_empty));
    let file = &answer.file;
    (!as_expected).then(|| format!("{file}, seed {seed}, {schedules} schedules: {result}"))
}

#[test]
#[ignore = "long: 40 minutes"]
fn long_every_known_wrong_answer_gets_its_verdict_with_every_seed() {
    // With seed 0, `course author check` does the same.
    let cases = with_seeds(&wrong_answers(), 1..20);
    for_each(&cases, |(answer, seed)| check(answer, *seed, 200));
    println!(
        "{} checks of wrong answers came out as declared",
        cases.len()
    );
}

#[test]
#[ignore = "long: 40 minutes"]
fn long_every_solution_and_other_right_answer_passes_without_any_alarm() {
    // Few schedules of one seed are run by `course author check`.
    let solution = |id: String| Answer {
        file: format!("solutions/{id}.rs"),
        exercise: id,
        verdict: "passed".to_owned(),
        cause: None,
    };
    let schedules = 5000;
    let mut answers: Vec<Answer> = util::ids().into_iter().map(solution).collect();
    answers.extend(right_answers());
    let cases = with_seeds(&answers, 0..5);
    for_each(&cases, |(answer, seed)| check(answer, *seed, schedules));
    println!("{} checks of {schedules} schedules passed", cases.len());
}

#[test]
fn every_stub_is_pending_and_the_report_says_what_to_do_next() {
    for_each(&util::ids(), |id| {
        let output = util::call(&["check", id, "--format", "json"]);
        let result = util::result(&output);
        let told = util::text(&util::call(&["check", id]).stdout);
        let file = format!("exercises/{id}.rs");
        let first_todo = read(&file).lines().any(|line| line.trim() == "todo!()");
        let next = [
            "not done yet".to_owned(),
            format!("Open {file}, read the task at its top, replace the todo!(), then run"),
            format!("    course check {id}\n"),
            "hint: ".to_owned(),
        ];
        let flat = told.replace('\n', " ");
        let told_all = next
            .iter()
            .all(|line| told.contains(line) || flat.contains(line));
        let fine = util::status(&output) == 1
            && result["verdict"] == "pending"
            && result["points"] == 0
            && result["at"]["file"] == file.as_str()
            && first_todo
            && told_all;
        (!fine).then(|| format!("{id}: {result}\n{told}"))
    });
}

#[test]
fn all_solutions_pass_together_as_the_readme_promises() {
    let output = util::call(&["check", "05_lock", "--solutions"]);
    let told = util::text(&output.stdout);
    assert_eq!(util::status(&output), 0, "{told}");
    let ids = util::ids();
    let count = ids.iter().filter(|id| id.starts_with("05_lock/")).count();
    let all = format!("{count} of {count} exercises passed");
    assert!(told.contains(&all), "{told}");
    assert!(told.contains("A pass means that none of these schedules broke the program."));
}
