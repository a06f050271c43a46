//! The expected outcome of every exercise, solution and known answer, checked over the whole tree.
//!
//! `COURSE_FULL=1` tries many more seeds and schedules than every change needs.

mod util;

use std::collections::{BTreeMap, BTreeSet};

use util::{Answer, GIVEN, for_each, read, right_answers, wrong_answers};

/// Seeds with which each known wrong answer is to be found out.
fn seeds_for_wrong() -> std::ops::Range<u64> {
    if util::full() { 0..20 } else { 0..3 }
}

/// Seeds and schedules with which a right answer is to pass.
fn search_for_right() -> (std::ops::Range<u64>, u32) {
    if util::full() {
        (0..5, 5000)
    } else {
        (0..1, 400)
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
        // No alarm of any kind in a right answer; a wrong one fails in some schedule.
        && (result["failed_schedules"] == 0) == passed
        && (!passed || result["schedules"] == schedules.parse::<u32>().unwrap())
        && (!passed || result["also"].as_array().is_some_and(Vec::is_empty));
    let file = &answer.file;
    (!as_expected).then(|| format!("{file}, seed {seed}, {schedules} schedules: {result}"))
}

#[test]
fn every_known_wrong_answer_gets_its_verdict_within_200_schedules() {
    let cases = with_seeds(&wrong_answers(), seeds_for_wrong());
    for_each(&cases, |(answer, seed)| check(answer, *seed, 200));
    println!(
        "{} checks of wrong answers came out as declared",
        cases.len()
    );
}

#[test]
fn every_solution_and_other_right_answer_passes_without_any_alarm() {
    let solution = |id: String| Answer {
        file: format!("solutions/{id}.rs"),
        exercise: id,
        verdict: "passed".to_owned(),
    };
    let (seeds, schedules) = search_for_right();
    let mut answers: Vec<Answer> = util::ids().into_iter().map(solution).collect();
    answers.extend(right_answers());
    let cases = with_seeds(&answers, seeds);
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
    assert!(told.contains("3 of 3 exercises passed"), "{told}");
    assert!(told.contains("A pass means that none of these schedules broke the program."));
}

#[test]
fn every_exercise_has_three_wrong_and_two_other_right_answers() {
    let count = |answers: &[Answer]| {
        let mut counts = BTreeMap::new();
        for answer in answers {
            *counts.entry(answer.exercise.clone()).or_insert(0) += 1;
        }
        counts
    };
    let (wrong, right) = (count(&wrong_answers()), count(&right_answers()));
    for id in util::ids() {
        assert!(wrong.get(&id).is_some_and(|&count| count >= 3), "{id}");
        assert!(right.get(&id).is_some_and(|&count| count >= 2), "{id}");
    }
    let ids: BTreeSet<String> = util::ids().into_iter().collect();
    let known = |answers: &BTreeMap<String, i32>| answers.keys().all(|id| ids.contains(id));
    assert!(known(&wrong) && known(&right), "an answer to no exercise");
}

#[test]
fn the_verdict_of_each_wrong_answer_has_hints_in_levels() {
    let exercises = util::exercises();
    let mut missing = Vec::new();
    for answer in wrong_answers() {
        let hints = &exercises[&answer.exercise]["hints"];
        let levels = hints.get(&answer.verdict).and_then(toml::Value::as_array);
        if levels.is_none_or(|levels| levels.len() < 2) {
            missing.push(format!("{}: hints.{}", answer.exercise, answer.verdict));
        }
    }
    for (id, exercise) in &exercises {
        let start = exercise["hints"]
            .get("start")
            .and_then(toml::Value::as_array);
        if start.is_none_or(|levels| levels.len() < 2) {
            missing.push(format!("{id}: hints.start"));
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

/// A program's header and its given part.
fn header_and_given(file: &str) -> (String, String) {
    let text = read(file);
    let (own, given) = text
        .split_once(GIVEN)
        .expect("the line above the given part");
    let header: Vec<&str> = own
        .lines()
        .take_while(|line| line.starts_with("//!"))
        .collect();
    (header.join("\n"), given.to_owned())
}

#[test]
fn the_given_parts_are_the_same_everywhere_and_headers_in_the_solution() {
    let mut different = Vec::new();
    for id in util::ids() {
        let exercise = header_and_given(&format!("exercises/{id}.rs"));
        if header_and_given(&format!("solutions/{id}.rs")) != exercise {
            different.push(format!("solutions/{id}.rs"));
        }
        let answers = wrong_answers().into_iter().chain(right_answers());
        let of_it = answers.filter(|answer| answer.exercise == id);
        different.extend(
            of_it
                .map(|answer| answer.file)
                .filter(|file| header_and_given(file).1 != exercise.1),
        );
    }
    assert_eq!(different, Vec::<String>::new());
}

#[test]
fn stubs_have_todos_and_solutions_have_none() {
    for id in util::ids() {
        let stub = read(&format!("exercises/{id}.rs"));
        let (own, _) = stub
            .split_once(GIVEN)
            .expect("the line above the given part");
        assert!(own.contains("todo!()") && own.contains("// TODO: "), "{id}");
        let solution = read(&format!("solutions/{id}.rs"));
        let left = solution.contains("todo!") || solution.contains("TODO");
        assert!(!left, "the solution of {id} is not done");
        for command in [
            format!("course check {id}"),
            format!("cargo run --bin {}", id.replace('/', "-")),
        ] {
            assert!(stub.contains(&command), "the header of {id}: {command}");
        }
    }
}

/// The programs that a manifest names: their names and paths.
fn bins(manifest: &str) -> Vec<(String, String)> {
    let manifest: toml::Table = read(manifest).parse().expect("TOML");
    let bins = manifest["bin"].as_array().expect("a list").iter();
    let word = |bin: &toml::Value, key: &str| bin[key].as_str().expect("a word").to_owned();
    bins.map(|bin| (word(bin, "name"), word(bin, "path")))
        .collect()
}

/// The names of the Rust files below a folder, as exercises are named.
fn programs(folder: &str) -> BTreeSet<String> {
    let files = util::files_below(folder).into_iter();
    let name = |file: String| {
        let inside = file.strip_prefix(folder)?.strip_prefix('/')?;
        inside.strip_suffix(".rs").map(str::to_owned)
    };
    files.filter_map(name).collect()
}

#[test]
fn course_file_programs_manifests_and_text_agree() {
    let ids = util::ids();
    let named: BTreeSet<String> = ids.iter().cloned().collect();
    assert_eq!(programs("exercises"), named);
    assert_eq!(programs("solutions"), named);
    let expected = |suffix: &str| {
        let bin = |id: &String| (id.replace('/', "-") + suffix, format!("{id}.rs"));
        ids.iter().map(bin).collect::<Vec<_>>()
    };
    assert_eq!(bins("exercises/Cargo.toml"), expected(""));
    assert_eq!(bins("solutions/Cargo.toml"), expected("-solution"));
}

#[test]
fn every_topic_of_the_text_ends_with_its_exercises_by_name_and_title() {
    let text = read("course.md");
    let mut listed = Vec::new();
    for line in text.lines() {
        if let Some((id, title)) = line.strip_prefix("- `").and_then(|it| it.split_once("`: ")) {
            listed.push((id.to_owned(), title.to_lowercase()));
        }
    }
    let exercises = util::exercises();
    let title = |exercise: &toml::Value| exercise["title"].as_str().unwrap().to_lowercase();
    let expected: Vec<_> = exercises
        .iter()
        .map(|(id, exercise)| (id.clone(), title(exercise)))
        .collect();
    assert_eq!(listed, expected);
}

#[test]
fn there_is_one_snapshot_for_each_row_of_arguments_and_no_other() {
    let mut expected = BTreeSet::new();
    for (id, exercise) in util::exercises() {
        for row in util::rows(&exercise) {
            let row = row.join("\u{0}").replace('-', "_").replace('\u{0}', "-");
            let name = id.replace('/', "-");
            expected.insert(format!("solutions/snapshots/{name}@{row}.snap"));
        }
    }
    let found: BTreeSet<String> = util::files_below("solutions/snapshots")
        .into_iter()
        .collect();
    assert_eq!(found, expected);
}
