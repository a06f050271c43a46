//! Tests of `grading.toml`: what it says, and what is said of its mistakes.

use super::*;
use crate::course::Course;

const COURSE: &str = "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\n\
    points = 5\n[exercise.\"05_lock/2_guard\"]\ntitle = \"G\"\nview = \"exact\"\npoints = 4\n\
    [exercise.\"06_wait/1_wait\"]\ntitle = \"W\"\nview = \"exact\"\npoints = 2\n";

fn read(text: &str) -> anyhow::Result<Policy> {
    let course = Course::load_text(COURSE).expect("a course");
    Ok(parse(text, "grading.toml", &course.exercises)?.0)
}

/// What a file says.
pub fn policy(text: &str) -> Policy {
    read(text).unwrap_or_else(|error| panic!("{error}"))
}

/// So many points.
pub fn of(number: f64) -> Amount {
    Amount::of(number).expect("an amount")
}

#[test]
fn exercises_are_worth_what_is_said_of_them_or_of_their_topic() {
    let policy = policy(
        "exercises = [\"05_lock\"]\n[points]\n\"05_lock/2_guard\" = 2.5\n\
         [weights]\n\"05_lock\" = 2\n\"05_lock/1_two_lines\" = 0.5\n",
    );
    let worth = |id: &str| policy.worth[id];
    assert_eq!(worth("05_lock/1_two_lines").points, of(2.5));
    assert_eq!(worth("05_lock/2_guard").points, of(5.0));
    assert!(!worth("06_wait/1_wait").counts);
    assert_eq!(policy.counting().count(), 2);
}

#[test]
fn each_day_begun_costs_its_part_but_not_within_the_grace() {
    let policy = policy(
        "[deadline]\nat = 2026-05-01T23:59:00+02:00\ngrace = \"15m\"\nper_day = \"10%\"\n\
         until = \"7d\"\n",
    );
    let factor = |text: &str| policy.factor(moment::read(text, 120));
    assert_eq!(policy.factor(None), Amount::ONE, "nobody knows");
    for (submitted, left) in [
        ("2026-04-30 00:00:00", 1.0),
        ("2026-05-01 23:59:00", 1.0),
        ("2026-05-02 00:14:00", 1.0),
        ("2026-05-02 00:14:01", 0.9),
        ("2026-05-02 23:59:00", 0.9),
        ("2026-05-02 23:59:01", 0.8),
        ("2026-05-08 23:59:00", 0.3),
        ("2026-05-08 23:59:01", 0.0),
    ] {
        assert_eq!(factor(submitted), of(left), "{submitted}");
    }
    let steep = self::policy("[deadline]\nat = 2026-05-01T23:59:00Z\nper_day = \"60%\"\n");
    assert_eq!(
        steep.factor(moment::read("2026-05-09 00:00:00", 0)),
        of(0.0)
    );
}

#[test]
fn a_mistake_is_told_with_its_line_and_the_nearest_name() {
    let error = |text: &str| read(text).expect_err("a mistake").to_string();
    for (text, parts) in [
        (
            "hints = true\nweigths = {}\n",
            ["grading.toml:2", "did you mean `weights`?"],
        ),
        (
            "[deadline]\nat = 2026-05-01T23:59:00Z\ngrase = \"1h\"\n",
            [":3", "`grace`"],
        ),
        (
            "[columns]\nmodle = \"x\"\n",
            [":2", "did you mean `moodle`?"],
        ),
        (
            "[weights]\n\"05_lokc\" = 2\n",
            ["05_lokc", "did you mean `05_lock`?"],
        ),
        (
            "exercises = [\"05_lock/2_gard\"]\n",
            ["2_gard", "`05_lock/2_guard`"],
        ),
        ("[points]\n\"05_lock\" = -1\n", [":2", "points"]),
        ("tries = \"worst\"\n", [":1", "best"]),
        (
            "[deadline]\nat = 2026-05-01T23:59:00\n",
            ["2026-05-01", "+02:00"],
        ),
        (
            "[deadline]\nat = 2026-05-01T23:59:00Z\nper_day = \"110%\"\n",
            [":3", "110%"],
        ),
        ("decimals = 7\n", ["decimals", "6"]),
    ] {
        let told = error(text);
        assert!(parts.iter().all(|part| told.contains(part)), "{told}");
    }
}

#[test]
fn what_is_written_down_is_read_again() {
    let policy = policy(
        "total = 20\ntries = \"last\"\nhints = false\n[columns]\ncanvas = \"Sheet 5 (7)\"\n\
         [deadline]\nat = 2026-05-01T23:59:00Z\nper_day = \"12.5%\"\n",
    );
    let text = serde_json::to_string(&policy).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Policy>(&text).expect("a policy"),
        policy
    );
}

#[test]
fn a_mistake_is_told_with_a_line_that_is_right_and_that_the_page_for_instructors_has() {
    for line in message::EXAMPLE.lines().filter(|it| it.contains(" = ")) {
        let (table, _) = message::EXAMPLE.split_once(line).expect("is there");
        let table = table
            .lines()
            .rfind(|it| it.starts_with('['))
            .unwrap_or_default();
        let (key, _) = line.split_once(" = ").expect("a key");
        for wrong in ["...", "{}", "2026-05-01 20:00 +02:00", "[[]]"] {
            let text = format!("{table}\n{key} = {wrong}\n");
            let told = read(&text).expect_err(&text).to_string();
            assert!(told.starts_with("grading.toml:2: "), "{told}");
            let advice = format!("; write it as in `{line}`");
            assert!(told.contains(&advice), "{told}");
        }
    }
    let missing = read("[deadline]\ngrace = \"1h\"\n").expect_err("no moment");
    assert!(missing.to_string().contains("`at = 2026"), "{missing}");
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/instructors.md");
    let page = std::fs::read_to_string(page).expect("is there");
    let line = |line: &str| {
        line.split("  ")
            .next()
            .unwrap_or_default()
            .trim()
            .to_owned()
    };
    let shown: Vec<String> = page.lines().map(line).collect();
    for wanted in message::EXAMPLE.lines() {
        assert!(shown.iter().any(|it| it == wanted), "{wanted}");
    }
}

#[test]
fn a_moment_may_stand_in_quotes() {
    let of = |at: &str| policy(&format!("[deadline]\nat = {at}\n"));
    let at = "2026-05-01T23:59:00+02:00";
    assert_eq!(of(at), of(&format!("\"{at}\"")));
    let error = read("[deadline]\nat = \"1 May, 23:59\"\n").expect_err("no moment");
    assert!(
        error.to_string().contains("write it as in `at = 2026"),
        "{error}"
    );
}

#[test]
fn what_is_advised_is_taken() {
    for at in ["2026-05-01", "2026-05-01T20:00:00", "20:00:00"] {
        let error = read(&format!("[deadline]\nat = {at}\n")).expect_err("no moment");
        let told = error.to_string();
        let (_, advice) = told.split_once("such as ").expect("an example");
        policy(&format!("[deadline]\nat = {advice}\n"));
    }
}
