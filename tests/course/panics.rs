//! Panics in programs of one's own: no fault where somebody takes what they leave, one where nobody
//! does, and always one where they end main.

use serde_json::Value;

use crate::util::{call, result, scratch_file};

/// What comes before each main.
const USES: &str = "#![allow(unused)]
use mp::Process;
use std::sync::{Arc, Mutex, Once};
use std::thread;
use std::time::Duration;
fn fails() { panic!(\"no flour\") }
fn child() -> mp::Child { Process::new(fails).start().unwrap() }
";

/// Mains in which somebody takes the panic, or was about to when the program ended.
const TAKEN: &[&str] = &[
    "if child().join() != 0 { println!(\"main copes\"); }",
    "println!(\"{}\", child().join());",
    "assert_eq!(child().join(), 101);",
    "let codes: Vec<i32> = [child(), child()].iter().map(mp::Child::join).collect();
     println!(\"{codes:?}\");",
    "let one = child(); one.join(); assert_eq!(one.exit_code(), Some(101));",
    "let one = child(); while one.is_alive() { thread::sleep(Duration::from_millis(1)); }
     println!(\"{:?}\", one.exit_code());",
    "let mut tries = 0;
     while Process::new(move || assert!(tries > 1)).start().unwrap().join() != 0 { tries += 1; }
     println!(\"{tries}\");",
    "let middle = Process::new(|| { std::process::exit(child().join() - 100) }).start().unwrap();
     println!(\"{}\", middle.join());",
    "assert!(thread::spawn(fails).join().is_err());",
    "thread::spawn(|| assert!(thread::spawn(fails).join().is_err()));",
    "let (tell, told) = std::sync::mpsc::channel();
     thread::spawn(move || for worker in told {
         let worker: thread::JoinHandle<()> = worker; assert!(worker.join().is_err());
     });
     tell.send(thread::spawn(fails)).unwrap();",
    "let shelf = Arc::new(Mutex::new(0)); let its = Arc::clone(&shelf);
     let worker = thread::spawn(move || { let _held = its.lock().unwrap(); fails() });
     while !worker.is_finished() { thread::yield_now(); }
     assert!(shelf.lock().is_err());",
    "let shelf = Arc::new(Mutex::new(0)); let its = Arc::clone(&shelf);
     let _ = thread::spawn(move || { let _held = its.lock().unwrap(); fails() }).join();
     println!(\"{}\", Arc::try_unwrap(shelf).unwrap().into_inner().is_err());",
    "static OVEN: Once = Once::new();
     let worker = thread::spawn(|| OVEN.call_once(fails));
     while !worker.is_finished() { thread::yield_now(); }
     OVEN.call_once_force(|state| assert!(state.is_poisoned()));",
];

/// Mains in which nobody does, each with words of what must be told.
const LEFT: &[(&str, &str)] = &[
    ("child().join();", "Process-1 panicked: no flour"),
    ("let _ = child().join();", "Process-1 panicked: no flour"),
    ("let one = child();", "Process-1 panicked: no flour"),
    (
        "for one in [child(), child()] { one.join(); }",
        "Process-1 panicked: no flour",
    ),
    (
        "let one = child(); while one.is_alive() { thread::yield_now(); }",
        "Process-1 panicked: no flour",
    ),
    (
        "assert_eq!(child().join(), 0);",
        "Process-1 panicked: no flour",
    ),
    (
        "std::process::exit(child().join());",
        "Process-1 panicked: no flour",
    ),
    (
        "println!(\"{}\", child().join()); fails();",
        "main panicked",
    ),
    ("thread::spawn(fails).join().unwrap();", "Thread-1 panicked"),
    (
        "let worker = thread::spawn(fails); while !worker.is_finished() { thread::yield_now(); }",
        "Thread-1 panicked: no flour",
    ),
    (
        "thread::spawn(fails); thread::sleep(Duration::from_secs(1));",
        "Thread-1 panicked: no flour",
    ),
    (
        "let (tell, told) = std::sync::mpsc::channel::<()>();
         let worker = thread::spawn(move || { let _tell = tell; fails() });
         told.recv().unwrap_err();
         while !worker.is_finished() { thread::yield_now(); }",
        "Thread-1 panicked: no flour",
    ),
];

fn judged(main: &str) -> Value {
    let text = format!("{USES}fn main() {{ {main} }}\n");
    let (_folder, file) = scratch_file("panics.rs", text);
    result(&call(&[
        "check",
        &file,
        "--schedules",
        "60",
        "--format",
        "json",
    ]))
}

#[test]
fn a_panic_that_somebody_takes_is_no_fault() {
    for main in TAKEN {
        let report = judged(main);
        assert_eq!(report["verdict"], "passed", "{main}\n{report}");
    }
}

#[test]
fn a_panic_that_nobody_takes_or_that_ends_main_is_one() {
    for (main, words) in LEFT {
        let report = judged(main);
        let told = report["message"].as_str().unwrap_or_default();
        let right = report["verdict"] == "panic" && told.contains(words);
        assert!(right, "{main}\n{report}");
    }
}
