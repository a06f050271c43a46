//! The reports on the known wrong answers, as learners read them.
//!
//! Some are held in full by a snapshot each: the first, in order, that shows a verdict with its cause,
//! a view or a kind of paragraph that none before it shows. Of all others a table an exercise says
//! what is reported, and where. So a change of words is read by a person:
//! `INSTA_UPDATE=always cargo test --release --test course reports`. Then read it, aloud.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Output;
use std::sync::OnceLock;

use crate::util::{self, Answer, wrong_answers};

/// Columns of a page.
const WIDTH: usize = 80;
/// Where the snapshots are.
const FOLDER: &str = "tests/snapshots/reports/";

/// The report on a wrong answer.
struct Report {
    answer: Answer,
    text: String,
}

/// What `course author check` says of the whole course, and the reports that it writes, in the order of
/// the answers: each answer is checked once for all that is tested about it.
pub struct Proof {
    pub output: Output,
    reports: Vec<Report>,
}

pub fn proof() -> &'static Proof {
    static PROOF: OnceLock<Proof> = OnceLock::new();
    PROOF.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let to = folder.path().to_str().expect("is UTF-8");
        let output = util::author_check(&["--quick", "--reports", to]);
        let read = |answer: Answer| {
            let path = folder.path().join(inside(&answer)).with_extension("txt");
            let text = fs::read_to_string(&path);
            let text = text.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            Report { answer, text }
        };
        let reports = wrong_answers().into_iter().map(read).collect();
        Proof { output, reports }
    })
}

fn reports() -> &'static [Report] {
    &proof().reports
}

/// `05_lock/1_two_lines/no_lock.rs`.
fn inside(answer: &Answer) -> &str {
    answer.file.trim_start_matches("tests/wrong/")
}

/// The report on a wrong answer with the seed that is usual.
pub fn of(answer: &Answer) -> &'static str {
    let report = reports().iter().find(|it| it.answer.file == answer.file);
    &report.expect("a wrong answer").text
}

impl Report {
    /// `05_lock/1_two_lines/no_lock.rs` as the name of a snapshot.
    fn name(&self) -> String {
        inside(&self.answer)
            .trim_end_matches(".rs")
            .replace('/', "-")
    }

    /// The verdict with its cause, if it has one, as the answer declares them.
    fn verdict(&self) -> String {
        let cause = self.answer.cause.iter().map(|cause| format!(", {cause}"));
        self.answer.verdict.clone() + &cause.collect::<String>()
    }

    /// How the exercise compares what is printed, by name.
    fn view(&self) -> String {
        let exercises = util::exercises();
        let view = &exercises[&self.answer.exercise]["view"];
        let name = view.as_str().or_else(|| {
            // One that has settings of its own: `view = { blocks = .. }`.
            let (name, _) = view.as_table()?.iter().next()?;
            Some(name)
        });
        name.expect("a view").to_owned()
    }

    /// What it is an example of.
    fn shows(&self) -> BTreeSet<String> {
        // The first paragraph is the title; others begin with words that tell their kind.
        let paragraphs = self.text.split("\n\n").skip(1);
        let kinds = paragraphs.filter_map(|it| it.lines().next()?.split_once(':'));
        let kinds = kinds.map(|(kind, _)| format!("paragraph {kind}"));
        let kinds = kinds.filter(|kind| !kind.contains(['`', '"', '|']));
        let verdict = format!("verdict {}", self.verdict());
        kinds
            .chain([verdict, format!("view {}", self.view())])
            .collect()
    }

    /// Its row in the table of the exercise: what is reported, and where.
    fn row(&self) -> String {
        let (_, name) = self.answer.file.rsplit_once('/').expect("a folder");
        let finding = self.text.split_once("\n\n");
        let (_, finding) = finding.unwrap_or_else(|| panic!("{name}: {}", self.text));
        let mut lines = finding.lines().map(str::trim_start);
        let is_place = |line: &&str| line.starts_with("--> ");
        let is_told = |line: &&str| !line.is_empty() && !is_place(line);
        let sentence: Vec<&str> = lines.clone().take_while(is_told).collect();
        let line = lines.find(is_place).and_then(|it| it.rsplit(':').nth(1));
        let line = line.map_or_else(String::new, |line| format!(" line {line}"));
        let cause = lines.find_map(|it| it.strip_prefix("= note: cause: "));
        let cause = cause.map_or_else(String::new, |cause| format!(" ({cause})"));
        format!("{name}:{line}{cause}\n    {}\n", sentence.join(" "))
    }
}

/// The reports that are held in full.
fn in_full() -> Vec<&'static Report> {
    let mut shown = BTreeSet::new();
    let is_new = |report: &&Report| {
        let before = shown.len();
        shown.extend(report.shows());
        shown.len() > before
    };
    reports().iter().filter(is_new).collect()
}

/// What there must be snapshots of, by their names.
fn snapshots() -> BTreeMap<String, String> {
    let mut snapshots: BTreeMap<String, String> = BTreeMap::new();
    for report in reports() {
        let table = report.answer.exercise.replace('/', "-");
        *snapshots.entry(table).or_default() += &report.row();
    }
    let full = in_full().into_iter();
    snapshots.extend(full.map(|report| (report.name(), report.text.clone())));
    snapshots
}

#[test]
fn every_wrong_answer_has_the_report_that_was_read() {
    let snapshots = snapshots();
    let held = |(name, text): &(&String, &String)| util::is_held("reports", name, text);
    let changed: Vec<&String> = snapshots
        .iter()
        .filter(|it| !held(it))
        .map(|it| it.0)
        .collect();
    assert!(changed.is_empty(), "other reports: {changed:#?}");
}

#[test]
fn what_author_check_writes_is_what_check_prints() {
    for report in reports().iter().step_by(40) {
        let Answer { exercise, file, .. } = &report.answer;
        let printed = util::call(&["check", exercise, "--file", file]);
        assert_eq!(util::text(&printed.stdout), report.text, "{file}");
    }
}

#[test]
fn no_snapshot_is_left_of_an_answer_that_is_gone() {
    let there = snapshots();
    for file in util::files_below(FOLDER) {
        let of = file.trim_start_matches(FOLDER).trim_end_matches(".snap");
        assert!(there.contains_key(of), "{file} is of no wrong answer");
    }
}

#[test]
fn every_report_fits_the_page_but_for_source_and_commands() {
    let may_be_long = |line: &&str| {
        let source = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        source.starts_with('|') || source.starts_with("-->") || line.starts_with("    course ")
    };
    for report in reports() {
        let mut long = report
            .text
            .lines()
            .filter(|line| line.chars().count() > WIDTH);
        let line = long.find(|line| !may_be_long(line));
        assert_eq!(line, None, "{}", report.answer.file);
    }
}

#[test]
fn the_readme_shows_a_report_as_it_is() {
    let file = "tests/wrong/05_lock/1_two_lines/a_lock_each.rs";
    let report = reports().iter().find(|report| report.answer.file == file);
    // As if the answer were the learner's own.
    let own = report
        .expect("a known answer")
        .text
        .replace(&format!(" --file {file}"), "");
    let own = own.replace(file, "exercises/05_lock/1_two_lines.rs");
    let readme = util::read("README.md");
    let shown = format!("```text\n{}\n```\n", own.trim_end());
    assert!(readme.contains(&shown), "{shown}");
}
