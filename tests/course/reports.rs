//! The full report on every known wrong answer, as a learner reads it, held by a snapshot each.
//!
//! A new wrong answer needs one, and so does a changed text:
//! `INSTA_UPDATE=always cargo test --release --test course reports`. Then read it, aloud.

use std::collections::BTreeSet;

use crate::util::{self, Answer, for_each, wrong_answers};

/// Columns of a page.
const WIDTH: usize = 80;

/// `05_lock/1_two_lines/no_lock.rs` as the name of a file.
fn name(answer: &Answer) -> String {
    let inside = answer.file.trim_start_matches("tests/wrong/");
    inside.trim_end_matches(".rs").replace('/', "-")
}

fn report(answer: &Answer) -> String {
    let args = ["check", &answer.exercise, "--file", &answer.file];
    util::text(&util::call(&args).stdout)
}

#[test]
fn every_wrong_answer_has_the_report_that_was_read() {
    for_each(&wrong_answers(), |answer| {
        let report = report(answer);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../snapshots");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        let held = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            settings.bind(|| insta::assert_snapshot!(name(answer), report));
        }));
        held.err()
            .map(|_| format!("{}: another report", answer.file))
    });
}

#[test]
fn no_snapshot_is_left_of_an_answer_that_is_gone() {
    let there: BTreeSet<String> = wrong_answers().iter().map(name).collect();
    let folder = "tests/snapshots/";
    for file in util::files_below(folder) {
        let of = file.trim_start_matches(folder).trim_end_matches(".snap");
        // What lies in a folder there is of something else.
        let is = of.contains('/') || there.contains(of);
        assert!(is, "{file} is of no wrong answer");
    }
}

#[test]
fn every_report_fits_the_page_but_for_source_and_commands() {
    for_each(&wrong_answers(), |answer| {
        let report = util::read(&format!("tests/snapshots/{}.snap", name(answer)));
        let may_be_long = |line: &str| {
            let source = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
            source.starts_with('|') || source.starts_with("-->") || line.starts_with("    course ")
        };
        let mut long = report.lines().filter(|line| line.chars().count() > WIDTH);
        let line = long.find(|line| !may_be_long(line))?;
        Some(format!("{}: {line}", answer.file))
    });
}

#[test]
fn the_readme_shows_a_report_as_it_is() {
    let wrong = "05_lock/1_two_lines/a_lock_each";
    let held = util::read(&format!("tests/snapshots/{}.snap", wrong.replace('/', "-")));
    let (_, report) = held.split_once("\n---\n").expect("a head and a report");
    // As if the answer were the learner's own.
    let file = format!("tests/wrong/{wrong}.rs");
    let own = report.replace(&format!(" --file {file}"), "");
    let own = own.replace(&file, "exercises/05_lock/1_two_lines.rs");
    let readme = util::read("README.md");
    assert!(readme.contains(&format!("```text\n{own}```\n")), "{own}");
}
