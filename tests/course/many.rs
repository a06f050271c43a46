//! Programs with many threads, processes, locks and steps: they are judged like those with few, and
//! where there is a limit, it is told.

use serde_json::Value;

use crate::util::{call, result, text};

/// The report on a program, after so few schedules that even long ones are no burden.
fn judged(name: &str, program: &str) -> Value {
    let folder = tempfile::Builder::new().prefix("many-").tempdir();
    let folder = folder.expect("a temporary folder");
    let file = folder.path().join(name);
    std::fs::write(&file, program).expect("is written");
    let file = file.to_str().expect("a plain name");
    result(&call(&[
        "check",
        file,
        "--schedules",
        "4",
        "--format",
        "json",
    ]))
}

#[track_caller]
fn assert_passes(name: &str, program: &str) {
    let report = judged(name, program);
    assert_eq!(report["verdict"], "passed", "{report}");
}

#[test]
fn threads_one_after_the_other_are_never_too_many() {
    assert_passes(
        "in_a_row.rs",
        "fn main() {
    let sum: u32 = (0..500).map(|n| std::thread::spawn(move || n).join().unwrap()).sum();
    assert_eq!(sum, 124_750);
}
",
    );
}

/// So many threads that all meet before any goes on.
fn meet(threads: u32) -> String {
    format!(
        "use std::sync::{{Barrier, Mutex}};
fn main() {{
    let (all, sum) = (Barrier::new({threads}), Mutex::new(0));
    std::thread::scope(|scope| {{
        for _ in 0..{threads} {{
            scope.spawn(|| {{ all.wait(); *sum.lock().unwrap() += 1; }});
        }}
    }});
    println!(\"{{}}\", sum.into_inner().unwrap());
}}
"
    )
}

#[test]
fn hundreds_of_threads_live_at_once() {
    assert_passes("at_once.rs", &meet(300));
}

#[test]
#[ignore = "long: 25 seconds"]
fn long_a_thousand_threads_live_at_once() {
    assert_passes("at_once.rs", &meet(1000));
}

#[test]
fn processes_in_a_row_and_at_once_are_never_too_many() {
    assert_passes(
        "processes.rs",
        "use mp::{Event, Process};
fn main() -> std::io::Result<()> {
    for _ in 0..150 { assert_eq!(Process::new(|| ()).start()?.join(), 0); }
    let go = Event::new();
    let all: Vec<_> = (0..150).map(|_| Process::new(|| go.wait()).start().unwrap()).collect();
    go.set();
    all.iter().for_each(|child| assert_eq!(child.join(), 0));
    Ok(())
}
",
    );
}

#[test]
fn thousands_of_locks_are_each_known() {
    let report = judged(
        "locks.rs",
        "use std::sync::Mutex;
fn main() {
    let all: Vec<Mutex<u32>> = (0..3000).map(Mutex::new).collect();
    let sum: u32 = all.iter().map(|lock| *lock.lock().unwrap()).sum();
    assert_eq!(sum, 4_498_500);
    let _held = all[2999].lock();
    let _again = all[2999].lock();
}
",
    );
    assert_eq!(report["verdict"], "deadlock", "{report}");
    let message = report["message"].as_str().unwrap_or_default();
    assert!(message.contains("Mutex-3000"), "{message}");
}

/// Three threads of which each does this so many times.
fn each_does(what: &str, times: u32) -> String {
    format!(
        "use std::sync::Mutex;
use std::sync::atomic::{{AtomicU32, Ordering::Relaxed}};
static SOLD: Mutex<u32> = Mutex::new(0);
static SEEN: AtomicU32 = AtomicU32::new(0);
fn main() {{
    std::thread::scope(|scope| {{
        for _ in 0..3 {{
            scope.spawn(|| for _ in 0..{times} {{ {what} }});
        }}
    }});
    println!(\"{{}} {{}}\", SOLD.lock().unwrap(), SEEN.load(Relaxed));
}}
"
    )
}

/// What a check of eleven schedules says, in one line.
fn told(program: &str) -> String {
    let folder = tempfile::Builder::new().prefix("many-").tempdir();
    let file = folder.as_ref().expect("a folder").path().join("long.rs");
    std::fs::write(&file, program).expect("is written");
    let file = file.to_str().expect("a plain name");
    let told = text(&call(&["check", file, "--schedules", "11"]).stdout);
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_long_run_is_judged_in_fewer_schedules_and_the_pass_says_why() {
    let long = each_does("*SOLD.lock().unwrap() += 1;", 120_000);
    let computes = "let sum: u64 = (0..1000).map(|it| it % 7).sum();
        SEEN.fetch_max(sum as u32, Relaxed);";
    for (program, why) in [
        (long, "A run of this program is long: 720,0"),
        (
            each_does(computes, 700),
            "A run of this program computes for long: ",
        ),
    ] {
        let told = told(&program);
        assert!(told.contains("passed, 0 of 10 schedules failed"), "{told}");
        assert!(
            told.contains(why) && told.contains("fewer than 11 schedules"),
            "{told}"
        );
    }
}

#[test]
#[ignore = "long: 25 seconds"]
fn long_of_a_run_that_computes_too_much_nothing_is_said() {
    let on_and_on = "let mut n = 1_u64; while n != 0 { n += 2; }";
    let report = judged("computes.rs", &each_does(on_and_on, 1));
    assert_eq!(report["verdict"], "inconclusive", "{report}");
    let message = report["message"].as_str().unwrap_or_default();
    assert!(message.ends_with("steps and did not end"), "{message}");
}

#[test]
fn an_update_that_is_lost_in_a_long_run_is_found_with_its_cause() {
    let what = "let seen = SEEN.load(Relaxed); SEEN.store(seen + 1, Relaxed);";
    let report = judged("lost.rs", &each_does(what, 40_000));
    let found = (&report["verdict"], &report["cause"]);
    assert_eq!(
        found,
        (&"wrong_order".into(), &"lost_update".into()),
        "{report}"
    );
    // Fifty of such runs would be too much: the failing one itself, a step later and a step earlier.
    let evidence = &report["evidence"];
    assert_eq!(
        (&evidence["schedules"], &evidence["failed"]),
        (&3.into(), &0.into()),
        "{report}"
    );
}

#[test]
fn reports_name_tasks_by_their_own_numbers_however_many_came_before() {
    let report = judged(
        "late.rs",
        "fn main() {
    for number in 1..=400 {
        let work = move || assert_ne!(number, 337);
        std::thread::spawn(work).join().unwrap();
    }
}
",
    );
    assert_eq!(report["verdict"], "panic", "{report}");
    assert!(report.to_string().contains("Thread-337"), "{report}");
}

#[test]
fn what_races_with_a_task_in_anothers_place_is_found_and_told_by_its_name() {
    // Each child is joined but the last two, which get the places of earlier ones.
    let report = judged(
        "race.rs",
        "use mp::{Process, RawValue};
fn main() -> std::io::Result<()> {
    let shared = &RawValue::new(0_u32);
    for _ in 0..200 { Process::new(|| shared.set(shared.get() + 1)).start()?.join(); }
    let two = [1, 2].map(|_| Process::new(|| shared.set(7)).start().unwrap());
    two.iter().for_each(|child| { child.join(); });
    println!(\"{}\", shared.get());
    Ok(())
}
",
    );
    assert_eq!(report["verdict"], "data_race", "{report}");
    let message = report["message"].as_str().unwrap_or_default();
    let named = message.contains("Process-201") && message.contains("Process-202");
    assert!(named, "{message}");
}

#[test]
#[ignore = "long: 25 seconds"]
fn long_a_limit_is_told_with_its_number_and_blames_nobody() {
    let report = judged("too_many.rs", &meet(1100));
    assert_eq!(report["verdict"], "inconclusive", "{report}");
    let message = report["message"].as_str().unwrap_or_default();
    assert!(message.contains("1,024 at once"), "{message}");
}
