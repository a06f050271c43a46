//! Mistakes with `std::sync`, each found and told with its verdict, its cause and its lines; and
//! programs beside them that are right.
//!
//! The programs are in `tests/locks`. Each says in its first lines which verdict it must get, with
//! which cause (or `none`), what the message or the explanation must say, and which line it must name.
//! All places that are told are in the program.

use serde_json::Value;

use crate::util::{call, files_below, read, result, said};

/// Enough for every mistake here.
const SCHEDULES: &str = "200";

/// What is wrong with the report on a program, if anything.
pub fn examine(file: &str, schedules: &str) -> Result<(), String> {
    let text = read(file);
    let verdict = said(&text, "verdict").expect("says its verdict");
    let (verdict, cause) = verdict.split_once(", ").unwrap_or((verdict, ""));
    let output = call(&["check", file, "--schedules", schedules, "--format", "json"]);
    let told: Value = result(&output);
    let line = told["at"]["line"].as_u64().unwrap_or(0).to_string();
    let message = told["message"].as_str().unwrap_or_default();
    let is_it = match cause {
        "" => true,
        "none" => told["cause"].is_null(),
        _ => told["cause"] == cause,
    };
    let why = told["why"].as_str().unwrap_or_default();
    let right = told["verdict"] == verdict
        && is_it
        && said(&text, "line").is_none_or(|expected| expected == line)
        && said(&text, "says").is_none_or(|words| message.contains(words))
        && said(&text, "why").is_none_or(|words| why.contains(words))
        && places(&told).into_iter().all(|place| place == file);
    right.then_some(()).ok_or_else(|| format!("{file}: {told}"))
}

/// The files of all places in a report.
fn places(told: &Value) -> Vec<&str> {
    match told {
        Value::Array(all) => all.iter().flat_map(places).collect(),
        Value::Object(all) => {
            let inside = all.values().flat_map(places);
            inside
                .chain(all.get("file").and_then(Value::as_str))
                .collect()
        }
        _ => Vec::new(),
    }
}

#[test]
fn mistakes_with_locks_are_told_with_their_cause_and_lines() {
    let files = files_below("tests/locks");
    assert!(files.len() > 15);
    let wrong: Vec<String> = files
        .iter()
        .filter_map(|file| examine(file, SCHEDULES).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
