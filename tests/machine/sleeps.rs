//! Sleeping costs a check no time, and synchronises nothing.

use std::time::Duration;

use crate::util::stopwatch::Stopwatch;
use crate::util::{self, GIVEN, call, read, result};
use crate::{alone, beside_others};

/// The solution of `05_lock/1_two_lines` with `from` replaced in the learner's part.
fn with(from: &str, to: &str) -> (tempfile::TempDir, String) {
    let solution = read("solutions/05_lock/1_two_lines.rs");
    let (own, given) = solution.split_once(GIVEN).expect("a given part");
    assert!(own.contains(from), "the solution has no {from:?}");
    util::scratch_file("answer.rs", own.replace(from, to) + GIVEN + given)
}

/// The verdict on an answer to that exercise.
fn verdict(file: &str) -> String {
    let exercise = "05_lock/1_two_lines";
    let output = call(&["check", exercise, "--file", file, "--format", "json"]);
    let verdict = result(&output)["verdict"].as_str().map(str::to_owned);
    verdict.expect("a verdict")
}

/// The verdict, and the shortest time that a check of it took.
fn verdict_and_time(file: &str) -> (String, Duration) {
    // The first check compiles.
    let first = verdict(file);
    let time = || {
        let start = Stopwatch::start();
        verdict(file);
        start.time()
    };
    (first, (0..3).map(|_| time()).min().expect("three times"))
}

#[test]
#[ignore = "long: a minute"]
fn long_a_program_that_sleeps_for_hours_is_checked_as_fast_as_one_that_does_not() {
    let _alone = alone();
    let print = "    println!(\"{number}: {} is done\", process::id());";
    let sleeps = |time: &str| {
        let sleep = format!("    std::thread::sleep(std::time::Duration::{time});\n{print}");
        with(print, &sleep)
    };
    let (_folder, hours) = sleeps("from_secs(36_000)");
    let (_folder2, nothing) = sleeps("ZERO");
    let (verdict, slow) = verdict_and_time(&hours);
    assert_eq!(verdict, "passed");
    let (verdict, fast) = verdict_and_time(&nothing);
    assert_eq!(verdict, "passed");
    // Twice is far more than chance makes of it, and ten hours are far more than twice.
    assert!(
        slow < 2 * fast + Duration::from_millis(500),
        "{slow:?} against {fast:?}"
    );
}

#[test]
fn no_sleep_however_long_passes_for_synchronisation() {
    let _beside = beside_others();
    let mut own = util::handed_in("tests/wrong/05_lock/1_two_lines/sleeps.rs");
    assert!(own.contains("from_secs("), "{own}");
    own = own.replace("from_secs(", "from_secs(36_000 * ");
    let (_folder, file) = util::scratch_file("answer.rs", own);
    assert_eq!(verdict(&file), "wrong_order");
}
