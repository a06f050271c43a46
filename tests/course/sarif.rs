//! SARIF: valid by its published schema, with all that GitHub's code scanning needs, and a thread flow a
//! task.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::util::{call, course, read, status, text};

/// What is checked, each as typed after `course check`.
const CHECKED: &[&str] = &[
    "05_lock/1_two_lines --file tests/wrong/05_lock/1_two_lines/a_lock_each.rs",
    "05_lock/4_lock_order --file tests/wrong/05_lock/4_lock_order/even_first.rs",
    "10_shared_memory/1_value --file tests/wrong/10_shared_memory/1_value/raw_value.rs",
    "05_lock/1_two_lines --file LICENSE",
    "05_lock",
    "05_lock/1_two_lines --solutions",
];

fn sarif(typed: &str) -> Value {
    let mut args = vec!["check", "--format", "sarif"];
    args.extend(typed.split(' '));
    let output = call(&args);
    assert!(status(&output) <= 1, "{}", text(&output.stderr));
    let report = text(&output.stdout);
    assert_eq!(report, text(&call(&args).stdout), "the same each time");
    serde_json::from_str(&report).expect("is JSON")
}

fn results(report: &Value) -> &Vec<Value> {
    report["runs"][0]["results"].as_array().expect("a list")
}

/// By the published schema.
fn validator() -> jsonschema::Validator {
    let schema = read("tests/formats/sarif-schema-2.1.0.json");
    let mut schema: Value = serde_json::from_str(&schema).expect("is JSON");
    // The bracket in it makes it no regular expression, and reports have no language.
    for part in ["run", "toolComponent"] {
        let language = schema["definitions"][part]["properties"]["language"].as_object_mut();
        language.expect("an object").remove("pattern");
    }
    jsonschema::validator_for(&schema).expect("a schema")
}

#[test]
fn reports_are_as_the_published_schema_says() {
    let validator = validator();
    for typed in CHECKED {
        let mut report = sarif(typed);
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|it| it.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "{typed}");
        report["runs"][0]["grade"] = 1.into();
        assert!(!validator.is_valid(&report), "the schema takes anything");
    }
}

#[test]
fn a_check_that_could_not_be_done_is_told_as_the_tools_own_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut check = course();
    check.current_dir(folder.path());
    let output = check.args(["check", "--all", "--format", "sarif"]).output();
    let output = output.expect("course can be started");
    assert_eq!(status(&output), 2);
    let report: Value = serde_json::from_slice(&output.stdout).expect("is JSON");
    assert!(validator().is_valid(&report), "{report}");
    assert!(results(&report).is_empty());
    let invocation = &report["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0]["message"]["text"];
    let told = told.as_str().expect("a text");
    assert!(told.contains("the check could not be done"), "{told}");
}

#[test]
fn code_scanning_finds_all_that_it_needs() {
    for typed in CHECKED {
        let report = sarif(typed);
        assert_eq!(report["version"], "2.1.0");
        let rules = report["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .expect("rules");
        for rule in rules {
            for part in ["shortDescription", "fullDescription", "help"] {
                let text = rule[part]["text"].as_str().expect("a text");
                assert!(!text.is_empty() && text.len() < 1024, "{rule}");
            }
        }
        for result in results(&report) {
            let index = result["ruleIndex"].as_u64().expect("an index") as usize;
            assert_eq!(rules[index]["id"], result["ruleId"]);
            let place = &result["locations"][0]["physicalLocation"];
            let uri = place["artifactLocation"]["uri"].as_str().expect("a path");
            assert!(
                !uri.starts_with('/') && !uri.contains(':'),
                "relative: {uri}"
            );
            assert!(place["region"]["startLine"].as_u64() >= Some(1), "{result}");
            let prints = result["partialFingerprints"]
                .as_object()
                .expect("fingerprints");
            assert!(
                prints
                    .values()
                    .all(|it| it.as_str().is_some_and(|it| it.len() == 32))
            );
        }
    }
}

#[test]
fn what_passes_is_no_result_and_who_is_not_to_blame_gets_no_error() {
    assert!(results(&sarif(CHECKED[5])).is_empty());
    let stubs = sarif("05_lock");
    assert!(results(&stubs).iter().all(|it| it["level"] == "note"));
    assert!(results(&stubs).len() > 3);
    assert_eq!(results(&sarif(CHECKED[0]))[0]["level"], "error");
}

#[test]
fn each_task_is_a_thread_flow_and_the_execution_order_is_that_of_the_run() {
    for (typed, tasks) in [(CHECKED[0], 2), (CHECKED[1], 3)] {
        let report = sarif(typed);
        let result = &results(&report)[0];
        let flows = result["codeFlows"].as_array().expect("a code flow");
        assert_eq!(flows.len(), 1);
        let threads = flows[0]["threadFlows"].as_array().expect("thread flows");
        let names: BTreeSet<&str> = threads.iter().filter_map(|it| it["id"].as_str()).collect();
        assert_eq!((threads.len(), names.len()), (tasks, tasks), "{names:?}");
        let mut all = BTreeMap::new();
        for thread in threads {
            let steps = thread["locations"].as_array().expect("steps");
            let order = steps
                .iter()
                .map(|it| it["executionOrder"].as_u64().expect("an order"));
            let order: Vec<u64> = order.collect();
            assert!(order.is_sorted(), "{order:?}");
            for (order, step) in order.iter().zip(steps) {
                let other = all.insert(*order, step["location"]["message"]["text"].clone());
                assert_eq!(other, None, "one after the other");
            }
        }
        let orders: Vec<u64> = all.keys().copied().collect();
        assert_eq!(orders, (1..=all.len() as u64).collect::<Vec<_>>());
    }
}

#[test]
fn the_other_tasks_lines_are_related_and_the_cause_is_in_the_message() {
    let report = sarif(CHECKED[1]);
    let result = &results(&report)[0];
    let related = result["relatedLocations"].as_array().expect("others");
    assert!(related.iter().all(|it| it["message"]["text"].is_string()));
    let message = result["message"]["text"].as_str().expect("a text");
    let (what, why) = message.split_once('\n').expect("two lines");
    assert!(
        what.starts_with("deadlock: ") && why.starts_with("why: "),
        "{message}"
    );
}
