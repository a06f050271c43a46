//! Containment as it is asked for and told: which layers there are, what happens where one is
//! missing, and that nothing is run then if all are required.

use std::collections::BTreeMap;
use std::process::Output;

use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, apply_filter};
use serde_json::{Value, json};

use crate::util;

/// The first call of Landlock, and the only one without which there is none.
const LANDLOCK_CREATE_RULESET: i64 = 444;
const NOT_THERE: u32 = libc::ENOSYS.unsigned_abs();

/// The most domains of Landlock that lie in each other (`LANDLOCK_MAX_NUM_LAYERS`).
const MOST_DOMAINS: usize = 16;

/// Checks a solution, in a surrounding without Landlock if it is to be so.
fn check(landlock: bool, options: &[&str]) -> Output {
    let without_landlock = || {
        let rules = BTreeMap::from([(LANDLOCK_CREATE_RULESET, Vec::new())]);
        let (others, this) = (SeccompAction::Allow, SeccompAction::Errno(NOT_THERE));
        let arch = std::env::consts::ARCH.try_into().expect("is known");
        let filter = SeccompFilter::new(rules, others, this, arch).expect("is a filter");
        let filter: BpfProgram = filter.try_into().expect("is a program");
        apply_filter(&filter).expect("can be installed");
    };
    check_in(
        || {
            if !landlock {
                without_landlock()
            }
        },
        options,
    )
}

/// The same inside so many domains of Landlock, which keep nobody from reading a file.
fn check_in_domains(domains: usize, options: &[&str]) -> Output {
    let enter = || {
        use landlock::{AccessFs, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr};
        let root = PathFd::new("/").expect("is there");
        // Without this rule, every domain forbids moving a file from one folder to another.
        let moves = PathBeneath::new(root, AccessFs::Refer);
        let rules = Ruleset::default().handle_access(AccessFs::Refer);
        let rules = rules.and_then(Ruleset::create).expect("a ruleset");
        let rules = rules.add_rule(moves).expect("a rule");
        rules.restrict_self().expect("can be entered");
    };
    check_in(|| (0..domains).for_each(|_| enter()), options)
}

/// Checks a solution on a thread that did `before` first.
fn check_in(before: impl FnOnce() + Send, options: &[&str]) -> Output {
    util::prepare();
    let mut command = util::course();
    command.args(["check", "05_lock/1_two_lines", "--solutions"]);
    command.args(options);
    let run = || {
        before();
        command.output().expect("course ends")
    };
    // What is installed is the thread's, and of what it starts.
    std::thread::scope(|scope| scope.spawn(run).join().expect("does not panic"))
}

/// What the report says of the containment.
fn told(output: &Output) -> Value {
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    report["environment"]["sandbox"].clone()
}

#[test]
fn without_landlock_a_check_goes_on_and_tells_what_is_missing() {
    let output = check(false, &["--timings"]);
    assert_eq!(util::status(&output), 0);
    let said = util::text(&output.stderr);
    let line = "sandbox: network, system calls, privileges; missing: files, signals\n";
    assert!(said.contains(line), "{said}");
}

#[test]
fn where_the_kernel_keeps_no_run_from_its_server_that_is_told_or_nothing_is_run() {
    let has_all =
        told(&check(true, &["--format", "json", "--environment"]))["missing"] == json!([]);
    if !has_all {
        assert!(std::env::var_os("CI").is_none(), "all layers must be there");
        return println!("not tested: there is no Landlock that knows about signals");
    }
    // The server is in the last domain that there can be, and a run in none of its own.
    let output = check_in_domains(MOST_DOMAINS - 1, &["--timings"]);
    assert_eq!(util::status(&output), 0);
    let said = util::text(&output.stderr);
    assert!(said.contains("; missing: signals\n"), "{said}");
    let output = check_in_domains(MOST_DOMAINS - 1, &["--require-sandbox"]);
    assert_eq!(util::status(&output), 3);
    assert_eq!(util::text(&output.stdout), "");
    let said = util::text(&output.stderr);
    assert!(said.ends_with("missing here: signals\n"), "{said}");
    let output = check_in_domains(MOST_DOMAINS - 2, &["--require-sandbox"]);
    assert_eq!(util::status(&output), 0);
}

#[test]
fn what_a_report_says_of_a_program_does_not_depend_on_the_layers() {
    let outputs = [
        check(true, &[]),
        check(false, &[]),
        check(true, &["--no-sandbox"]),
    ];
    let [all, some, none] = outputs.map(|output| util::text(&output.stdout));
    assert_eq!(all, some);
    assert_eq!(all, none);
    let json = util::text(&check(true, &["--format", "json"]).stdout);
    assert!(!json.contains("environment"), "{json}");
}

#[test]
fn where_all_layers_are_required_and_one_is_missing_nothing_is_run() {
    let output = check(false, &["--require-sandbox"]);
    assert_eq!(util::status(&output), 3);
    assert_eq!(util::text(&output.stdout), "");
    let said = util::text(&output.stderr);
    assert!(said.contains("nothing was run"), "{said}");
    assert!(said.ends_with("missing here: files, signals\n"), "{said}");
}

#[test]
fn where_all_layers_are_required_and_there_a_check_is_as_ever() {
    let options = ["--format", "json", "--environment"];
    let missing = told(&check(true, &options))["missing"].clone();
    let output = check(true, &[&options[..], &["--require-sandbox"]].concat());
    if missing != Value::Array(Vec::new()) {
        assert_eq!(util::status(&output), 3, "{missing} is missing");
        return;
    }
    assert_eq!(util::status(&output), 0);
    let told = told(&output);
    assert_eq!(told["mode"], "required");
    assert_eq!(told["active"].as_array().map(Vec::len), Some(5), "{told}");
}

#[test]
fn without_containment_no_layer_is_there() {
    let told = told(&check(
        true,
        &["--no-sandbox", "--format", "json", "--environment"],
    ));
    assert_eq!(told["mode"], "off");
    assert_eq!(told["active"], Value::Array(Vec::new()));
}

#[test]
fn two_answers_on_containment_are_refused() {
    let output = check(true, &["--no-sandbox", "--require-sandbox"]);
    assert_eq!(util::status(&output), 2);
}
