//! Interference and freedom: what a program leaves open is no fault, and hides none.

use crate::programs::{Folder, check, judged};
use crate::util::{call, status, text};

/// Who comes first is open. Each adds one to a counter as well, in one step or in two.
const WHO_COMES_FIRST: &str = r#"
use std::sync::Mutex;
fn main() {
    let in_one_step = std::env::args().nth(1).is_some_and(|word| word == "one");
    let (came, sum) = (Mutex::new(Vec::new()), Mutex::new(0));
    std::thread::scope(|scope| {
        for guest in ["ada", "ben"] {
            let (came, sum) = (&came, &sum);
            scope.spawn(move || {
                came.lock().unwrap().push(guest);
                if in_one_step {
                    *sum.lock().unwrap() += 1;
                } else {
                    let seen = *sum.lock().unwrap();
                    *sum.lock().unwrap() = seen + 1;
                }
            });
        }
    });
    println!("{:?}", came.into_inner().unwrap());
    println!("{} guests", sum.into_inner().unwrap());
}
"#;

/// Looks from time to time how far another one is.
const PROGRESS: &str = r#"
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
fn main() {
    let done = AtomicU32::new(0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..3 {
                done.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        while done.load(Ordering::SeqCst) < 3 {
            println!("{} of 3", done.load(Ordering::SeqCst));
            std::thread::sleep(Duration::from_millis(5));
        }
    });
}
"#;

/// Each thread adds one and tells when; in one step or in two.
const TIMED: &str = r#"
use std::sync::Mutex;
use std::time::{Duration, Instant};
fn main() {
    let in_one_step = std::env::args().nth(1).is_some_and(|word| word == "one");
    let (start, sum) = (Instant::now(), Mutex::new(0));
    std::thread::scope(|scope| {
        for worker in 0..2 {
            let (start, sum) = (&start, &sum);
            scope.spawn(move || {
                std::thread::sleep(Duration::from_millis(5));
                if in_one_step {
                    *sum.lock().unwrap() += 1;
                } else {
                    let seen = *sum.lock().unwrap();
                    *sum.lock().unwrap() = seen + 1;
                }
                println!("[{:8.3}] worker {worker} is done", start.elapsed().as_secs_f64());
            });
        }
    });
    let sum = sum.into_inner().unwrap();
    println!("sum {sum} after {:?}, {} s", start.elapsed(), start.elapsed().as_secs());
}
"#;

/// Main tells the sum before the second of two threads must have added to it.
const JOINS_ONE: &str = r#"
use std::sync::{Arc, Mutex};
use std::thread::spawn;
fn main() {
    let sum = Arc::new(Mutex::new(0));
    let add = |more: i32| {
        let sum = Arc::clone(&sum);
        spawn(move || *sum.lock().unwrap() += more)
    };
    let (first, _second) = (add(1), add(2));
    first.join().unwrap();
    println!("{}", *sum.lock().unwrap());
}
"#;

/// Each looks, asks somebody else, and puts the sum back; or asks first.
const ASKS_BETWEEN: &str = r#"
use std::sync::{Mutex, mpsc};
use std::thread;
fn price(of: i32) -> i32 {
    let (told, tell) = mpsc::channel();
    thread::spawn(move || told.send(of * 10).unwrap());
    tell.recv().unwrap()
}
fn main() {
    let first = std::env::args().nth(1).is_some_and(|word| word == "first");
    let (sum, order) = (Mutex::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for bun in 1..=2 {
            let (sum, order) = (&sum, &order);
            scope.spawn(move || {
                order.lock().unwrap().push(bun);
                if first {
                    let more = price(bun);
                    *sum.lock().unwrap() += more;
                } else {
                    let before = *sum.lock().unwrap();
                    let after = before + price(bun);
                    *sum.lock().unwrap() = after;
                }
            });
        }
    });
    println!("{}", *sum.lock().unwrap());
    if std::env::args().nth(2).is_some() {
        println!("{:?}", order.lock().unwrap());
    }
}
"#;

/// Two processes that count in a manager, one look and one change each, behind one lock or none.
const MANAGED: &str = r#"
use mp::{Lock, Manager, Process};
fn main() -> std::io::Result<()> {
    let locked = std::env::args().nth(1).is_some_and(|word| word == "locked");
    let (manager, lock) = (Manager::start()?, Lock::new());
    let (loaves, bakers) = (manager.value(0)?, manager.list::<String>()?);
    let bake = |name: &str| {
        let _guard = locked.then(|| lock.lock());
        let baked = loaves.get().unwrap();
        loaves.set(baked + 1).unwrap();
        bakers.push(name.to_owned()).unwrap();
    };
    let children = [
        Process::new(|| bake("ada")).start()?,
        Process::new(|| bake("ben")).start()?,
    ];
    children.iter().for_each(|child| drop(child.join()));
    println!("{} loaves", loaves.get()?);
    let in_order = std::env::args().nth(2).is_some();
    in_order.then(|| println!("{:?}", bakers.to_vec().unwrap()));
    Ok(())
}
"#;

/// Each looks, works for a while, and then does what it had decided: counts, or takes what it saw there;
/// or does it all at once.
const WORKS_BETWEEN: &str = r#"
use std::sync::atomic::{AtomicI32, Ordering::SeqCst};
use std::sync::Mutex;
use std::{thread, time::Duration};
fn main() {
    let how = std::env::args().nth(1).unwrap_or_default();
    let (how, work) = (how.as_str(), || thread::sleep(Duration::from_millis(7)));
    let (loaves, counter) = (AtomicI32::new(1), Mutex::new(()));
    thread::scope(|scope| {
        for guest in ["ada", "ben", "cem"] {
            let (loaves, counter) = (&loaves, &counter);
            scope.spawn(move || {
                let _alone = (how == "alone").then(|| counter.lock().unwrap());
                let seen = loaves.load(SeqCst);
                if how == "counts" {
                    work();
                    loaves.store(seen + 1, SeqCst);
                } else if seen > 0 {
                    work();
                    loaves.fetch_sub(1, SeqCst);
                    if how == "tells" {
                        println!("{guest} has one");
                    }
                }
            });
        }
    });
    println!("{} left", loaves.load(SeqCst));
}
"#;

#[test]
fn a_sleep_that_stands_for_work_is_not_blamed_for_what_is_done_around_it() {
    let folder = Folder::new();
    let file = folder.file("works.rs", WORKS_BETWEEN);
    for (how, cause, printed, right) in [
        (
            "counts",
            "lost_update",
            "main printed \"2 left\"",
            "\"4 left\"",
        ),
        (
            "takes",
            "check_then_act",
            "main printed \"-2 left\"",
            "\"0 left\"",
        ),
        (
            "tells",
            "check_then_act",
            "main printed \"-2 left\"",
            "\"0 left\"",
        ),
    ] {
        let failed = judged(&file, &["--args", how]);
        assert_eq!(
            (&failed["verdict"], &failed["cause"]),
            (&"wrong_order".into(), &cause.into()),
            "{failed}"
        );
        let message = failed["message"].as_str().expect("a text");
        assert!(message.starts_with(printed), "{message}");
        assert!(message.contains(right), "{message}");
    }
    assert_eq!(judged(&file, &["--args", "alone"])["verdict"], "passed");
    let name = file.to_str().expect("UTF-8");
    let failing = call(&["replay", name, "0", "--args", "takes"]);
    assert_eq!(status(&failing), 1, "{}", text(&failing.stdout));
}

#[test]
fn what_a_program_leaves_open_is_told_and_is_no_fault() {
    let folder = Folder::new();
    let file = folder.file("first.rs", WHO_COMES_FIRST);
    let passed = check(&file, &["--args", "one"]);
    let told = text(&passed.stdout);
    assert_eq!(status(&passed), 0, "{told}");
    let row = |what: &str| {
        let line = told.lines().find(|line| line.ends_with(what));
        let words = line.unwrap_or_else(|| panic!("{told}")).split_whitespace();
        let numbers = words.map_while(|word| word.parse::<u32>().ok());
        numbers.collect::<Vec<_>>()
    };
    let (one, other) = (row("[\"ada\", \"ben\"]"), row("[\"ben\", \"ada\"]"));
    assert_eq!(one[0] + other[0], 200, "each schedule printed one of them");
    // The schedule that is named shows nothing wrong, and what was told.
    let first = other[1].to_string();
    let name = file.to_str().expect("UTF-8");
    let replayed = call(&["replay", name, &first, "--args", "one"]);
    let steps = text(&replayed.stdout);
    assert_eq!(status(&replayed), 0, "{steps}");
    assert!(steps.contains("[\"ben\", \"ada\"]"), "{steps}");
    let same = judged(&file, &["--same-output", "--args", "one"]);
    assert_eq!(same["verdict"], "wrong_order");
    let report = text(&check(&file, &["--same-output", "--args", "one"]).stdout);
    assert!(report.contains("--same-output"), "{report}");
    let progress = folder.file("progress.rs", PROGRESS);
    assert_eq!(judged(&progress, &[])["verdict"], "passed");
}

#[test]
fn who_comes_between_is_found_although_something_else_is_left_open() {
    let folder = Folder::new();
    let failed = judged(
        &folder.file("first.rs", WHO_COMES_FIRST),
        &["--args", "two"],
    );
    assert_eq!(
        (&failed["verdict"], &failed["cause"]),
        (&"wrong_order".into(), &"check_then_act".into()),
        "{failed}"
    );
}

#[test]
fn how_long_something_took_is_no_fault_and_hides_none() {
    let folder = Folder::new();
    let file = folder.file("timed.rs", TIMED);
    let passed = check(&file, &["--args", "one"]);
    assert_eq!(status(&passed), 0, "{}", text(&passed.stdout));
    let told = text(&passed.stdout).replace('\n', " ");
    let what = "Nor was what they tell of the clock, as in `[ <time>] worker 0 is done`.";
    assert!(told.contains(what), "{told}");
    let failed = judged(&file, &["--args", "two"]);
    assert_eq!(
        (&failed["verdict"], &failed["cause"]),
        (&"wrong_order".into(), &"check_then_act".into()),
        "{failed}"
    );
    let message = failed["message"].as_str().expect("a text");
    assert!(message.contains("sum 2 after <time>, <time>"), "{message}");
}

#[test]
fn a_request_to_a_manager_is_one_step_of_who_makes_it_where_nobody_is_interrupted() {
    let folder = Folder::new();
    let file = folder.file("managed.rs", MANAGED);
    for free in [&["free"][..], &["free", "order"]] {
        let failed = judged(&file, &[&["--args"], free].concat());
        assert_eq!(
            (&failed["verdict"], &failed["cause"]),
            (&"wrong_order".into(), &"lost_update".into()),
            "{failed}"
        );
        let message = failed["message"].as_str().expect("a text");
        let right = "and the program prints \"2 loaves\"";
        assert!(
            message.contains(right),
            "what is right is the reference: {message}"
        );
    }
    for locked in [&["locked"][..], &["locked", "order"]] {
        let passed = judged(&file, &[&["--args"], locked].concat());
        assert_eq!(passed["verdict"], "passed", "{passed}");
    }
}

#[test]
fn the_right_output_is_the_one_that_is_left_without_the_mistake() {
    let folder = Folder::new();
    let file = folder.file("joins.rs", JOINS_ONE);
    let failed = judged(&file, &[]);
    assert_eq!(failed["cause"], "unjoined", "{failed}");
    let message = failed["message"].as_str().expect("a text");
    assert!(message.starts_with("main printed \"1\""), "{message}");
    let file = folder.file("asks.rs", ASKS_BETWEEN);
    let failed = judged(&file, &[]);
    assert_eq!(
        (&failed["verdict"], &failed["cause"]),
        (&"wrong_order".into(), &"check_then_act".into()),
        "{failed}"
    );
    let message = failed["message"].as_str().expect("a text");
    let right = "and the program prints \"30\" in other schedules";
    assert!(message.contains(right), "{message}");
    // What is told there can be replayed, and what is right passes there.
    let name = file.to_str().expect("UTF-8");
    let failing = call(&["replay", name, "0"]);
    assert_eq!(status(&failing), 1, "{}", text(&failing.stdout));
    let passes = |schedule: &u32| status(&call(&["replay", name, &schedule.to_string()])) == 0;
    assert!((1..12).any(|schedule| passes(&schedule)));
    for right in [&["first"][..], &["first", "order"]] {
        let passed = judged(&file, &[&["--args"], right].concat());
        assert_eq!(passed["verdict"], "passed", "{passed}");
    }
}
