//! Grades made by `grading.toml`: what each learner gets, and that platforms can read it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::beside_others;
use crate::util::class::{EXERCISES, grade, graded, json, written};
use crate::util::{self, course, read, status, text};

/// One exercise counts double, one not at all, and lateness costs a fifth a day.
const GRADING: &str = "\
learners = \"learners.csv\"
total = 10
hints = false

[weights]
\"05_lock\" = 2
\"02_process\" = 0

[deadline]
at = 2026-05-01T23:59:00+02:00
grace = \"10m\"
per_day = \"20%\"

[columns]
canvas = \"Sheet 5 (77)\"
blackboard = \"Sheet 5 |99\"
";
const LEARNERS: &str = "\
submission,name,student id,username,email,id,section,submitted,submitted 2
,\"Lovelace, Ada\",4711,adal,ada@x.org,12,A,2026-05-01 20:00:00,
ben,Ben Babbage,4712,benb,,,B,2026-05-02 00:09:00,2026-05-03 10:00:00
,Cleo Clark,4713,cleo,,,A,,
";

fn write(path: &Path, content: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, content).expect("a file");
}

/// Two rounds of a class: Ada solves one exercise, Ben gets a part and then all of it, late.
fn class(folder: &Path) {
    let solution = |index: usize| read(&format!("solutions/{}.rs", EXERCISES[index]));
    let wrong = util::handed_in("tests/wrong/05_lock/1_two_lines/no_lock.rs");
    write(&folder.join("first/grading.toml"), GRADING);
    write(&folder.join("first/learners.csv"), LEARNERS);
    write(&folder.join("first/adal_12/1_two_lines.rs"), &solution(1));
    write(&folder.join("first/ben/1_two_lines.rs"), &wrong);
    write(&folder.join("first/ben/4_lock_order.rs"), &solution(2));
    write(&folder.join("second/ben/1_two_lines.rs"), &solution(1));
    write(&folder.join("second/guest/notes.md"), "no row");
}

fn validator(of: &str) -> jsonschema::Validator {
    let output = course()
        .args(["schema", of])
        .output()
        .expect("course starts");
    let schema: Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).expect("a schema")
}

/// Everything that is written for programs, held against what is published.
#[track_caller]
fn assert_valid(out: &Path) {
    let summary = json(&out.join("summary.json"));
    let results = fs::read_dir(out.join("results")).expect("a folder");
    let results = results.map(|it| json(&it.expect("an entry").path()));
    let all = results
        .map(|it| ("result", it))
        .chain([("summary", summary)]);
    for (of, mut value) in all {
        let validator = validator(of);
        let wrong: Vec<_> = validator
            .iter_errors(&value)
            .map(|it| it.to_string())
            .collect();
        assert!(wrong.is_empty(), "{of}: {wrong:?}\n{value}");
        value["unheard_of"] = json!(1);
        assert!(!validator.is_valid(&value), "the schema takes anything");
    }
}

fn table(file: &Path) -> Vec<Vec<String>> {
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(file)
        .expect("a table");
    let rows = table.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn grades_are_made_as_the_file_says_and_can_be_handed_back_and_imported() {
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    class(folder.path());
    let second = path("second").display().to_string();
    let output = graded(&path("first"), &path("out"), &[&second, "--answers"]);
    let said = text(&output.stderr);
    assert!(said.contains("grading.toml"), "{said}");
    let told = text(&output.stdout);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        "2 submissions of",
        "2 learners handed in nothing that was asked for.",
        "and so not in the tables for platforms: guest.",
    ] {
        assert!(told.contains(sentence), "{sentence}\n{told}");
    }
    let out = path("out");
    assert_grades(&out);
    assert_valid(&out);
    assert_tables(&out);
    assert_feedback(&out);
    assert_answers(&out);
    the_parts_of_it_are_the_same(folder.path(), &second);
    what_is_withdrawn_is_put_aside(folder.path(), &second);
}

fn what_is_withdrawn_is_put_aside(folder: &Path, second: &str) {
    let (class, out) = (folder.join("first"), folder.join("out"));
    fs::remove_dir_all(folder.join("second/ben")).expect("is there");
    let said = text(&graded(&class, &out, &[second, "--answers"]).stdout);
    assert!(said.contains("No longer handed in: ben (try 2)."), "{said}");
    let result = "tries/2/results/ben.json";
    assert!(!out.join(result).exists() && out.join("gone").join(result).is_file());
    let answers = out.join("answers/05_lock-1_two_lines");
    assert!(!answers.join("ben~try2").exists() && answers.join("ben").exists());
    let list = text(&fs::read(answers.join("info.csv")).expect("a list"));
    assert!(!list.contains("try2"), "{list}");
    // Both are called the same, and others are to know who is who.
    let table = LEARNERS.replace("Cleo Clark", "Ben Babbage");
    write(&class.join("learners.csv"), &table);
    let output = graded(&class, &out, &[second]);
    let said = text(&output.stderr);
    assert!(said.contains("with --answers it is written anew"), "{said}");
    let rows = table_names(&out);
    assert_eq!(
        rows[1..4],
        ["Lovelace, Ada", "Ben Babbage (ben)", "Ben Babbage (cleo)"]
    );
}

fn table_names(out: &Path) -> Vec<String> {
    let rows = table(&out.join("grades.csv"));
    rows.into_iter().map(|row| row[0].clone()).collect()
}

fn assert_grades(out: &Path) {
    let summary = json(&out.join("summary.json"));
    assert_eq!(
        summary["not_taken"],
        json!([]),
        "the files of grading are the instructor's"
    );
    let grades = summary["submissions"].as_array().expect("a list").iter();
    let grades: BTreeMap<&str, &Value> = grades
        .map(|it| (it["name"].as_str().expect("a name"), &it["grade"]))
        .collect();
    let names: Vec<&str> = grades.keys().copied().collect();
    assert_eq!(names, ["adal_12", "ben", "cleo", "guest"]);
    let max = |index: usize| grades["ben"]["max"][index].as_f64();
    let (lines, order) = (max(1).expect("counts"), max(2).expect("counts"));
    assert_eq!(max(0), None, "a weight of nothing");
    // Ben's second try is two days late, so sixty hundredths of all beat a quarter of all.
    let all = |points: f64| points / (lines + order) * 10.0;
    for (name, points) in [
        ("adal_12", all(lines)),
        ("ben", all(0.6 * lines + order)),
        ("cleo", 0.0),
        ("guest", 0.0),
    ] {
        let got = grades[name]["points"].as_f64().expect("a number");
        assert!((got - points).abs() < 0.006, "{name}: {got}, not {points}");
        assert_eq!(grades[name]["max_points"], 10.0);
    }
    let remarks = |name: &str| grades[name]["remarks"].to_string();
    assert!(
        remarks("ben").contains("2 days late: 60% of the points count"),
        "{}",
        remarks("ben")
    );
    assert!(remarks("guest").contains("not in the table of learners"));
    assert_eq!(remarks("cleo"), "[]", "who handed in nothing is not late");
    let rows = table(&out.join("grades.csv"));
    assert_eq!(rows[1][0], "Lovelace, Ada");
    assert_eq!(rows[2][1], "–", "it does not count");
}

/// As the platforms document what they read.
fn assert_tables(out: &Path) {
    let of = |name: &str| table(&out.join("import").join(name));
    let moodle = of("moodle.csv");
    for column in [
        "Identifier",
        "Grade",
        "Last modified (grade)",
        "Email address",
    ] {
        assert!(moodle[0].iter().any(|it| it == column), "{column}");
    }
    assert_eq!(
        moodle[1][..4],
        ["Participant 12", "Lovelace, Ada", "4711", "ada@x.org"]
    );
    let canvas = of("canvas.csv");
    let head = [
        "Student",
        "ID",
        "SIS User ID",
        "SIS Login ID",
        "Section",
        "Sheet 5 (77)",
    ];
    assert_eq!(canvas[0], head);
    assert!(canvas[1][0].contains("Points Possible"));
    assert_eq!(canvas[1][5], "10");
    assert_eq!(canvas[2][..5], ["Lovelace, Ada", "12", "4711", "adal", "A"]);
    let blackboard = of("blackboard.csv");
    let head = [
        "Last Name",
        "First Name",
        "Username",
        "Student ID",
        "Sheet 5 |99",
    ];
    assert_eq!(blackboard[0], head);
    assert_eq!(blackboard[2][..4], ["Babbage", "Ben", "benb", "4712"]);
    let raw = text(&fs::read(out.join("import/blackboard.csv")).expect("a table"));
    assert!(
        raw.starts_with("\"Last Name\",\"First Name\""),
        "each cell is quoted: {raw}"
    );
    for table in [&moodle, &canvas, &blackboard] {
        let cells: Vec<&String> = table.iter().flatten().collect();
        assert!(!cells.iter().any(|it| it.contains("guest")), "{cells:?}");
    }
    let points = json(&out.join("summary.json"))["submissions"][1]["grade"]["points"].as_f64();
    for written in [&moodle[2][4], &canvas[3][5], &blackboard[2][4]] {
        assert_eq!(written.parse::<f64>().ok(), points);
    }
}

fn assert_feedback(out: &Path) {
    let of = |name: &str| text(&fs::read(out.join("feedback").join(name)).expect("feedback"));
    let (page, markdown) = (of("ben.html"), of("ben.md"));
    assert!(markdown.starts_with("# Ben Babbage\n"), "{markdown}");
    for told in ["2 days late: 60% of the points count", "Two lines"] {
        assert!(
            page.contains(told) && markdown.contains(told),
            "{told}\n{markdown}"
        );
    }
    let guest = of("guest.md");
    assert!(guest.contains("not handed in"), "{guest}");
}

fn assert_answers(out: &Path) {
    let folder = out.join("answers/05_lock-1_two_lines");
    let rows = table(&folder.join("info.csv"));
    assert_eq!(rows[0], ["filename", "full_name"]);
    let files: Vec<&str> = rows[1..].iter().map(|it| it[0].as_str()).collect();
    let file = "05_lock-1_two_lines.rs";
    let expected = ["adal_12", "ben", "ben~try2"].map(|it| format!("{it}/{file}"));
    assert_eq!(files, expected);
    for row in &rows[1..] {
        let answer = text(&fs::read(folder.join(&row[0])).expect("is there"));
        assert!(!answer.contains(util::GIVEN), "only what is the learner's");
    }
    assert!(
        out.join("answers/05_lock-1_two_lines.given")
            .join(file)
            .is_file()
    );
}

fn the_parts_of_it_are_the_same(folder: &Path, second: &str) {
    for part in ["1", "2"] {
        let partition = format!("slice:{part}/2");
        graded(
            &folder.join("first"),
            &folder.join(part),
            &[second, "--partition", &partition],
        );
    }
    let mut merge = course();
    let output = merge
        .current_dir(folder)
        .args(["merge", "1", "2", "--out", "merged"])
        .output();
    let output = output.expect("course starts");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let (whole, merged) = (
        written(&folder.join("out")),
        written(&folder.join("merged")),
    );
    for (name, bytes) in whole {
        // What a try took differs, and answers are exported where they were handed in.
        if !name.starts_with("answers/") && !name.starts_with("tries/") {
            assert!(merged.get(&name) == Some(&bytes), "{name} differs");
        }
    }
}

#[test]
fn a_mistake_in_the_file_is_told_before_anything_is_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    write(&class.join("ada/1_two_lines.rs"), "");
    for (text_of_file, told) in [
        ("weigths = 1\n", "did you mean `weights`?"),
        ("learners = \"nobody.csv\"\n", "nobody.csv"),
        ("[deadline]\nat = 2026-05-01T23:59:00\n", "+02:00"),
        ("total = 0\n", "nothing counts"),
        (
            "exercises = [\"05_lock\"]\nweights = { 05_lock = 0 }\n",
            "nothing counts",
        ),
    ] {
        write(&class.join("grading.toml"), text_of_file);
        let output = grade(&class, &out, &[]).output().expect("course starts");
        assert_eq!(status(&output), 2, "{}", text(&output.stderr));
        let said = text(&output.stderr)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        assert!(said.contains(told), "{said}");
    }
    assert!(!out.exists());
}
