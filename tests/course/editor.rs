//! What editors are told: diagnostics as rust-analyzer reads them, lines with places, and the settings of
//! a learner's folder that bring them there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use assert_cmd::cargo::cargo_bin;
use cargo_metadata::Message;
use cargo_metadata::diagnostic::{Diagnostic, DiagnosticLevel, DiagnosticSpan};
use predicates::Predicate;
use predicates::str::is_match;
use serde_json::{Value, json};

use crate::util::{self, call, own_course, read, status, text};

/// What the long test has seen a real rust-analyzer publish.
pub const RECORDED: &str = "tests/snapshots/editor/rust-analyzer.json";

/// A file as it is saved.
pub struct Saved {
    /// What is the matter with it.
    pub name: &'static str,
    /// The exercise.
    pub exercise: &'static str,
    /// The text of its file.
    pub text: String,
}

const LOCK: &str = "05_lock/1_two_lines";
const NO_LOCK_SHARED: &str = "tests/wrong/05_lock/1_two_lines/a_lock_each.rs";

/// The answer without a shared lock, with something else in place of some text.
fn changed(from: &str, to: &str) -> String {
    let text = util::handed_in(NO_LOCK_SHARED);
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

/// What is saved, one after the other.
pub fn saved() -> Vec<Saved> {
    let saved = |name, exercise, text| Saved {
        name,
        exercise,
        text,
    };
    let answer = |exercise, name| {
        let text = util::handed_in(&format!("tests/wrong/{exercise}/{name}.rs"));
        saved(name, exercise, text)
    };
    let mistyped = changed("Lock::new()", "5_u32");
    let warned = changed("    Ok(())", "    Ok::<u8, u8>(1);\n    Ok(())");
    vec![
        answer(LOCK, "a_lock_each"),
        answer("05_lock/4_lock_order", "even_first"),
        answer("10_shared_memory/1_value", "raw_value"),
        saved("does_not_compile", LOCK, mistyped),
        saved("has_a_warning", LOCK, warned),
        saved("is_right", LOCK, read(&format!("solutions/{LOCK}.rs"))),
    ]
}

/// The diagnostics of a check, as rust-analyzer's flycheck reads them: by the types of the same library.
#[track_caller]
fn diagnostics(output: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut finished = false;
    for message in Message::parse_stream(BufReader::new(output.as_bytes())) {
        assert!(!finished, "nothing follows: {output}");
        match message.expect("can be read") {
            Message::CompilerMessage(message) => {
                assert!(message.package_id.repr.starts_with("path+file:///"));
                assert!(message.target.is_bin());
                found.push(message.message);
            }
            Message::BuildFinished(_) => finished = true,
            other => panic!("{other:?}"),
        }
    }
    assert!(finished, "{output}");
    found
}

/// What an editor is told when this is saved as an answer to the exercise: as if it were the learner's own.
fn said_of(saved: &Saved) -> String {
    let (_folder, file) = util::scratch_file("saved.rs", &saved.text);
    let output = call(&[
        "check",
        saved.exercise,
        "--file",
        &file,
        "--format",
        "rustc-json",
    ]);
    assert_eq!(text(&output.stderr), "");
    let said = text(&output.stdout).replace(&format!(" --file {file}"), "");
    said.replace(&file, &format!("exercises/{}.rs", saved.exercise))
}

fn of(name: &str) -> Vec<Diagnostic> {
    let saved = saved().into_iter().find(|it| it.name == name);
    diagnostics(&said_of(&saved.expect("is saved")))
}

/// What an editor shows of diagnostics, as rust-analyzer makes it of them: a labelled secondary span is
/// related information and a hint at its place; a child without a span is a line of the message.
fn shown(diagnostics: &[Diagnostic]) -> Vec<Value> {
    let mut shown = Vec::new();
    for diagnostic in diagnostics {
        let (main, others): (Vec<_>, Vec<_>) =
            diagnostic.spans.iter().partition(|it| it.is_primary);
        let notes: Vec<_> = diagnostic
            .children
            .iter()
            .filter(|it| it.spans.is_empty())
            .collect();
        let code = diagnostic.code.as_ref().expect("has a code").code.as_str();
        let (source, code) = code.split_once("::").unwrap_or(("rustc", code));
        for span in main {
            let lines = notes.iter().map(|it| it.message.as_str());
            let label = span.label.as_deref().filter(|_| notes.is_empty());
            let message: Vec<&str> = [diagnostic.message.as_str()]
                .into_iter()
                .chain(lines)
                .chain(label)
                .collect();
            let related: Vec<Value> = others.iter().filter_map(|it| related(it)).collect();
            let back = json!([with("original diagnostic", span)]);
            for (span, label) in others
                .iter()
                .filter_map(|it| Some((it, it.label.as_ref()?)))
            {
                shown.push(published(span, 4, source, code, label, &back));
            }
            let level = severity(diagnostic.level);
            shown.push(published(
                span,
                level,
                source,
                code,
                &message.join("\n"),
                &json!(related),
            ));
        }
    }
    sorted(shown)
}

fn severity(level: DiagnosticLevel) -> u32 {
    match level {
        DiagnosticLevel::Error => 1,
        DiagnosticLevel::Warning => 2,
        DiagnosticLevel::Note => 3,
        other => panic!("{other:?}"),
    }
}

fn range(span: &DiagnosticSpan) -> Value {
    json!([
        span.line_start - 1,
        span.column_start - 1,
        span.line_end - 1,
        span.column_end - 1
    ])
}

fn with(message: &str, span: &DiagnosticSpan) -> Value {
    json!({ "file": span.file_name, "range": range(span), "message": message })
}

fn related(span: &DiagnosticSpan) -> Option<Value> {
    Some(with(span.label.as_ref()?, span))
}

/// A diagnostic of the language server protocol, as it is recorded.
fn published(
    span: &DiagnosticSpan,
    severity: u32,
    source: &str,
    code: &str,
    message: &str,
    related: &Value,
) -> Value {
    json!({
        "file": span.file_name, "range": range(span), "severity": severity, "source": source,
        "code": code, "message": message, "related": related,
    })
}

/// In one order.
pub fn sorted(mut shown: Vec<Value>) -> Vec<Value> {
    shown.sort_by_cached_key(Value::to_string);
    shown
}

/// The children of a compiler's diagnostic can have spans of their own, which are not compared here.
fn is_ours(shown: &Value) -> bool {
    shown["source"] == "course"
}

#[test]
fn an_editor_shows_what_it_was_once_seen_to_show() {
    let recorded: BTreeMap<String, Vec<Value>> =
        serde_json::from_str(&read(RECORDED)).expect("is JSON");
    let saved = saved();
    assert_eq!(recorded.len(), saved.len());
    for saved in &saved {
        let recorded = recorded[saved.name].iter().filter(|it| is_ours(it));
        let now = shown(&diagnostics(&said_of(saved)));
        let now: Vec<&Value> = now.iter().filter(|it| is_ours(it)).collect();
        assert_eq!(now, recorded.collect::<Vec<_>>(), "{}", saved.name);
    }
}

/// The codes of diagnostics.
fn codes(of: &[Diagnostic]) -> Vec<&str> {
    let codes = of.iter().map(|it| it.code.as_ref());
    codes
        .map(|it| it.map_or("", |it| it.code.as_str()))
        .collect()
}

#[test]
fn compile_errors_and_warnings_are_rustcs_own_and_told_once() {
    let errors = of("does_not_compile");
    assert_eq!(codes(&errors), ["E0308"]);
    assert_eq!(errors[0].spans[0].file_name, format!("exercises/{LOCK}.rs"));
    let rendered = errors[0].rendered.as_ref().expect("rendered");
    assert!(rendered.contains("mismatched types"), "{rendered}");
    let warned = of("has_a_warning");
    assert_eq!(codes(&warned), ["unused_must_use", "course::wrong_order"]);
    // Rust has nothing against it.
    let refused = Saved {
        name: "has_no_line",
        exercise: LOCK,
        text: changed(util::GIVEN, "// The line was here."),
    };
    assert_eq!(
        codes(&diagnostics(&said_of(&refused))),
        ["course::not_allowed"]
    );
}

#[test]
fn the_main_line_comes_first_then_the_other_tasks_and_the_cause_is_help() {
    let found = of("even_first");
    let [deadlock] = &found[..] else {
        panic!("{found:?}");
    };
    assert!(
        deadlock.message.starts_with("deadlock: "),
        "{}",
        deadlock.message
    );
    assert_eq!(deadlock.level, DiagnosticLevel::Error);
    let [main, others @ ..] = &deadlock.spans[..] else {
        panic!("no spans");
    };
    assert!(main.is_primary && others.iter().all(|it| !it.is_primary));
    assert!(others.iter().all(|it| it.label.is_some()) && !others.is_empty());
    let text = util::handed_in("tests/wrong/05_lock/4_lock_order/even_first.rs");
    for span in &deadlock.spans {
        let (begin, end) = (span.byte_start as usize, span.byte_end as usize);
        let line = text
            .lines()
            .nth(span.line_start - 1)
            .expect("there is the line");
        assert_eq!(&text[begin..end], line.trim());
    }
    let help = deadlock
        .children
        .iter()
        .find(|it| it.level == DiagnosticLevel::Help);
    assert!(help.expect("the cause").message.starts_with("why: "));
}

#[test]
fn what_shows_in_the_given_part_is_pointed_at_in_the_learners() {
    let file = "tests/wrong/10_shared_memory/1_value/get_then_set.rs";
    let exercise = "10_shared_memory/1_value";
    let text = util::handed_in(file);
    let learners = text
        .lines()
        .position(|line| line == util::GIVEN)
        .expect("has the line");
    let name = "get_then_set";
    let found = diagnostics(&said_of(&Saved {
        name,
        exercise,
        text,
    }));
    let spans = &found[0].spans;
    assert!(
        spans[0].is_primary && spans[0].line_start <= learners,
        "{spans:?}"
    );
    assert!(
        spans[1..].iter().any(|it| it.line_start > learners),
        "{spans:?}"
    );
}

#[test]
fn a_stub_is_a_note_a_pass_is_silent_and_what_is_no_program_is_not_checked() {
    let output = call(&[
        "check",
        "exercises/05_lock/1_two_lines.rs",
        "--format",
        "rustc-json",
    ]);
    let found = diagnostics(&text(&output.stdout));
    let last = found.last().expect("says something");
    assert_eq!(last.code.as_ref().expect("a code").code, "course::pending");
    assert_eq!(last.level, DiagnosticLevel::Note);
    let passed = call(&[
        "check",
        "05_lock/1_two_lines",
        "--solutions",
        "--format",
        "rustc-json",
    ]);
    assert_eq!(
        (status(&passed), diagnostics(&text(&passed.stdout)).len()),
        (0, 0)
    );
    let library = call(&["check", "checker/mp/src/lock.rs", "--format", "rustc-json"]);
    assert_eq!(
        (status(&library), diagnostics(&text(&library.stdout)).len()),
        (0, 0)
    );
}

/// JSON with comments, as editors read it, as JSON.
fn settings(file: &str) -> Value {
    let text = read(&format!("checker/src/commands/init/template/{file}"));
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let text: Vec<&str> = lines.collect();
    serde_json::from_str(&text.join("\n")).expect("is JSON")
}

/// The settings of a learner's folder for VS Code, as rust-analyzer takes them.
pub fn for_rust_analyzer() -> Value {
    let mut nested = json!({});
    for (key, value) in settings("vscode_settings.json")
        .as_object()
        .expect("an object")
    {
        let Some(key) = key.strip_prefix("rust-analyzer.") else {
            continue;
        };
        let mut at = &mut nested;
        for part in key.split('.') {
            at = &mut at[part];
        }
        *at = value.clone();
    }
    nested
}

#[test]
fn all_editors_are_told_the_same_command_which_is_one_that_there_is() {
    let toml = |file: &str| -> toml::Table {
        let text = read(&format!("checker/src/commands/init/template/{file}"));
        text.parse().expect("is TOML")
    };
    let json = |value: &toml::Value| serde_json::to_value(value).expect("JSON");
    let code = for_rust_analyzer()["check"]["overrideCommand"].clone();
    let zed = &settings("zed_settings.json")["lsp"]["rust-analyzer"]["initialization_options"];
    assert_eq!(zed["check"]["overrideCommand"], code);
    let helix = &toml("helix_languages.toml")["language-server"]["rust-analyzer"]["config"];
    assert_eq!(json(&helix["check"]["overrideCommand"]), code);
    let others = &toml("rust-analyzer.toml")["check"]["overrideCommand"];
    assert_eq!(json(others), code);
    let file = "exercises/05_lock/1_two_lines.rs";
    let words = code
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it.as_str().expect("a word"));
    let words: Vec<&str> = words
        .map(|it| if it == "$saved_file" { file } else { it })
        .collect();
    assert_eq!(words[0], "course");
    let output = call(&words[1..]);
    assert!(!diagnostics(&text(&output.stdout)).is_empty());
}

/// Whether a line matches a regular expression of VS Code's.
fn matches(pattern: &Value, line: &str) -> bool {
    let pattern = pattern.as_str().expect("a pattern");
    is_match(pattern).expect("a regular expression").eval(line)
}

/// A program that is ended with this value.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_task_of_vs_code_finds_the_begin_the_places_and_the_end_of_each_check() {
    let tasks = settings("vscode_tasks.json");
    let tasks = tasks["tasks"].as_array().expect("a list");
    let task = tasks
        .iter()
        .find(|it| it["isBackground"] == true)
        .expect("a task");
    let (matcher, folder) = (&task["problemMatcher"], own_course::root());
    let (place, background) = (&matcher["pattern"]["regexp"], &matcher["background"]);
    let stub = "fn work() {\n    todo!()\n}\n";
    let program = format!("{stub}{}\nfn main() {{\n    work();\n}}\n", util::GIVEN);
    own_course::make(&folder);
    let exercise = own_course::Exercise {
        id: "31_editor/1_saved",
        settings: "view = \"exact\"\n",
        program: &program,
        transcripts: &[(String::new(), "main: done\n".to_owned())],
    };
    exercise.add(&folder);
    let file = folder.join("exercises/31_editor/1_saved.rs");
    let mut watch = Command::new(cargo_bin!("course"));
    let args = task["args"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it.as_str().expect("a word"));
    watch
        .args(args)
        .arg(exercise.id)
        .current_dir(&folder)
        .stdout(Stdio::piped());
    let mut watch = Ended(watch.spawn().expect("course can be started"));
    let lines = BufReader::new(watch.0.stdout.take().expect("its output")).lines();
    let mut lines = lines.map(|line| line.expect("UTF-8"));
    let mut checked = || {
        let begin = lines.next().expect("a check begins");
        assert!(matches(&background["beginsPattern"], &begin), "{begin}");
        let mut places = Vec::new();
        for line in lines.by_ref() {
            if matches(&background["endsPattern"], &line) {
                return (places, line);
            }
            assert!(matches(place, &line), "{line}");
            places.push(line);
        }
        panic!("the check does not end");
    };
    let (places, end) = checked();
    assert_eq!(
        end,
        "checked exercises/31_editor/1_saved.rs: not done yet, 0 of 1 points"
    );
    assert_eq!(places.len(), 1, "{places:?}");
    own_course::write(&file, &program.replace("todo!()", "println!(\"nearly\")"));
    let (places, end) = checked();
    assert!(end.contains("wrong output"), "{end}");
    assert!(
        places[0].contains("1_saved.rs:2:5: error: wrong output: "),
        "{places:?}"
    );
}

#[test]
fn what_is_printed_in_lines_has_a_place_in_each() {
    let file = "tests/wrong/05_lock/1_two_lines/a_lock_each.rs";
    let output = call(&[
        "check",
        "05_lock/1_two_lines",
        "--file",
        file,
        "--format",
        "short",
    ]);
    assert_eq!(status(&output), 1);
    let said = text(&output.stdout);
    insta::assert_snapshot!(said, @"
    checking tests/wrong/05_lock/1_two_lines/a_lock_each.rs
    tests/wrong/05_lock/1_two_lines/a_lock_each.rs:12:5: error: wrong order: Process-2 printed between the two lines of Process-1
    tests/wrong/05_lock/1_two_lines/a_lock_each.rs:13:5: note: Process-1 ended its lines here
    checked tests/wrong/05_lock/1_two_lines/a_lock_each.rs: wrong order, 178 of 200 schedules failed, 1 of 4 points
    ");
}
