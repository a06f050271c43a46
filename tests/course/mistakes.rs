//! Mistakes in what is typed, in where, and in files: each told with what to do, by the right
//! exit status.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::UNIX_EPOCH;

use serde_json::{Value, json};

use crate::util::{self, GIVEN, call, course, own_course, read, result, status, text};

/// An answer to `05_lock/1_two_lines` with this learner's part.
fn answer(own: impl AsRef<[u8]>) -> (tempfile::TempDir, String) {
    let solution = read("solutions/05_lock/1_two_lines.rs");
    let (_, given) = solution.split_once(GIVEN).expect("a given part");
    let text = [own.as_ref(), GIVEN.as_bytes(), given.as_bytes()].concat();
    util::scratch_file("answer.rs", text)
}

/// Checks a file as an answer to that exercise.
fn check(file: &str) -> Output {
    call(&[
        "check",
        "05_lock/1_two_lines",
        "--format",
        "json",
        "--file",
        file,
    ])
}

/// Calls `course` in another folder.
fn call_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = course();
    let output = command.current_dir(folder).args(args).output();
    output.expect("course can be started, and ends in time")
}

#[test]
fn what_cannot_be_understood_ends_with_2_and_says_what_to_type() {
    for (args, says) in [
        ("check", "    course check 05_lock\n"),
        ("check 05_lok", "did you mean `05_lock`?"),
        ("check 05_lock/2_gard", "did you mean `05_lock/2_guard`?"),
        (
            "check nothing/like/it",
            "there is no topic or exercise `nothing/like/it`\nTo see",
        ),
        ("check 05_lock --bogus", "unexpected argument '--bogus'"),
        ("check --all 05_lock", "cannot be used with"),
        ("check 05_lock --schedules 0", "0 is not in 1..="),
        (
            "check 05_lock --jobs none",
            "invalid value 'none' for '--jobs <N>'",
        ),
        (
            "check 05_lock --format xml",
            "[possible values: text, short, json, junit, github, gradescope, exercism, sarif, rustc-json]",
        ),
        (
            "check 05_lock --file README.md",
            "were named; name just that one",
        ),
        (
            "check 05_lock/2_guard --file nowhere.rs",
            "there is no file `nowhere.rs`",
        ),
        (
            "check 05_lock/2_guard --file a.rs --solutions",
            "cannot be used with",
        ),
        (
            "run 05_lock",
            "name one of them:\n    05_lock/1_two_lines\n",
        ),
        ("run", "<EXERCISE>"),
        ("replay 05_lock/2_guard", "<SCHEDULE>"),
        ("replay 05_lock/2_guard seven", "invalid value 'seven'"),
        (
            "replay 05_lock/1_two_lines 1 --args 9",
            "but with:\n    --args 5\n    --args 3",
        ),
        ("frobnicate", "unrecognized subcommand 'frobnicate'"),
    ] {
        let words: Vec<&str> = args.split(' ').collect();
        let output = call(&words);
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{args}: {told}");
        assert!(
            told.starts_with("error: ") && told.contains(says),
            "{args}: {told}"
        );
        assert_eq!(output.stdout, b"", "{args}");
    }
}

#[test]
fn outside_a_course_the_message_says_where_to_go() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for args in [
        &["list"][..],
        &["check", "05_lock"],
        &["run", "05_lock/2_guard"],
    ] {
        let output = call_in(folder.path(), args);
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{told}");
        assert!(told.contains("there is no course in"), "{told}");
        assert!(told.contains("cd path/to/course"), "{told}");
    }
}

#[test]
fn a_mistake_in_the_course_file_is_told_with_its_line() {
    let course = read("exercises/course.toml");
    let lines = course.lines().count();
    // The exercise whose points are replaced first.
    let to_points = course.split("points = 3").next().expect("some text");
    let header = |line: &str| line.starts_with("[exercise.");
    let first_line = 1 + to_points
        .lines()
        .collect::<Vec<_>>()
        .iter()
        .rposition(|line| header(line))
        .expect("one");
    for (text_of_file, says) in [
        (format!("{course}x = [\n"), format!(":{}: ", lines + 1)),
        (
            course.replace("view = \"exact\"", "view = \"exactly\""),
            "exactly".to_owned(),
        ),
        (
            course.replacen("points = 3", "points = 0", 1),
            format!(":{first_line}: "),
        ),
        (
            course.replacen("hints.start", "hints.begin", 1),
            "\"begin\" is neither".to_owned(),
        ),
        (
            course.replacen("points = 3\n", "", 1),
            "missing field `points`".to_owned(),
        ),
    ] {
        assert_ne!(text_of_file, course, "{says}: nothing was replaced");
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("exercises")).expect("can be made");
        let file = folder.path().join("exercises/course.toml");
        fs::write(file, text_of_file).expect("can be written");
        let output = call_in(folder.path(), &["list"]);
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{told}");
        assert!(told.starts_with("error: exercises/course.toml:"), "{told}");
        assert!(told.contains(&says), "{says:?} is not in {told}");
    }
}

#[test]
fn a_program_that_does_not_compile_is_a_build_error_with_its_line() {
    let (_folder, file) = answer("fn one() {}\nfn two() {\n    let x: u32 = \"\";\n}\n");
    let output = check(&file);
    let result = result(&output);
    assert_eq!(
        (status(&output), &result["verdict"]),
        (1, &"build_error".into())
    );
    assert_eq!(result["at"]["line"], 3, "{result}");
    assert_eq!(result["at"]["file"], file.as_str());
    assert_eq!(result["schedules"], 0);
    let told = text(&call(&["check", "05_lock/1_two_lines", "--file", &file]).stdout);
    assert!(
        told.contains("does not compile: mismatched types"),
        "{told}"
    );
    assert!(told.contains("let x: u32 = \"\";"), "{told}");
    let replay = call(&["replay", "05_lock/1_two_lines", "0", "--file", &file]);
    let told = text(&replay.stderr);
    assert!(
        told.contains("the program cannot be run: mismatched types"),
        "{told}"
    );
    assert_eq!((status(&replay), &replay.stdout[..]), (3, &b""[..]));
}

#[test]
fn a_file_that_is_not_utf_8_is_told_with_the_line() {
    let (_folder, file) = answer(b"fn one() {}\n\xff\xfe\n");
    let output = check(&file);
    let result = result(&output);
    assert_eq!(
        (status(&output), &result["verdict"]),
        (1, &"build_error".into())
    );
    assert_eq!(result["message"], "the file is not valid UTF-8");
    assert_eq!(result["at"]["line"], 2);
}

#[test]
fn what_a_part_defines_again_means_nothing_to_the_given_part() {
    let solution = read("solutions/05_lock/1_two_lines.rs");
    let (own, _) = solution.split_once(GIVEN).expect("a given part");
    let silent = "macro_rules! println { ($($any:tt)*) => {}; }\n";
    let (_folder, file) = answer(format!("{own}\n{silent}"));
    assert_eq!(result(&check(&file))["verdict"], "passed");
}

#[test]
fn a_part_without_its_line_is_not_allowed() {
    let solution = read("solutions/05_lock/1_two_lines.rs");
    let (own, _) = solution.split_once(GIVEN).expect("a given part");
    let (_folder, file) = util::scratch_file("answer.rs", own);
    let cut_off = result(&check(&file));
    assert_eq!(cut_off["verdict"], "not_allowed", "{cut_off}");
    let message = cut_off["message"].as_str().expect("a message");
    assert!(
        message.contains("is missing; put it back above"),
        "{message}"
    );
}

#[test]
fn a_given_part_that_was_changed_is_taken_from_the_course() {
    let solution = read("solutions/05_lock/1_two_lines.rs");
    let changed = solution.replace("open_shop(workers)?;", "let _ = open_shop(0);");
    assert_ne!(changed, solution);
    let (_folder, file) = util::scratch_file("answer.rs", changed);
    assert_eq!(result(&check(&file))["verdict"], "passed");
}

/// Has the programs of a course compiled against a std of the test's own.
fn with_another_std(course: &Path, source: &str) {
    let note = course.join(util::NOTE);
    let text = fs::read_to_string(&note).expect("is there");
    let mut told: Value = text.parse().expect("JSON");
    let libraries = &mut told["libraries"];
    let library = course.join("libstd.rlib");
    let mut rustc = Command::new(libraries["rustc"].as_str().expect("a path"));
    rustc
        .args(["--edition=2024", "--crate-type=rlib", "--crate-name=other"])
        .arg("-o")
        .args([&library, &course.join("std.rs")]);
    own_course::write(&course.join("std.rs"), source);
    assert!(rustc.status().expect("can be started").success());
    let before = std::mem::replace(&mut libraries["std"], json!(library));
    let is = fs::metadata(&library).expect("is there");
    let changed = is.modified().expect("a time");
    let changed = changed.duration_since(UNIX_EPOCH).expect("after 1970");
    let marks = libraries["marks"].as_array_mut().expect("a list");
    let mark = marks.iter_mut().find(|it| it["path"] == before);
    *mark.expect("is listed") = json!({
        "path": library,
        "bytes": is.len(),
        "modified_ns": u64::try_from(changed.as_nanos()).expect("this century"),
    });
    fs::write(note, told.to_string()).expect("can be written");
}

#[test]
fn what_compiles_plainly_but_not_for_the_check_is_inconclusive_with_its_line() {
    // No such program is known: make one, by another std in which a function is not the same.
    let copy = util::copy_of_course();
    with_another_std(
        copy.path(),
        "pub use std::*;
         pub mod thread { pub use std::thread::*; pub fn yield_now(_why: u8) {} }",
    );
    let solution = read("solutions/05_lock/1_two_lines.rs");
    let line = "    let mut started = Vec::new();";
    assert!(solution.contains(line), "{solution}");
    let yields = solution.replace(line, &format!("    std::thread::yield_now();\n{line}"));
    let at = yields
        .lines()
        .take_while(|it| !it.contains("yield_now"))
        .count()
        + 1;
    let file = copy.path().join("exercises/05_lock/1_two_lines.rs");
    fs::write(file, yields).expect("can be written");
    let output = call_in(
        copy.path(),
        &["check", "05_lock/1_two_lines", "--format", "json"],
    );
    let result = result(&output);
    assert_eq!(
        (status(&output), &result["verdict"]),
        (3, &"inconclusive".into())
    );
    assert_eq!(result["at"]["line"], at, "{result}");
    let message = result["message"].as_str().expect("a message");
    assert!(
        message.starts_with("the program compiles, but not for the check: "),
        "{message}"
    );
    assert_eq!(result["points"], 0);
}

#[test]
fn files_that_are_missing_are_named() {
    let copy = util::copy_of_course();
    let exercise = "exercises/05_lock/2_guard.rs";
    let snapshot = "solutions/snapshots/05_lock-1_two_lines@3.snap";
    for file in [exercise, snapshot] {
        fs::remove_file(copy.path().join(file)).expect("it is there");
    }
    let told = call_in(copy.path(), &["check", "05_lock/2_guard"]);
    assert_eq!(status(&told), 1);
    let report = text(&told.stdout);
    assert!(
        report.contains(&format!("{exercise} does not exist")),
        "{report}"
    );
    let args = [
        "check",
        "05_lock/1_two_lines",
        "--solutions",
        "--format",
        "json",
    ];
    let output = call_in(copy.path(), &args);
    let result = result(&output);
    assert_eq!(
        (status(&output), &result["verdict"]),
        (3, &"inconclusive".into())
    );
    let message = result["message"].as_str().expect("a message");
    assert!(message.contains(snapshot), "{message}");
    assert!(
        message.contains("`course author bless` writes it"),
        "{message}"
    );
}
