//! What std leaves open: programs that are wrong because of it alone are found, right ones pass, and a
//! report says that the failure rests on it.

use serde_json::Value;

use crate::util::{call, result, scratch_file, text};

/// What comes before each main.
const USES: &str = "#![allow(unused)]
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::*};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, RwLock};
use std::thread;
use std::time::{Duration, Instant};
static LAMP: AtomicBool = AtomicBool::new(false);
static COUNT: AtomicU32 = AtomicU32::new(0);
static TRAY: Mutex<Vec<u32>> = Mutex::new(Vec::new());
static BELL: Condvar = Condvar::new();
";

/// Mains that rely on what std does not promise, each with what then happens and with words of what
/// must be told. No schedule shows it unless a liberty is taken.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "let cook = thread::spawn(|| { TRAY.lock().unwrap().push(3); BELL.notify_one(); });
         let mut tray = TRAY.lock().unwrap();
         if tray.is_empty() { tray = BELL.wait(tray).unwrap(); }
         assert_eq!(tray.pop(), Some(3)); drop(tray); cook.join().unwrap();",
        "panic",
        "wakes up for no reason, as it may",
    ),
    (
        "let cook = thread::spawn(|| { TRAY.lock().unwrap().push(3); BELL.notify_all(); });
         let mut tray = TRAY.lock().unwrap();
         if tray.is_empty() {
             let (it, end) = BELL.wait_timeout(tray, Duration::from_secs(900_000_000)).unwrap();
             assert!(!end.timed_out()); tray = it;
         }
         assert_eq!(tray.len(), 1); drop(tray); cook.join().unwrap();",
        "panic",
        "wakes up before its time for no reason, as it may",
    ),
    (
        "let cook = thread::spawn(|| { TRAY.lock().unwrap().push(3); BELL.notify_all(); });
         let mut tray = TRAY.lock().unwrap();
         if tray.is_empty() { tray = BELL.wait(tray).unwrap(); }
         println!(\"{} on the tray\", tray.len()); drop(tray); cook.join().unwrap();",
        "wrong_order",
        "wakes up for no reason, as it may",
    ),
    (
        "let reader = thread::spawn(|| { thread::park(); assert!(LAMP.load(SeqCst)); });
         LAMP.store(true, SeqCst); reader.thread().unpark(); reader.join().unwrap();",
        "panic",
        "wakes up for no reason, as it may",
    ),
    (
        "thread::scope(|s| for _ in 0..2 {
             s.spawn(|| while COUNT.load(SeqCst) < 2 {
                 let n = COUNT.load(SeqCst);
                 if COUNT.compare_exchange_weak(n, n + 1, SeqCst, SeqCst).is_err()
                     && COUNT.load(SeqCst) == n { panic!(\"nobody was faster\") }
             });
         });",
        "panic",
        "fails for no reason, as it may",
    ),
    // Both wait, one after the other; the first is not the one that must be woken.
    (
        "let (seats, sits) = (&Mutex::new(0), &Condvar::new());
         thread::scope(|s| {
             for me in 0..2 { s.spawn(move || {
                 let mut seated = seats.lock().unwrap();
                 while *seated != me { seated = sits.wait(seated).unwrap(); }
                 *seated += 1; sits.notify_all();
                 while *seated < 3 { seated = BELL.wait(seated).unwrap(); }
                 TRAY.lock().unwrap().push(me); BELL.notify_one();
             }); }
             let mut seated = seats.lock().unwrap();
             while *seated < 2 { seated = sits.wait(seated).unwrap(); }
             *seated = 3; BELL.notify_one();
         });
         assert_eq!(*TRAY.lock().unwrap(), [0, 1]);",
        "panic",
        "as it may",
    ),
    (
        "static BOOK: RwLock<u32> = RwLock::new(0);
         let page = BOOK.read().unwrap();
         let writer = thread::spawn(|| *BOOK.write().unwrap() = 7);
         while BOOK.try_read().is_ok() { thread::yield_now(); }
         let reader = thread::spawn(|| assert_eq!(*BOOK.read().unwrap(), 7));
         drop(page); writer.join().unwrap(); reader.join().unwrap();",
        "panic",
        "lets who reads come before a writer that waits, as it may",
    ),
];

/// Mains that are right whatever std does.
const RIGHT: &[&str] = &[
    "let cook = thread::spawn(|| { TRAY.lock().unwrap().push(3); BELL.notify_one(); });
     let mut tray = TRAY.lock().unwrap();
     while tray.is_empty() { tray = BELL.wait(tray).unwrap(); }
     assert_eq!(tray.pop(), Some(3)); drop(tray); cook.join().unwrap();",
    "let cook = thread::spawn(|| { TRAY.lock().unwrap().push(3); BELL.notify_one(); });
     let tray = BELL.wait_while(TRAY.lock().unwrap(), |tray| tray.is_empty()).unwrap();
     println!(\"{}\", tray.len()); drop(tray); cook.join().unwrap();",
    "let hour = Duration::from_secs(3600);
     let (tray, end) = BELL.wait_timeout_while(TRAY.lock().unwrap(), hour, |it| it.is_empty())
         .unwrap();
     assert!(end.timed_out() && tray.is_empty());",
    // A wait that ended for no reason was not too long.
    "let begun = Instant::now();
     let (_, end) = BELL.wait_timeout(TRAY.lock().unwrap(), Duration::from_secs(60)).unwrap();
     assert_eq!(end.timed_out(), begun.elapsed() >= Duration::from_secs(60));",
    // How it ended may be told.
    "let second = Duration::from_secs(1);
     let (_, end) = BELL.wait_timeout(TRAY.lock().unwrap(), second).unwrap();
     println!(\"{}\", end.timed_out());",
    "let reader = thread::spawn(|| while !LAMP.load(SeqCst) { thread::park() });
     LAMP.store(true, SeqCst); reader.thread().unpark(); reader.join().unwrap();",
    "let begun = Instant::now();
     while begun.elapsed() < Duration::from_secs(5) { thread::park_timeout(Duration::from_secs(5)) }
     println!(\"late\");",
    "thread::scope(|s| for _ in 0..3 {
         s.spawn(|| {
             let mut n = COUNT.load(SeqCst);
             while let Err(other) = COUNT.compare_exchange_weak(n, n + 1, SeqCst, SeqCst) {
                 n = other;
             }
         });
     });
     println!(\"{}\", COUNT.load(SeqCst));",
    // A lock of one's own.
    "let lock = || while LAMP.compare_exchange_weak(false, true, Acquire, Relaxed).is_err() {
         std::hint::spin_loop();
     };
     thread::scope(|s| for _ in 0..2 { s.spawn(|| {
         lock(); let n = COUNT.load(Relaxed); COUNT.store(n + 1, Relaxed); LAMP.store(false, Release);
     }); });
     println!(\"{}\", COUNT.load(SeqCst));",
    // Whoever is woken hands on.
    "thread::scope(|s| {
         for _ in 0..3 { s.spawn(|| {
             let mut tray = TRAY.lock().unwrap();
             while tray.is_empty() { tray = BELL.wait(tray).unwrap(); }
             tray.pop(); BELL.notify_one();
         }); }
         TRAY.lock().unwrap().extend([1, 2, 3]); BELL.notify_one();
     });",
    // Who is first is open, although both came in a known order.
    "let (seats, sits) = (&Mutex::new(0), &Condvar::new());
     thread::scope(|s| {
         for me in 0..2 { s.spawn(move || {
             let mut seated = seats.lock().unwrap();
             while *seated != me { seated = sits.wait(seated).unwrap(); }
             *seated += 1; sits.notify_all();
             while *seated < 3 { seated = BELL.wait(seated).unwrap(); }
             println!(\"{me} has the bun\"); BELL.notify_one();
         }); }
         let mut seated = seats.lock().unwrap();
         while *seated < 2 { seated = sits.wait(seated).unwrap(); }
         *seated = 3; BELL.notify_one();
     });",
    "static BOOK: RwLock<u32> = RwLock::new(0);
     thread::scope(|s| for n in 0..2 {
         s.spawn(move || *BOOK.write().unwrap() += n);
         s.spawn(|| assert!(*BOOK.read().unwrap() <= 1));
     });
     println!(\"{}\", BOOK.read().unwrap());",
    "let (hand, take) = sync_channel(0);
     let hands: Vec<_> = (1..4).map(|n| { let hand = hand.clone();
         thread::spawn(move || hand.send(n).unwrap()) }).collect();
     drop(hand);
     println!(\"{}\", take.iter().sum::<u32>());
     hands.into_iter().for_each(|it| it.join().unwrap());",
    "let (hand, take) = sync_channel(1);
     thread::scope(|s| {
         for n in 1..4 { let hand = hand.clone(); s.spawn(move || hand.send(n).unwrap()); }
         drop(hand);
         println!(\"{}\", take.iter().sum::<u32>());
     });",
];

fn checked(main: &str, options: &[&str]) -> Value {
    let text = format!("{USES}fn main() {{ {main} }}\n");
    let (_folder, file) = scratch_file("liberties.rs", text);
    let args = [&["check", &file, "--format", "json"], options].concat();
    result(&call(&args))
}

/// Whether a report shows the failure, and says that it rests on a liberty.
fn shows(report: &Value, verdict: &str, words: &str) -> bool {
    let schedule = report["first_failure"]["schedule"].as_u64();
    report["verdict"] == verdict
        && schedule >= Some(100_000_000)
        && report["counterexample"]["liberties"]
            .to_string()
            .contains(words)
}

/// One after the other.
fn seeds() -> impl Iterator<Item = &'static str> {
    ["0", "1", "2", "3", "4"].into_iter().cycle()
}

#[test]
fn what_relies_on_more_than_std_promises_is_found() {
    for ((main, verdict, words), seed) in WRONG.iter().zip(seeds()) {
        let report = checked(main, &["--seed", seed]);
        assert!(shows(&report, verdict, words), "{seed}: {main}\n{report:#}");
    }
}

#[test]
#[ignore = "minutes: run by name"]
fn long_what_relies_on_more_than_std_promises_is_found_by_each_seed() {
    for (main, verdict, words) in WRONG {
        for seed in 0..20 {
            let report = checked(main, &["--seed", &seed.to_string()]);
            assert!(shows(&report, verdict, words), "{seed}: {main}\n{report:#}");
        }
    }
}

#[test]
fn what_relies_on_nothing_else_passes() {
    for (main, seed) in RIGHT.iter().zip(seeds()) {
        let report = checked(main, &["--seed", seed]);
        assert_eq!(report["verdict"], "passed", "{main}\n{report}");
        assert!(report["liberties"].as_u64() >= Some(1), "{main}\n{report}");
        assert!(report["exhaustive"].is_null(), "{main}\n{report}");
    }
}

#[test]
#[ignore = "half an hour: run by name"]
fn long_what_relies_on_nothing_else_passes_by_many_seeds() {
    for main in RIGHT {
        for seed in 0..20 {
            let seed = seed.to_string();
            let report = checked(main, &["--seed", &seed, "--schedules", "2000"]);
            assert_eq!(report["verdict"], "passed", "{seed}: {main}\n{report}");
        }
    }
}

#[test]
fn a_program_where_nothing_is_open_is_searched_and_told_as_before() {
    let report = checked(
        "thread::spawn(|| TRAY.lock().unwrap().push(1)).join().unwrap();",
        &[],
    );
    assert_eq!(report["verdict"], "passed");
    assert!(report["liberties"].is_null(), "{report}");
    assert_eq!(report["exhaustive"]["complete"], true, "{report}");
}

#[test]
fn all_schedules_are_not_all_where_something_is_open() {
    let report = checked(RIGHT[0], &["--exhaustive"]);
    assert_eq!(report["verdict"], "passed");
    assert_eq!(report["exhaustive"]["complete"], false, "{report}");
    assert!(report["liberties"].as_u64() >= Some(30), "{report}");
    let (main, verdict, words) = WRONG[0];
    let report = checked(main, &["--exhaustive"]);
    assert!(shows(&report, verdict, words), "{report:#}");
}

#[test]
fn what_is_printed_by_design_hides_no_wait_that_ends_too_early() {
    let main = "thread::scope(|s| {
        for n in 0..2 { s.spawn(move || println!(\"{n}\")); }
        s.spawn(|| {
            let mut tray = TRAY.lock().unwrap();
            if tray.is_empty() { tray = BELL.wait(tray).unwrap(); }
            tray.pop().unwrap();
        });
        TRAY.lock().unwrap().push(1); BELL.notify_one();
    });";
    let report = checked(main, &[]);
    assert!(
        shows(&report, "panic", "wakes up for no reason"),
        "{report:#}"
    );
}

#[test]
fn the_report_names_the_liberty_and_its_schedule_is_replayed() {
    let (main, ..) = WRONG[0];
    let (_folder, file) = scratch_file("bell.rs", format!("{USES}fn main() {{ {main} }}\n"));
    let report = text(&call(&["check", &file]).stdout);
    let rests = "This rests on what std leaves open";
    assert!(report.contains(rests), "{report}");
    assert!(report.contains("cause: if not while"), "{report}");
    assert!(
        report.contains("If nobody woke up for no reason"),
        "{report}"
    );
    let command = report.lines().find(|it| it.contains("course replay"));
    let number = command.and_then(|it| it.split(' ').next_back());
    let number = number.expect("the schedule is named");
    let replayed = text(&call(&["replay", &file, number]).stdout);
    let step = "wakes up for no reason, as it may";
    assert!(replayed.contains(step), "{replayed}");
    let full = text(&call(&["replay", &file, number, "--full"]).stdout);
    assert!(full.contains(step), "{full}");
}

#[test]
fn the_same_is_found_on_any_number_of_cores() {
    let (main, ..) = WRONG[4];
    let (_folder, file) = scratch_file("cores.rs", format!("{USES}fn main() {{ {main} }}\n"));
    let on = |jobs| call(&["check", &file, "--jobs", jobs, "--format", "json"]).stdout;
    assert_eq!(text(&on("1")), text(&on("2")));
}
