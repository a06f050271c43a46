//! Atomics with weaker orderings than `SeqCst`: programs that need more order than they ask for are found,
//! and the report names what was read; those that ask for enough pass.

use serde_json::Value;

use crate::util::{call, result, scratch_file, text};

/// What comes before each main.
const USES: &str = "#![allow(unused)]
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, fence, Ordering::*};
use std::sync::{Arc, Mutex};
use std::thread;
static LAMP: AtomicBool = AtomicBool::new(false);
static DOOR: AtomicBool = AtomicBool::new(false);
static BUNS: AtomicU32 = AtomicU32::new(0);
static TRAYS: AtomicU32 = AtomicU32::new(0);
";

/// A main that asks for enough, what is to be changed in it so that it does not, and words of what is told
/// then.
struct Pair(
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

const PAIRS: &[Pair] = &[
    Pair(
        "let cook = thread::spawn(|| { BUNS.store(7, Relaxed); LAMP.store(true, Release); });
         while !LAMP.load(Acquire) {}
         assert_eq!(BUNS.load(Relaxed), 7); cook.join().unwrap();",
        &[("Release", "Relaxed")],
        ": 0, though 7 was stored (line 10)",
    ),
    Pair(
        "let cook = thread::spawn(|| { BUNS.store(7, Relaxed); LAMP.store(true, Release); });
         while !LAMP.load(Acquire) {}
         assert_eq!(BUNS.load(Relaxed), 7); cook.join().unwrap();",
        &[("Acquire", "Relaxed")],
        ": 0, though 7 was stored (line 10)",
    ),
    Pair(
        "let cook = thread::spawn(|| {
             BUNS.store(7, Relaxed); fence(Release); LAMP.store(true, Relaxed);
         });
         while !LAMP.load(Relaxed) {}
         fence(Acquire);
         assert_eq!(BUNS.load(Relaxed), 7); cook.join().unwrap();",
        &[("fence(Acquire);", "")],
        ": 0, though 7 was stored (line 11)",
    ),
    // Both want to go in (Dekker).
    Pair(
        "let enter = |mine: &AtomicBool, other: &AtomicBool| {
             mine.store(true, SeqCst);
             BUNS.load(Relaxed);
             !other.load(SeqCst)
         };
         let cook = thread::spawn(move || enter(&LAMP, &DOOR));
         let mine = enter(&DOOR, &LAMP);
         assert!(!(mine & cook.join().unwrap()));",
        &[
            ("store(true, SeqCst)", "store(true, Release)"),
            ("load(SeqCst)", "load(Acquire)"),
        ],
        ": false, though true was stored (line 11)",
    ),
    Pair(
        "let enter = |mine: &AtomicBool, other: &AtomicBool| {
             mine.store(true, Relaxed);
             fence(SeqCst);
             !other.load(Relaxed)
         };
         let cook = thread::spawn(move || enter(&LAMP, &DOOR));
         let mine = enter(&DOOR, &LAMP);
         assert!(!(mine & cook.join().unwrap()));",
        &[("fence(SeqCst)", "fence(AcqRel)")],
        ": false, though true was stored (line 11)",
    ),
    // A lock of one's own.
    Pair(
        "fn lock() { while LAMP.swap(true, Acquire) { std::hint::spin_loop() } }
         thread::scope(|s| for _ in 0..2 { s.spawn(|| {
             lock();
             let buns = BUNS.load(Relaxed);
             BUNS.store(buns + 1, Relaxed);
             LAMP.store(false, Release);
         }); });
         assert_eq!(BUNS.load(Relaxed), 2);",
        &[("Release", "Relaxed")],
        ": 0, though 1 was stored (line 14)",
    ),
    // A sequence lock.
    Pair(
        "static TURN: AtomicUsize = AtomicUsize::new(0);
         let cook = thread::spawn(|| for n in 1..3 {
             let turn = TURN.load(Relaxed);
             TURN.store(turn + 1, Relaxed); fence(Release);
             BUNS.store(n, Relaxed); TRAYS.store(n, Relaxed);
             TURN.store(turn + 2, Release);
         });
         for _ in 0..3 {
             let turn = TURN.load(Acquire);
             if turn % 2 == 1 { continue; }
             let both = (BUNS.load(Relaxed), TRAYS.load(Relaxed));
             fence(Acquire);
             if TURN.load(Relaxed) == turn { assert_eq!(both.0, both.1); }
         }
         cook.join().unwrap();",
        &[("fence(Acquire)", "")],
        ": 0, though ",
    ),
    // Made once, by whoever comes first.
    Pair(
        "static OPENING: Mutex<()> = Mutex::new(());
         fn buns() -> u32 {
             if !LAMP.load(Acquire) {
                 let _alone = OPENING.lock().unwrap();
                 if !LAMP.load(Relaxed) { BUNS.store(42, Relaxed); LAMP.store(true, Release); }
             }
             BUNS.load(Relaxed)
         }
         thread::scope(|s| for _ in 0..2 { s.spawn(|| assert_eq!(buns(), 42)); });",
        &[("Acquire", "Relaxed")],
        ": 0, though 42 was stored (line 14)",
    ),
    // What is stored last is not what stays.
    Pair(
        "let cook = thread::spawn(|| { BUNS.store(1, SeqCst); TRAYS.store(2, SeqCst); });
         TRAYS.store(1, SeqCst); BUNS.store(2, SeqCst);
         cook.join().unwrap();
         assert!((BUNS.load(Relaxed), TRAYS.load(Relaxed)) != (1, 1));",
        &[("SeqCst", "Release")],
        "overwrites, as it may",
    ),
];

/// Mains that are right although they ask for little.
const RIGHT: &[&str] = &[
    "thread::scope(|s| for _ in 0..3 { s.spawn(|| for _ in 0..3 { BUNS.fetch_add(1, Relaxed); }); });
     println!(\"{}\", BUNS.load(Relaxed));",
    // An older value is not returned for ever.
    "let cook = thread::spawn(|| while !LAMP.load(Relaxed) { thread::yield_now() });
     LAMP.store(true, Relaxed); cook.join().unwrap();",
    "thread::scope(|s| {
         s.spawn(|| { for n in 1..5 { BUNS.store(n, Relaxed); } LAMP.store(true, Relaxed); });
         let mut last = 0;
         while !LAMP.load(Relaxed) {
             let now = BUNS.load(Relaxed); assert!(now >= last); last = now;
         }
     });",
    // Who lets go of it last knows of all.
    "struct Count(AtomicU32);
     impl Drop for Count { fn drop(&mut self) { println!(\"{}\", self.0.load(Relaxed)); } }
     let all = Arc::new(Count(AtomicU32::new(0)));
     for _ in 0..2 { let mine = all.clone(); thread::spawn(move || mine.0.fetch_add(1, Relaxed)); }
     while Arc::strong_count(&all) > 1 { thread::yield_now(); }",
    // One after the other in the same memory.
    "thread::scope(|s| for n in 1..4 { s.spawn(move || {
         let bun = Arc::new(AtomicU32::new(n));
         let other = bun.clone();
         thread::spawn(move || other.store(9, Relaxed)).join().unwrap();
         assert_eq!(bun.load(Relaxed), 9);
         bun.store(n, Relaxed);
     }); });",
    "let bun = AtomicU32::new(0);
     for n in 1..4 {
         thread::scope(|s| { s.spawn(|| bun.store(n, Relaxed)); });
         assert_eq!(bun.load(Relaxed), n);
     }",
    // A release sequence.
    "let cook = thread::spawn(|| { BUNS.store(7, Relaxed); TRAYS.store(1, Release); });
     let other = thread::spawn(|| TRAYS.fetch_add(2, Relaxed));
     if TRAYS.load(Acquire) == 3 { assert_eq!(BUNS.load(Relaxed), 7); }
     cook.join().unwrap(); other.join().unwrap();",
];

fn checked(main: &str, options: &[&str]) -> Value {
    let (_folder, file) = scratch_file("weak.rs", format!("{USES}fn main() {{\n{main} }}\n"));
    let args = [&["check", &file, "--format", "json"], options].concat();
    result(&call(&args))
}

fn wrong(Pair(main, changes, _): &Pair) -> String {
    let change = |main: String, it: &(&str, &str)| main.replace(it.0, it.1);
    changes.iter().fold((*main).to_owned(), change)
}

/// Whether a report shows the failure, with what it rests on.
fn shows(report: &Value, words: &str) -> bool {
    report["verdict"] == "panic"
        && report["cause"] == "weak_order"
        && report["evidence"].to_string().contains("stronger")
        && report["first_failure"]["schedule"].as_u64() >= Some(100_000_000)
        && report["counterexample"]["liberties"]
            .to_string()
            .contains(words)
}

#[test]
fn who_asks_for_too_little_order_is_found_and_who_asks_for_enough_passes() {
    for (pair, seed) in PAIRS.iter().zip(["0", "1", "2"].into_iter().cycle()) {
        let main = wrong(pair);
        let report = checked(&main, &["--seed", seed]);
        assert!(shows(&report, pair.2), "{seed}: {main}\n{report:#}");
        let report = checked(pair.0, &["--seed", seed]);
        assert_eq!(report["verdict"], "passed", "{}\n{report:#}", pair.0);
    }
}

#[test]
#[ignore = "many minutes: run by name"]
fn long_who_asks_for_too_little_order_is_found_by_each_seed() {
    for seed in (0..20).map(|it| it.to_string()) {
        for pair in PAIRS {
            let main = wrong(pair);
            let report = checked(&main, &["--seed", &seed]);
            assert!(shows(&report, pair.2), "{seed}: {main}\n{report:#}");
            let report = checked(pair.0, &["--seed", &seed, "--schedules", "5000"]);
            assert_eq!(
                report["verdict"], "passed",
                "{seed}: {}\n{report:#}",
                pair.0
            );
        }
    }
}

#[test]
fn little_order_is_enough_where_nothing_rests_on_more() {
    for (main, seed) in RIGHT.iter().zip(["0", "1", "2"].into_iter().cycle()) {
        let report = checked(main, &["--seed", seed]);
        assert_eq!(report["verdict"], "passed", "{main}\n{report:#}");
    }
}

#[test]
#[ignore = "many minutes: run by name"]
fn long_little_order_is_enough_by_many_seeds() {
    for main in RIGHT {
        for seed in (0..5).map(|it| it.to_string()) {
            let report = checked(main, &["--seed", &seed, "--schedules", "5000"]);
            assert_eq!(report["verdict"], "passed", "{seed}: {main}\n{report:#}");
        }
    }
}

#[test]
fn where_all_orders_are_seq_cst_or_a_lock_guards_nothing_is_open() {
    for main in [
        "thread::scope(|s| { s.spawn(|| LAMP.store(true, SeqCst)); DOOR.load(SeqCst); LAMP.load(SeqCst); });",
        "static BOX: Mutex<()> = Mutex::new(());
         thread::scope(|s| for _ in 0..2 { s.spawn(|| {
             let _alone = BOX.lock().unwrap();
             BUNS.store(BUNS.load(Relaxed) + 1, Relaxed);
         }); });
         assert_eq!(BUNS.load(Relaxed), 2);",
    ] {
        let report = checked(main, &[]);
        assert_eq!(report["verdict"], "passed", "{main}\n{report:#}");
        assert!(report["liberties"].is_null(), "{main}\n{report:#}");
        assert_eq!(report["exhaustive"]["complete"], true, "{main}\n{report:#}");
    }
}

#[test]
fn the_report_tells_what_was_read_and_its_schedule_is_replayed() {
    let main = wrong(&PAIRS[0]);
    let (_folder, file) = scratch_file("lamp.rs", format!("{USES}fn main() {{\n{main} }}\n"));
    let report = text(&call(&["check", &file]).stdout);
    assert!(
        report.contains("This rests on what std leaves open"),
        "{report}"
    );
    let command = report.lines().find(|it| it.contains("course replay"));
    let number = command.and_then(|it| it.split(' ').next_back());
    let number = number.expect("the schedule is named");
    let replayed = text(&call(&["replay", &file, number, "--full"]).stdout);
    let step = ": 0, though 7 was stored (line 10)";
    assert!(replayed.contains(step), "{replayed}");
}

/// Two cooks, of whom each lights its lamp, and works alone if the other one's is dark.
const ALONE: &str = "static mut DOUGH: u32 = 0;
     let cook = |mine: &AtomicBool, other: &AtomicBool| {
         mine.store(true, Release);
         if !other.load(Acquire) { unsafe { DOUGH += 1 } }
     };
     thread::scope(|s| { s.spawn(|| cook(&LAMP, &DOOR)); cook(&DOOR, &LAMP); });";

/// The same where each waits its turn.
const IN_TURN: &str = "static mut DOUGH: u32 = 0;
     let cook = |mine: &AtomicBool, other: &AtomicBool, turn: u32| {
         mine.store(true, Release);
         BUNS.store(turn, Release);
         while other.load(Acquire) && BUNS.load(Acquire) == turn { std::hint::spin_loop(); }
         unsafe { DOUGH += 1 }
         mine.store(false, Release);
     };
     thread::scope(|s| { s.spawn(|| cook(&LAMP, &DOOR, 1)); cook(&DOOR, &LAMP, 2); });";

#[test]
fn of_a_race_it_is_told_which_order_keeps_the_two_apart() {
    for main in [ALONE, IN_TURN] {
        let report = checked(main, &[]);
        assert_eq!(report["verdict"], "data_race", "{report:#}");
        // What is loaded there is another value than the one that was stored.
        let text = report.to_string();
        assert!(
            !text.contains("as they are, they order nothing"),
            "{report:#}"
        );
    }
    let report = checked(ALONE, &[]);
    assert_eq!(report["cause"], "weak_order", "{report:#}");
    let text = report["evidence"].to_string();
    assert!(
        text.contains("stronger") && !text.contains("acquire"),
        "{report:#}"
    );
}
