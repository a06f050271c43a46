//! The same program and seed give the same report, byte for byte, however often, on however many
//! cores, and whatever else the machine has to do.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{alone, beside_others, util};

/// Prints its pids, and goes through a `HashMap` in the order that the map has.
const CHANCY: &str = r#"//! Prints what would be another thing in every run.

use std::collections::{HashMap, HashSet};
use std::io;
use std::process;
use std::time::{Instant, SystemTime};

use mp::Process;

fn introduce() -> String {
    let trays: HashMap<&str, u32> = ["ada", "ben", "cleo", "dora", "emil", "fay"].into_iter().zip(1..).collect();
    let numbers: HashSet<u32> = (1..20).collect();
    let order: Vec<String> = trays.keys().map(ToString::to_string).collect();
    let mixed: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    let times = format!("{:?} {:?}", Instant::now(), SystemTime::now());
    let chance = mp::random(0..1_000);
    format!("{} {chance} {} {} {times}", process::id(), order.join(" "), mixed.join(" "))
}

fn hire(name: &str, work: impl FnOnce()) -> io::Result<u32> {
    let child = Process::new(work).name(name).start()?;
    child.join();
    Ok(child.pid())
}

"#;

/// What is checked: a name, and the arguments that choose it.
type Subject = (String, Vec<String>);

/// The stub, a passing solution, and a wrong answer for each verdict that there is one for.
fn subjects() -> Vec<Subject> {
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
    let mut subjects = vec![
        ("a stub".to_owned(), words(&["03_isolation/1_globals"])),
        ("solutions".to_owned(), words(&["05_lock", "--solutions"])),
    ];
    let mut by_verdict = BTreeMap::new();
    for answer in util::wrong_answers() {
        by_verdict.insert(answer.verdict.clone(), answer);
    }
    assert!(by_verdict.len() >= 6, "{by_verdict:?}");
    let on_a_file = "tests/wrong/05_lock/3_check_then_act/no_lock.rs";
    let mut answers: Vec<_> = by_verdict.into_values().collect();
    answers.extend(
        util::wrong_answers()
            .into_iter()
            .filter(|answer| answer.file == on_a_file),
    );
    for answer in answers {
        let args = words(&[&answer.exercise, "--file", &answer.file]);
        subjects.push((answer.file, args));
    }
    subjects
}

/// What `course check` prints of a subject on so many cores.
fn report(subject: &Subject, jobs: &str, format: &str) -> Vec<u8> {
    let mut args = vec!["check", "--jobs", jobs, "--format", format];
    args.extend(subject.1.iter().map(String::as_str));
    let output = util::call(&args);
    assert!(util::status(&output) < 2, "{}", util::text(&output.stderr));
    output.stdout
}

/// Checks the subject three times on one core and three times on two, and demands the same report; and
/// once each for the text that is made of the same outcome.
fn always_the_same(subject: &Subject) {
    for (format, more) in [
        ("json", [("1", 2), ("2", 3)]),
        ("text", [("1", 0), ("2", 1)]),
    ] {
        let first = report(subject, "1", format);
        for (jobs, more) in more {
            for _ in 0..more {
                let again = report(subject, jobs, format);
                let (first, again) = (util::text(&first), util::text(&again));
                assert_eq!(first, again, "{} with --jobs {jobs}", subject.0);
            }
        }
    }
}

/// Does something while every core has more than enough else to do.
fn while_busy(work: impl FnOnce()) {
    /// Lets the others go on also when the work fails.
    struct Done<'a>(&'a AtomicBool);
    impl Drop for Done<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    let done = AtomicBool::new(false);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..2 * cores {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    std::hint::spin_loop();
                }
            });
        }
        let _done = Done(&done);
        work();
    });
}

/// The program above as an answer, in a folder that lives as long as the first value.
fn chancy() -> (tempfile::TempDir, Subject) {
    let stub = util::read("exercises/02_process/3_pids.rs");
    let (_, given) = stub.split_once(util::GIVEN).expect("a given part");
    let program = format!("{CHANCY}{}{given}", util::GIVEN);
    let (folder, file) = util::scratch_file("chancy.rs", program);
    let args = ["02_process/3_pids", "--file", &file].map(str::to_owned);
    (folder, ("pids and maps".to_owned(), args.to_vec()))
}

#[test]
fn reports_are_the_same_over_three_runs_on_one_and_on_two_cores() {
    let _beside = beside_others();
    // The others are those of the test beside busy cores.
    for subject in subjects().iter().step_by(2) {
        always_the_same(subject);
    }
}

#[test]
#[ignore = "long: a minute"]
fn long_all_reports_are_the_same_over_three_runs_on_one_and_on_two_cores() {
    let _beside = beside_others();
    subjects().iter().for_each(always_the_same);
}

/// Demands of each subject, by its number, the same report on so many busy cores as on two idle ones, if
/// any.
fn the_same_while_busy(jobs: impl Fn(usize) -> &'static [&'static str]) {
    let _alone = alone();
    let idle: Vec<_> = subjects()
        .into_iter()
        .enumerate()
        .map(|(number, subject)| (jobs(number), subject))
        .filter(|(jobs, _)| !jobs.is_empty())
        .map(|(jobs, subject)| (jobs, report(&subject, "2", "json"), subject))
        .collect();
    while_busy(|| {
        for (jobs, first, subject) in &idle {
            for jobs in *jobs {
                let (first, again) = (util::text(first), report(subject, jobs, "json"));
                assert_eq!(
                    first,
                    util::text(&again),
                    "{} with --jobs {jobs}",
                    subject.0
                );
            }
        }
    });
}

#[test]
fn reports_are_the_same_while_all_cores_are_busy() {
    the_same_while_busy(|number| match number % 4 {
        1 => &["1"],
        3 => &["2"],
        _ => &[],
    });
}

#[test]
#[ignore = "long: two minutes"]
fn long_reports_are_the_same_on_one_and_on_two_busy_cores() {
    the_same_while_busy(|_| &["1", "2"]);
}

#[test]
fn pids_hash_maps_clocks_and_chance_are_the_same_in_every_check() {
    let _beside = beside_others();
    let (_folder, subject) = chancy();
    let first = util::text(&report(&subject, "1", "json"));
    // What chance decides must be in the report, or nothing is tested here.
    assert!(first.contains("\"verdict\": \"wrong_output\""), "{first}");
    assert!(first.contains("printed \\\"4000"), "{first}");
    assert!(
        ["ada", "fay", "emil"]
            .iter()
            .all(|name| first.contains(name)),
        "{first}"
    );
    always_the_same(&subject);
    while_busy(|| {
        for jobs in ["1", "2"] {
            let again = report(&subject, jobs, "json");
            assert_eq!(first, util::text(&again), "with --jobs {jobs}");
        }
    });
}

#[test]
#[ignore = "long: a minute"]
fn long_another_seed_gives_another_search() {
    let _alone = alone();
    let answer = "tests/wrong/06_condition/2_while_not_if/looks_twice.rs";
    let args = ["06_condition/2_while_not_if", "--file", answer].map(str::to_owned);
    let count = |seed: &str| {
        let mut args = args.to_vec();
        args.extend(["--seed".to_owned(), seed.to_owned()]);
        let report = report(&(answer.to_owned(), args), "2", "json");
        let report: serde_json::Value = serde_json::from_slice(&report).expect("JSON");
        assert_eq!(report["seed"], seed.parse::<u64>().unwrap());
        report["results"][0]["failed_schedules"]
            .as_u64()
            .expect("a number")
    };
    let counts: std::collections::BTreeSet<u64> = ["0", "1", "2", "3", "4"].map(count).into();
    assert!(counts.len() > 1, "{counts:?}");
}
