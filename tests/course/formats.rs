//! The formats of reports: each is what its platform reads, and all say the same of one run.

use std::fs;
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quick_junit::{NonSuccessKind, Report, TestCaseStatus};
use serde_json::{Value, json};

use crate::util::{call, course, scratch_file, status, text};

/// Runs of every kind, as they are typed after `course check`.
fn runs() -> Vec<Vec<String>> {
    let wrong = "05_lock/1_two_lines --file tests/wrong/05_lock/1_two_lines";
    let order = "05_lock/4_lock_order --file tests/wrong/05_lock/4_lock_order";
    let runs = [
        "05_lock/1_two_lines 05_lock/4_lock_order --solutions".to_owned(),
        format!("{wrong}/no_lock.rs"),
        format!("{wrong}/in_main.rs"),
        format!("{order}/from_then_to.rs"),
        format!("{order}/one_big_lock.rs --seed 7"),
        // No exercise, and without the line.
        "05_lock/1_two_lines --file LICENSE".to_owned(),
        "05_lock/1_two_lines --file tests/peers/02_withdraw.rs".to_owned(),
        "05_lock".to_owned(),
        "05_lock/1_two_lines --exhaustive --solutions --schedules 300".to_owned(),
    ];
    let words = |run: &String| run.split(' ').map(str::to_owned).collect();
    runs.iter().map(words).collect()
}

/// A report, and its exit status.
fn report(run: &[String], format: &str) -> (i32, String) {
    let mut args = vec!["check", "--format", format];
    args.extend(run.iter().map(String::as_str));
    let output = call(&args);
    (status(&output), text(&output.stdout))
}

fn parsed(report: &str) -> Value {
    serde_json::from_str(report).unwrap_or_else(|error| panic!("{error}: {report}"))
}

/// What a format says of one exercise: its name, whether it passed, its points.
type Said = (String, bool, Option<(u64, u64)>);

fn points(of: &Value, reached: &str, all: &str) -> Option<(u64, u64)> {
    let number = |key: &str| of[key].as_f64().expect("a number");
    assert_eq!(number(reached).fract(), 0.0, "{of}");
    Some((number(reached) as u64, number(all) as u64))
}

fn said_by_json(report: &str) -> Vec<Said> {
    let report = parsed(report);
    let results = report["results"].as_array().expect("a list").iter();
    let said = |it: &Value| {
        let name = it["exercise"].as_str().expect("a name").to_owned();
        let passed = it["passed"].as_bool().expect("yes or no");
        (name, passed, points(it, "points", "max_points"))
    };
    results.map(said).collect()
}

fn said_by_junit(report: &str) -> Vec<Said> {
    let report = Report::deserialize_from_str(report).unwrap_or_else(|e| panic!("{e}: {report}"));
    let said = |suite: &quick_junit::TestSuite| {
        let of = |name: &str| {
            let found = suite.properties.iter().find(|it| it.name.as_str() == name);
            found.expect("has this property").value.as_str().to_owned()
        };
        let [case] = &suite.test_cases[..] else {
            panic!("one test a suite");
        };
        let passed = match &case.status {
            TestCaseStatus::Success { flaky_runs, .. } => {
                assert!(flaky_runs.is_empty());
                true
            }
            TestCaseStatus::NonSuccess {
                kind,
                message,
                reruns,
                ..
            } => {
                assert_eq!(*kind, NonSuccessKind::Failure);
                assert!(reruns.runs.is_empty(), "never flaky");
                let message = message.as_ref().expect("a message").as_str();
                if suite
                    .properties
                    .iter()
                    .any(|it| it.name.as_str() == "schedule")
                {
                    let shown = format!("schedule {}", of("schedule"));
                    assert!(message.contains(&shown), "{message}");
                    assert!(
                        message.contains(&format!("seed {}", of("seed"))),
                        "{message}"
                    );
                }
                false
            }
            other => panic!("{other:?}"),
        };
        let number = |name: &str| of(name).parse().expect("a number");
        let points = Some((number("points"), number("max_points")));
        (suite.name.as_str().to_owned(), passed, points)
    };
    report.test_suites.iter().map(said).collect()
}

fn said_by_tests(report: &str, passed: &str, scores: Option<[&str; 2]>) -> Vec<Said> {
    let report = parsed(report);
    let tests = report["tests"].as_array().expect("a list").iter();
    let said = |it: &Value| {
        let name = it["name"].as_str().expect("a name");
        let name = name.split(": ").next().expect("something").to_owned();
        let points = scores.and_then(|[score, max]| points(it, score, max));
        (name, it["status"] == passed, points)
    };
    tests.map(said).collect()
}

#[test]
fn all_formats_say_the_same_of_one_run_and_end_with_the_same_status() {
    for run in runs() {
        let (code, json) = report(&run, "json");
        let said = said_by_json(&json);
        let without = |points: &dyn Fn((u64, u64)) -> Option<(u64, u64)>| -> Vec<Said> {
            let said = said.iter().cloned();
            said.map(|(name, passed, has)| (name, passed, has.and_then(points)))
                .collect()
        };
        let (junit_code, junit) = report(&run, "junit");
        assert_eq!(
            (junit_code, said_by_junit(&junit)),
            (code, said.clone()),
            "{run:?}"
        );
        let (gradescope_code, gradescope) = report(&run, "gradescope");
        let scores = Some(["score", "max_score"]);
        let by_gradescope = said_by_tests(&gradescope, "passed", scores);
        assert_eq!(
            (gradescope_code, by_gradescope),
            (code, said.clone()),
            "{run:?}"
        );
        let (github_code, github) = report(&run, "github");
        let by_github = said_by_tests(&github, "pass", Some(["score", "score"]));
        let reached = without(&|(points, _)| Some((points, points)));
        assert_eq!((github_code, by_github), (code, reached), "{run:?}");
        let all: u64 = said.iter().filter_map(|it| Some(it.2?.1)).sum();
        assert_eq!(parsed(&github)["max_score"], all);
        let (exercism_code, exercism) = report(&run, "exercism");
        assert_eq!(exercism_code, code);
        if parsed(&exercism)["status"] != "error" {
            let by_exercism = said_by_tests(&exercism, "pass", None);
            assert_eq!(by_exercism, without(&|_| None), "{run:?}");
        } else {
            assert!(said.iter().all(|it| !it.1), "nothing was run: {json}");
        }
        for (format, text) in [
            ("junit", junit),
            ("gradescope", gradescope),
            ("github", github),
            ("exercism", exercism),
        ] {
            assert_eq!(
                report(&run, format).1,
                text,
                "{format} is the same each time"
            );
        }
    }
}

fn schema() -> Value {
    let output = call(&["schema"]);
    assert_eq!(status(&output), 0);
    parsed(&text(&output.stdout))
}

/// Reports of every kind, and one of a check that the tool could not do.
fn reports() -> Vec<Value> {
    let runs = runs().into_iter().map(|run| report(&run, "json").1);
    let reports = runs.chain([fault("json")]);
    reports.map(|report| parsed(&report)).collect()
}

#[test]
fn real_reports_are_as_the_published_schema_says_and_others_are_not() {
    let schema = schema();
    assert!(jsonschema::meta::is_valid(&schema));
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let reports = reports();
    for report in &reports {
        let errors: Vec<String> = validator
            .iter_errors(report)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{report}");
    }
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut report = reports[1].clone();
        change(&mut report);
        validator.is_valid(&report)
    };
    assert!(changed(&|_| {}));
    assert!(!changed(&|it| it["version"] = 2.into()));
    assert!(!changed(&|it| it["results"][0]["verdict"] = "wrong".into()));
    assert!(!changed(&|it| it["results"][0]["passed"] = true.into()));
    assert!(!changed(&|it| it["results"][0]["at"]["line"] = 0.into()));
    assert!(!changed(&|it| it["results"][0]["seconds"] = 1.into()));
}

#[test]
#[ignore = "needs Python with jsonschema"]
fn real_reports_are_as_the_published_schema_says_by_another_validator() {
    let (schema, reports) = (schema(), reports());
    let (_folder, file) = scratch_file("all.json", json!([schema, reports]).to_string());
    let script = "import json, sys\n\
        try:\n    import jsonschema\nexcept ImportError:\n    sys.exit(77)\n\
        schema, reports = json.load(open(sys.argv[1]))\n\
        jsonschema.Draft202012Validator.check_schema(schema)\n\
        [jsonschema.Draft202012Validator(schema).validate(report) for report in reports]\n";
    // Debian's own python has Debian's packages, also where another one comes first.
    let pythons = ["python3", "/usr/bin/python3"].map(|python| {
        let output = Command::new(python).args(["-c", script, &file]).output();
        output.ok().filter(|it| it.status.code() != Some(77))
    });
    let output = pythons.into_iter().flatten().next();
    let output = output.expect("a python has jsonschema: apt-get install python3-jsonschema");
    assert!(output.status.success(), "{}", text(&output.stderr));
}

/// The schema of Jenkins' xUnit plugin, as it is handed on with pytest.
const JUNIT: &str = "tests/formats/junit-10.xsd";

/// Whether `report` is valid by a schema of others, and what the validator says.
fn linted(report: &str) -> (bool, String) {
    let (_folder, file) = scratch_file("junit.xml", report);
    let mut lint = Command::new("xmllint");
    let output = lint.args(["--noout", "--schema", JUNIT, &file]).output();
    let output = output.expect("there is xmllint: apt-get install libxml2-utils");
    (output.status.success(), text(&output.stderr))
}

#[test]
#[ignore = "needs xmllint"]
fn junit_is_as_the_schema_of_jenkins_says() {
    let reports = runs().into_iter().map(|run| report(&run, "junit").1);
    for report in reports.chain([fault("junit")]) {
        let (valid, said) = linted(&report);
        assert!(valid, "{said}{report}");
        let (valid, said) = linted(&report.replace("<testcase ", "<testcase grade=\"1\" "));
        assert!(!valid, "the validator takes anything: {said}");
    }
}

/// A report of a course whose solution is missing: the tool cannot check, and says so.
fn fault(format: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let course_file = folder.path().join("exercises/course.toml");
    fs::create_dir_all(course_file.parent().expect("a folder")).expect("a folder");
    fs::create_dir(folder.path().join("exercises/05_lock")).expect("a folder");
    let table = "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 4\n";
    fs::write(&course_file, table).expect("a file");
    fs::write(folder.path().join("exercises/05_lock/1_two_lines.rs"), "").expect("a file");
    let mut command = course();
    command.current_dir(folder.path());
    let output = command
        .args(["check", "05_lock/1_two_lines", "--format", format])
        .output();
    let output = output.expect("course can be started");
    assert_eq!(status(&output), 3, "{}", text(&output.stderr));
    text(&output.stdout)
}

/// A report from where there is no course at all.
fn nothing(format: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = course();
    command.current_dir(folder.path());
    let output = command
        .args(["check", "--all", "--format", format])
        .output();
    let output = output.expect("course can be started");
    assert_eq!(status(&output), 2);
    text(&output.stdout)
}

#[test]
fn a_checker_that_fails_still_writes_a_report_that_says_so() {
    let failed = "the check could not be done";
    for make in [fault, nothing] {
        for format in ["json", "junit", "github", "gradescope", "exercism"] {
            let report = make(format);
            assert!(report.contains(failed), "{format}: {report}");
            match format {
                "junit" => {
                    let report = Report::deserialize_from_str(&report).expect("JUnit");
                    assert_eq!(
                        (report.errors, report.failures),
                        (1, 0),
                        "not the learner's"
                    );
                }
                "json" => assert!(!report.contains("\"passed\": true")),
                "gradescope" => assert_eq!(parsed(&report)["tests"][0]["status"], "failed"),
                _ => assert_eq!(parsed(&report)["status"], "error", "{report}"),
            }
        }
    }
    assert_eq!(parsed(&nothing("gradescope"))["tests"][0]["score"], 0.0);
}

/// What Gradescope documents of its results (autograder specifications).
fn gradescope() -> Value {
    let visibility = json!({"enum": ["visible", "hidden", "after_due_date", "after_published"]});
    let format = json!({"enum": ["text", "html", "simple_format", "md", "ansi"]});
    json!({"type": "object", "additionalProperties": false, "properties": {
        "score": {"type": "number"}, "execution_time": {"type": "number"},
        "output": {"type": "string"}, "output_format": format, "test_output_format": format,
        "test_name_format": format, "visibility": visibility, "stdout_visibility": visibility,
        "extra_data": {"type": "object"}, "leaderboard": {"type": "array"},
        "tests": {"type": "array", "items": {"type": "object", "additionalProperties": false,
            "properties": {"score": {"type": "number"}, "max_score": {"type": "number"},
                "status": {"enum": ["passed", "failed"]}, "name": {"type": "string"},
                "name_format": format, "number": {"type": "string"},
                "output": {"type": "string"}, "output_format": format,
                "tags": {"type": "array", "items": {"type": "string"}},
                "visibility": visibility, "extra_data": {"type": "object"}}}}}})
}

/// What Exercism documents of its results, version 3.
fn exercism() -> Value {
    let status = json!({"enum": ["pass", "fail", "error"]});
    json!({"type": "object", "required": ["version", "status"], "properties": {
        "version": {"const": 3}, "status": status,
        "message": {"type": ["string", "null"], "maxLength": 65535},
        "tests": {"type": "array", "items": {"type": "object",
            "required": ["name", "status"], "properties": {"name": {"type": "string"},
                "status": status, "message": {"type": ["string", "null"]},
                "output": {"type": ["string", "null"], "maxLength": 500},
                "test_code": {"type": "string"}, "task_id": {"type": "integer"}},
            "if": {"properties": {"status": {"const": "pass"}}},
            "else": {"properties": {"message": {"type": "string"}}}}}},
        "if": {"properties": {"status": {"const": "error"}}},
        "then": {"properties": {"message": {"type": "string"}}}})
}

/// What Classroom's reporter reads of each test: each key must be there.
fn classroom() -> Value {
    let status = json!({"enum": ["pass", "fail", "error"]});
    let keys = [
        "name",
        "status",
        "score",
        "message",
        "test_code",
        "filename",
        "line_no",
        "duration",
    ];
    json!({"type": "object", "required": ["version", "status", "max_score", "tests"],
        "properties": {"version": {"const": 1}, "status": status,
            "max_score": {"type": "number"}, "tests": {"type": "array", "items": {
                "type": "object", "required": keys, "properties": {"status": status,
                    "score": {"type": "number"}, "line_no": {"type": "integer", "minimum": 0},
                    "duration": {"type": "number"}}}}}})
}

#[test]
fn reports_for_platforms_are_as_these_document_them() {
    let all = [
        (
            "gradescope",
            gradescope(),
            json!({"score": 44.0, "execution_time": 136, "output": "Text relevant to the entire submission",
            "stdout_visibility": "visible", "tests": [{"score": 2.0, "max_score": 2.0, "status": "passed", "name": "Your name here",
            "number": "1.1", "output": "Text", "tags": ["tag1"], "visibility": "visible", "extra_data": {}}]}),
        ),
        (
            "exercism",
            exercism(),
            json!({"version": 3, "status": "fail", "message": null, "tests": [{"name": "Test that the thing works",
            "status": "fail", "message": "Expected 42 but got 123123", "output": "Debugging information output by the user",
            "test_code": "assert(..)", "task_id": 1}]}),
        ),
        (
            "github",
            classroom(),
            json!({"version": 1, "status": "pass", "max_score": 5, "tests": [{"name": "a", "status": "pass", "score": 5,
            "message": "", "test_code": "echo", "filename": "", "line_no": 0, "duration": 31}]}),
        ),
    ];
    for (format, schema, documented) in all {
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        assert!(
            validator.is_valid(&documented),
            "the documented example of {format}"
        );
        let reports = runs()
            .iter()
            .map(|run| report(run, format).1)
            .collect::<Vec<_>>();
        for report in reports.into_iter().chain([fault(format), nothing(format)]) {
            let report = parsed(&report);
            let errors: Vec<String> = validator
                .iter_errors(&report)
                .map(|it| it.to_string())
                .collect();
            assert_eq!(errors, Vec::<String>::new(), "{format}: {report}");
            if format == "gradescope" {
                assert!(report.get("score").is_none(), "it would override the sum");
                let tests = report["tests"].as_array().expect("a list");
                assert!(tests.iter().all(|it| it["visibility"] == "visible"));
            }
        }
    }
}

/// A program whose output would be commands, colours, and what XML cannot hold.
const EVIL: &str = "fn main() {\n    println!(\"::notice title=Autograding report::{{}}\");\n    \
    println!(\"##[error]forged\\u{1b}[31m\\u{1}]]>\");\n    \
    panic!(\"::error::forged\\n::error file=a,line=1::b\\u{1b}[0m\\u{0}\");\n}\n";

#[test]
fn what_a_learner_prints_is_no_command_and_breaks_no_format() {
    let (_folder, file) = scratch_file("evil.rs", EVIL);
    let run = [file];
    let (_, junit) = report(&run, "junit");
    assert!(
        junit.chars().all(|c| c == '\n' || !c.is_control()),
        "{junit}"
    );
    Report::deserialize_from_str(&junit).expect("JUnit");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output_file = folder.path().join("output");
    fs::write(&output_file, "earlier=1\n").expect("a file");
    let mut command = course();
    command.args(["check", "--format", "github", &run[0]]);
    let output = command
        .env("GITHUB_OUTPUT", &output_file)
        .output()
        .expect("course starts");
    assert_eq!(status(&output), 1);
    assert_is_what_is_printed_elsewhere(&output_file, &report(&run, "github").1);
    let log = text(&output.stdout);
    let commands = commands(&log);
    assert_eq!(commands.len(), 1, "{log}");
    assert!(commands[0].starts_with("::error file="), "{log}");
    assert!(!commands[0].contains("\u{1b}"), "{log}");
}

fn assert_is_what_is_printed_elsewhere(output_file: &Path, report: &str) {
    let outputs = fs::read_to_string(output_file).expect("is there");
    let result = outputs
        .strip_prefix("earlier=1\nresult=")
        .expect("one more output");
    let decoded = STANDARD.decode(result.trim_end()).expect("base64");
    assert_eq!(text(&decoded), report);
}

/// The commands that a runner of GitHub finds in a log, as `ActionCommandManager` reads it.
fn commands(log: &str) -> Vec<&str> {
    let (mut commands, mut stopped) = (Vec::new(), None);
    for line in log.lines() {
        let trimmed = line.trim_start();
        if let Some(token) = &stopped {
            if trimmed == format!("::{token}::") {
                stopped = None;
            }
        } else if let Some(token) = trimmed.strip_prefix("::stop-commands::") {
            stopped = Some(token.to_owned());
        } else if trimmed.starts_with("::") || line.contains("##[") {
            commands.push(line);
        }
    }
    assert_eq!(stopped, None, "commands are obeyed again at the end");
    commands
}
