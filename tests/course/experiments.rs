//! Causes are claimed where an experiment proves them: with one thing done otherwise, the failure is gone.

use serde_json::{Value, json};

use crate::util::{call, result, scratch_file};

/// The report on a program of its own.
fn of_program(text: &str, options: &[&str]) -> Value {
    let (_folder, file) = scratch_file("shop.rs", text);
    result(&call(
        &[&["check", &file, "--format", "json"], options].concat(),
    ))
}

/// The report on a known wrong answer.
fn of_answer(exercise: &str, answer: &str) -> Value {
    let file = format!("tests/wrong/{exercise}/{answer}.rs");
    result(&call(&[
        "check", exercise, "--file", &file, "--format", "json",
    ]))
}

/// The lines of each thing that was done otherwise, by its kind.
fn done_otherwise(report: &Value) -> Vec<(&str, Vec<u64>)> {
    let line = |place: &Value| place["line"].as_u64().expect("a line");
    let all = report["evidence"]["interventions"].as_array();
    let mut done = Vec::new();
    for it in all.into_iter().flatten() {
        let places = it["places"].as_array().expect("places");
        let kind = it["kind"].as_str().expect("a kind");
        done.push((kind, places.iter().map(line).collect()));
    }
    done
}

#[test]
fn the_experiment_of_a_known_mistake_shows_the_same_each_time() {
    for (exercise, answer, kind) in [
        ("05_lock/3_check_then_act", "two_sections", "together"),
        ("11_manager/1_dict", "a_lock_per_request", "together"),
        ("05_lock/4_lock_order", "even_first", "one_at_a_time"),
        ("10_shared_memory/1_value", "does_not_join", "after_end"),
        ("06_condition/2_while_not_if", "sleeps", "on_time"),
    ] {
        let file = format!("tests/wrong/{exercise}/{answer}.rs");
        let check = |jobs| {
            let args = ["check", exercise, "--file", &file, "--format", "json"];
            result(&call(&[&args[..], &["--jobs", jobs]].concat()))
        };
        let report = check("1");
        let done = done_otherwise(&report);
        assert!(done.iter().any(|it| it.0 == kind), "{answer}: {report}");
        let evidence = &report["evidence"];
        assert_eq!(
            (&evidence["schedules"], &evidence["failed"]),
            (&json!(50), &json!(0)),
            "{answer}"
        );
        assert_eq!(report, check("2"), "{answer}");
    }
}

/// Two functions lose each other's updates, so it is not enough to keep one of them in one piece.
const TWO_PLACES: &str = "use std::sync::Mutex;
static BUNS: Mutex<i32> = Mutex::new(0);
fn bake() {
    let before = *BUNS.lock().unwrap();
    *BUNS.lock().unwrap() = before + 3;
}
fn sell() {
    let before = *BUNS.lock().unwrap();
    *BUNS.lock().unwrap() = before - 1;
}
fn main() {
    let both = [std::thread::spawn(bake), std::thread::spawn(sell)];
    both.map(|it| it.join().unwrap());
    assert_eq!(*BUNS.lock().unwrap(), 2);
}
";

#[test]
fn a_mistake_that_is_made_at_two_places_is_mended_at_both() {
    let report = of_program(TWO_PLACES, &[]);
    let mut done = done_otherwise(&report);
    done.sort();
    assert_eq!(
        done,
        [("together", vec![4, 5]), ("together", vec![8, 9])],
        "{report}"
    );
}

/// Two guests sleep as long before they look into a list and write into it: a sleep is in the failing
/// run, and is not the mistake.
const SLEEPS_BY_ACCIDENT: &str = "use std::{thread::sleep, time::Duration};
use mp::{Manager, Process};
fn main() -> std::io::Result<()> {
    let manager = Manager::start()?;
    let book = manager.list::<String>()?;
    let guest = || {
        sleep(Duration::from_secs(3));
        if book.to_vec().unwrap().is_empty() {
            book.push(\"guest\".to_string()).unwrap();
        }
    };
    let both = [Process::new(guest).start()?, Process::new(guest).start()?];
    both.iter().for_each(|it| drop(it.join()));
    assert_eq!(book.len()?, 1);
    Ok(())
}
";

#[test]
fn what_is_there_by_accident_is_not_told_as_the_cause() {
    let report = of_program(SLEEPS_BY_ACCIDENT, &[]);
    assert_eq!(report["verdict"], "panic", "{report}");
    assert_eq!(report["cause"], "check_then_act", "{report}");
}

/// Who is there first cuts the bread; both find it whole.
const CUT_ONCE: &str = "use mp::{Manager, Process, current};
fn main() -> std::io::Result<()> {
    let manager = Manager::start()?;
    let cut = manager.dict::<String, String>()?;
    let guest = || {
        let bread = \"rye\".to_string();
        if !cut.contains_key(&bread).unwrap() {
            cut.insert(bread, current().name()).unwrap();
            println!(\"cut the bread\");
        }
    };
    let both = [Process::new(guest).start()?, Process::new(guest).start()?];
    both.iter().for_each(|it| drop(it.join()));
    Ok(())
}
";

#[test]
fn what_is_asked_of_a_manager_is_told_with_its_values_and_decides_what_is_done() {
    let report = of_program(CUT_ONCE, &[]);
    assert_eq!(report["cause"], "check_then_act", "{report}");
    for told in ["contains_key(\\\"rye\\\") = false", "= Some(\\\"Process-"] {
        assert!(report.to_string().contains(told), "{told}: {report}");
    }
}

/// Two guests wait for the door to open; whoever opens it tells one of them.
const TELLS_ONE: &str = "use std::sync::{Condvar, Mutex};
static OPEN: Mutex<bool> = Mutex::new(false);
static DOOR: Condvar = Condvar::new();
fn guest() {
    let mut open = OPEN.lock().unwrap();
    while !*open {
        open = DOOR.wait(open).unwrap();
    }
}
fn main() {
    let guests = [(); 2].map(|()| std::thread::spawn(guest));
    *OPEN.lock().unwrap() = true;
    DOOR.notify_one();
    guests.map(|it| it.join().unwrap());
}
";
/// The same, with a bun for one of two, who is told in time.
const ONE_BUN: &str = "use std::sync::{Condvar, Mutex};
static BUNS: Mutex<u32> = Mutex::new(0);
static BELL: Condvar = Condvar::new();
fn guest() {
    let mut buns = BUNS.lock().unwrap();
    while *buns == 0 {
        buns = BELL.wait(buns).unwrap();
    }
    *buns -= 1;
}
fn main() {
    *BUNS.lock().unwrap() = 1;
    BELL.notify_one();
    let guests = [(); 2].map(|()| std::thread::spawn(guest));
    guests.map(|it| it.join().unwrap());
}
";
/// Bakers take orders until nobody sends any; main sends one, and keeps what it could send more by.
const KEEPS_THE_SENDER: &str = "use std::sync::{Arc, Mutex, mpsc};
fn main() {
    let (orders, taken) = mpsc::channel::<u32>();
    let taken = Arc::new(Mutex::new(taken));
    let bakers = [(); 2].map(|()| {
        let taken = taken.clone();
        std::thread::spawn(move || while taken.lock().unwrap().recv().is_ok() {})
    });
    orders.send(5).unwrap();
    bakers.map(|it| it.join().unwrap());
    drop(orders);
}
";
/// Each asks the other one first, and would answer afterwards.
const BOTH_ASK_FIRST: &str = "use std::sync::mpsc::channel;
fn main() {
    let (ask, asked) = channel::<u32>();
    let (answer, answered) = channel::<u32>();
    let other = std::thread::spawn(move || {
        let first = answered.recv().unwrap();
        ask.send(first).unwrap();
    });
    let first = asked.recv().unwrap();
    answer.send(first).unwrap();
    other.join().unwrap();
}
";
#[test]
fn what_a_primitive_would_do_otherwise_tells_notifications_and_ends_apart() {
    for (text, cause, done) in [
        (
            TELLS_ONE,
            json!("lost_wakeup"),
            vec![("wakes_all", vec![13])],
        ),
        (ONE_BUN, json!("nobody_left"), vec![]),
        (
            KEEPS_THE_SENDER,
            json!("no_sender"),
            vec![("ends", vec![7])],
        ),
        (BOTH_ASK_FIRST, json!("nobody_left"), vec![]),
    ] {
        let report = of_program(text, &[]);
        assert_eq!(report["verdict"], "deadlock", "{report}");
        assert_eq!(report["cause"], cause, "{report}");
        assert_eq!(done_otherwise(&report), done, "{report}");
    }
}

/// Waits that never end, each with what it needs: the program, its cause, and either where the wait was
/// answered in an experiment, or who waits and who alone could end that.
fn waits_that_never_end() -> Vec<(&'static str, &'static str, Value)> {
    let stuck = |task: &str, ended_by: &[&str]| json!([task, ended_by]);
    vec![
        (
            "use std::sync::Barrier;
static OVEN: Barrier = Barrier::new(3);
fn main() {
    let bakers = [(); 2].map(|()| std::thread::spawn(|| {
        OVEN.wait();
    }));
    bakers.map(|it| it.join().unwrap());
}
",
            "too_few_at_barrier",
            json!([5]),
        ),
        (
            "use std::sync::Mutex;
static TILL: Mutex<u32> = Mutex::new(0);
fn main() {
    std::thread::spawn(|| std::mem::forget(TILL.lock())).join().unwrap();
    *TILL.lock().unwrap() += 1;
}
",
            "never_released",
            json!([5]),
        ),
        (
            "use mp::{Event, Process};
fn main() -> std::io::Result<()> {
    let open = Event::new();
    let guest = Process::new(|| open.wait()).start()?;
    open.set();
    open.clear();
    guest.join();
    Ok(())
}
",
            "cleared_too_early",
            json!([4]),
        ),
        (
            "use mp::{Process, RLock, Semaphore};
fn main() -> std::io::Result<()> {
    let (seats, door) = (Semaphore::new(1), RLock::new());
    let guest = || {
        seats.acquire();
        drop(door.lock());
    };
    let guests = [Process::new(guest).start()?, Process::new(guest).start()?];
    guests.iter().for_each(|it| drop(it.join()));
    Ok(())
}
",
            "nobody_left",
            json!([5]),
        ),
        (
            "fn main() {
    let sleeper = std::thread::spawn(|| std::thread::park());
    sleeper.join().unwrap();
}
",
            "nobody_left",
            json!([2]),
        ),
        (
            "use mp::{Process, Queue};
fn main() -> std::io::Result<()> {
    let orders = Queue::unbounded();
    let baker = Process::new(|| println!(\"{}\", orders.get())).start()?;
    baker.join();
    orders.put(3);
    Ok(())
}
",
            "mutual_wait",
            json!([5]),
        ),
        (
            "use std::sync::mpsc::channel;
fn main() {
    let (orders, taken) = channel();
    let baker = std::thread::spawn(move || println!(\"{}\", taken.recv().unwrap()));
    baker.join().unwrap();
    orders.send(3).unwrap();
}
",
            "mutual_wait",
            json!([5]),
        ),
        (
            "use std::sync::mpsc::sync_channel;
fn main() {
    let (ask, asked) = sync_channel(0);
    let (tell, told) = sync_channel(0);
    let other = std::thread::spawn(move || {
        ask.send(1).unwrap();
        told.recv().unwrap()
    });
    tell.send(2).unwrap();
    println!(\"{}\", asked.recv().unwrap() + other.join().unwrap());
}
",
            "mutual_wait",
            json!([9]),
        ),
        (
            "use mp::{Process, Queue};
fn main() -> std::io::Result<()> {
    let orders = Queue::<u32>::unbounded();
    let baker = Process::new(|| loop {
        orders.get();
    });
    baker.daemon(true).start()?.join();
    Ok(())
}
",
            "no_sender",
            json!([stuck("Process-1", &["main"]), stuck("main", &["Process-1"])]),
        ),
        (
            "use std::sync::{Arc, atomic::{AtomicBool, Ordering::SeqCst}};
fn main() {
    let baked = Arc::new(AtomicBool::new(false));
    let looks = baked.clone();
    let guest = std::thread::spawn(move || while !looks.load(SeqCst) {
        std::thread::park();
    });
    guest.thread().unpark();
    baked.store(true, SeqCst);
    guest.join().unwrap();
}
",
            "lost_wakeup",
            json!([6]),
        ),
        (
            "use std::sync::{Condvar, Mutex};
static SHOP: Mutex<(u32, bool)> = Mutex::new((0, true));
static BELL: Condvar = Condvar::new();
fn main() {
    let baker = std::thread::spawn(|| loop {
        let mut shop = SHOP.lock().unwrap();
        while shop.0 == 0 && shop.1 {
            shop = BELL.wait(shop).unwrap();
        }
        if shop.0 == 0 {
            return;
        }
        shop.0 -= 1;
    });
    SHOP.lock().unwrap().0 += 1;
    BELL.notify_one();
    SHOP.lock().unwrap().1 = false;
    baker.join().unwrap();
}
",
            "lost_wakeup",
            json!([8]),
        ),
        (
            "use std::sync::Mutex;
fn main() {
    let till = Mutex::new(0);
    let held = till.lock().unwrap();
    println!(\"{}\", *till.lock().unwrap() + *held);
}
",
            "self_deadlock",
            json!([stuck("main", &["main"])]),
        ),
        (
            "use std::sync::{Mutex, mpsc};
static TILL: Mutex<()> = Mutex::new(());
fn main() {
    let (orders, taken) = mpsc::channel::<u32>();
    std::thread::scope(|shop| {
        shop.spawn(move || {
            let _held = TILL.lock();
            taken.recv().unwrap()
        });
        shop.spawn(move || {
            while TILL.try_lock().is_ok() {}
            drop(TILL.lock());
            orders.send(1).unwrap()
        });
    });
}
",
            "held_while_waiting",
            json!([
                stuck("Thread-1", &["main", "Thread-2"]),
                stuck("main", &["Thread-1"]),
                stuck("Thread-2", &["Thread-1"])
            ]),
        ),
    ]
}

#[test]
fn a_wait_that_never_ends_is_answered_or_follows_from_who_could_end_it() {
    for (text, cause, expected) in waits_that_never_end() {
        let report = of_program(text, &["--schedules", "20"]);
        assert_eq!(
            (&report["verdict"], &report["cause"]),
            (&json!("deadlock"), &json!(cause)),
            "{report}"
        );
        let evidence = &report["evidence"];
        let shown = match evidence["kind"].as_str() {
            Some("experiment") => {
                let done = done_otherwise(&report);
                assert_eq!((done.len(), done[0].0), (1, "answered"), "{report}");
                json!(done[0].1)
            }
            _ => evidence["waits"]
                .as_array()
                .expect("waits")
                .iter()
                .map(|it| json!([it["task"], it["ended_by"]]))
                .collect(),
        };
        assert_eq!(shown, expected, "{cause}: {report}");
    }
}

#[test]
fn what_is_left_at_the_end_is_the_mistake_itself() {
    let report = of_answer("05_lock/1_two_lines", "does_not_join");
    let claimed = ["verdict", "cause", "evidence"].map(|key| report[key].clone());
    assert_eq!(
        claimed,
        [json!("leak"), json!("unjoined"), json!({ "kind": "left" })]
    );
}

#[test]
fn two_steps_are_told_whose_order_decides_and_the_nearest_schedule_that_passes() {
    let report = of_program(TWO_PLACES, &[]);
    let decides = report["decides"].as_array().expect("two steps");
    let [first, second] = &decides[..] else {
        panic!("two steps: {decides:?}");
    };
    assert_ne!(first["task"], second["task"]);
    // Whoever writes late, does so without what the other one read meanwhile.
    let lines = [&first["at"]["line"], &second["at"]["line"]];
    assert!(
        lines == [&json!(8), &json!(5)] || lines == [&json!(4), &json!(9)],
        "{decides:?}"
    );
    let (_folder, file) = scratch_file("shop.rs", TWO_PLACES);
    let told = |options: &[&str]| {
        let output = call(&[&["check", &file], options].concat());
        String::from_utf8(output.stdout).expect("text")
    };
    let marked = |text: &str| text.lines().filter(|line| line.starts_with("*  ")).count();
    let (plain, both) = (told(&[]), told(&["--also-passing"]));
    assert_eq!((marked(&plain), marked(&both)), (2, 4), "{both}");
    assert!(!plain.contains("schedule that passes"), "{plain}");
    // Where it fails in every order there are none.
    let always = TWO_PLACES.replace("2);", "7);");
    assert_eq!(of_program(&always, &[])["decides"], Value::Null);
}
