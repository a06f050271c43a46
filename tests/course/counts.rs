//! The count of an `Arc`: programs that are wrong where another thread lets go of its share late are found,
//! right ones pass, and those in which nobody looks cost nothing.

use serde_json::Value;

use crate::util::{call, for_each, prepare, result, scratch_file, text};

/// What comes before each main.
const USES: &str = "#![allow(unused)]
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::*};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, RwLock, Weak};
use std::thread;
static DONE: AtomicBool = AtomicBool::new(false);
static LEFT: AtomicU32 = AtomicU32::new(2);
struct Closes(&'static str);
impl Drop for Closes { fn drop(&mut self) { DONE.store(true, SeqCst); } }
";

/// Mains in which a thread has told that it is done, or has not been asked, while it still has its share.
const WRONG: &[&str] = &[
    // It has sent its result.
    "let (all, (tell, told)) = (Arc::new(Mutex::new(vec![])), channel());
     let theirs = Arc::clone(&all);
     thread::spawn(move || { theirs.lock().unwrap().push(3); tell.send(()).unwrap(); });
     told.recv().unwrap();
     let all = Arc::try_unwrap(all).expect(\"nobody else has it\");
     assert_eq!(all.into_inner().unwrap(), [3]);",
    // The last of two says so.
    "let all = Arc::new(vec![1, 2]);
     for _ in 0..2 {
         let theirs = Arc::clone(&all);
         thread::spawn(move || { theirs.len(); LEFT.fetch_sub(1, SeqCst); });
     }
     while LEFT.load(SeqCst) > 0 { thread::yield_now(); }
     let mut all = all;
     Arc::get_mut(&mut all).unwrap().push(3);",
    // The flag is set in the same line.
    "let all = Arc::new(7);
     let theirs = all.clone();
     let other = thread::spawn(move || { DONE.store(*theirs == 7, SeqCst) });
     while !DONE.load(SeqCst) { thread::yield_now(); }
     assert!(Arc::strong_count(&all) == 1);
     other.join().unwrap();",
    // Main lets go of its share after it has told the other one, which expects it gone.
    "let all = Arc::new(String::from(\"cache\"));
     let (known, (tell, told)) = (Arc::downgrade(&all), channel());
     let other = thread::spawn(move || { told.recv().unwrap(); assert!(known.upgrade().is_none()) });
     tell.send(()).unwrap();
     drop(all);
     other.join().unwrap();",
    // And the other way round: it expects it to be there.
    "let all = Arc::new(String::from(\"cache\"));
     let (known, (tell, told)) = (Arc::downgrade(&all), channel());
     let other = thread::spawn(move || { drop(told.recv()); drop(all) });
     tell.send(()).unwrap();
     assert_eq!(*known.upgrade().expect(\"still there\"), \"cache\");
     other.join().unwrap();",
    // Whoever lets go last closes it: that is not always main.
    "let all = Arc::new(Closes(\"log\"));
     let (theirs, (tell, told)) = (all.clone(), channel());
     let other = thread::spawn(move || { theirs.0.len(); tell.send(()).unwrap(); drop(theirs); });
     told.recv().unwrap();
     drop(all);
     assert!(DONE.load(SeqCst));
     other.join().unwrap();",
];

/// The same where the thread is waited for, or nothing depends on who is last.
const RIGHT: &[&str] = &[
    "let (all, (tell, told)) = (Arc::new(Mutex::new(vec![])), channel());
     let theirs = Arc::clone(&all);
     let other = thread::spawn(move || { theirs.lock().unwrap().push(3); tell.send(()).unwrap(); });
     told.recv().unwrap();
     other.join().unwrap();
     assert_eq!(Arc::into_inner(all).unwrap().into_inner().unwrap(), [3]);",
    "let all = Arc::new(vec![1, 2]);
     let others: Vec<_> = (0..2).map(|_| { let theirs = Arc::clone(&all); thread::spawn(move || theirs.len()) }).collect();
     for it in others { it.join().unwrap(); }
     let mut all = all;
     Arc::get_mut(&mut all).unwrap().push(3);",
    "let all = Arc::new(7);
     let theirs = all.clone();
     thread::spawn(move || { drop(theirs); DONE.store(true, SeqCst) });
     while !DONE.load(SeqCst) { thread::yield_now(); }
     assert!(Arc::strong_count(&all) == 1);",
    // Whoever finds it gone makes it again.
    "let known = Arc::new(Mutex::new(Weak::new()));
     let find = |known: &Mutex<Weak<u32>>| {
         let mut known = known.lock().unwrap();
         known.upgrade().unwrap_or_else(|| { let new = Arc::new(5); *known = Arc::downgrade(&new); new })
     };
     let theirs = known.clone();
     let other = thread::spawn(move || assert_eq!(*find(&theirs), 5));
     assert_eq!(*find(&known), 5);
     other.join().unwrap();",
    // A pool: an entry is free if nobody has it, whenever that is seen.
    "let pool: Vec<_> = (0..3).map(|it| Arc::new(Mutex::new(it))).collect();
     let pool = Arc::new(Mutex::new(pool));
     let others: Vec<_> = (0..2).map(|_| { let pool = pool.clone(); thread::spawn(move || {
         let mine = pool.lock().unwrap().iter().find(|it| Arc::strong_count(it) == 1).unwrap().clone();
         *mine.lock().unwrap() += 1;
     })}).collect();
     for it in others { it.join().unwrap(); }
     let pool = pool.lock().unwrap();
     assert!(pool.iter().all(|it| Arc::strong_count(it) == 1));",
    // A copy is made where others share it, and none where not.
    "let mut mine = Arc::new(vec![1]);
     let theirs = mine.clone();
     let other = thread::spawn(move || theirs.len());
     Arc::make_mut(&mut mine).push(2);
     assert_eq!((mine.len(), other.join().unwrap()), (2, 1));",
];

/// Mains in which nobody looks at a count.
const NOBODY_LOOKS: &[&str] = &[
    "let all = Arc::new(Mutex::new(0));
     let others: Vec<_> = (0..20).map(|_| { let all = all.clone(); thread::spawn(move || *all.lock().unwrap() += 1) }).collect();
     for it in others { it.join().unwrap(); }
     assert_eq!(*all.lock().unwrap(), 20);",
    "let (tell, told) = channel();
     for name in 0..3 { let tell = tell.clone(); thread::spawn(move || tell.send(Arc::new(name)).unwrap()); }
     drop(tell);
     assert_eq!(told.iter().map(|it| *it).sum::<u32>(), 3);",
    "let text = Arc::new(String::from(\"shared\"));
     thread::scope(|s| for _ in 0..3 { let text = text.clone(); s.spawn(move || text.len()); });
     drop(text);",
];

fn checked(main: &str, more: &[&str]) -> Value {
    let program = format!("{USES}fn main() {{\n{main}\n}}\n");
    let (_folder, file) = scratch_file("counts.rs", program);
    let args = [&["check", &file, "--format", "json"][..], more].concat();
    result(&call(&args))
}

#[test]
fn a_share_that_another_thread_still_has_is_found() {
    prepare();
    for_each(WRONG, |main| {
        let report = checked(main, &[]);
        let late = &report["counterexample"]["liberties"][0]["what"];
        let right = report["verdict"] == "panic"
            && *late == "is interrupted before it uses the count of an Arc"
            && report["counterexample"]["liberties"][0]["at"]["line"].as_u64() > Some(10);
        (!right).then(|| format!("{main}\n{report:#}"))
    });
}

#[test]
fn who_waits_for_the_thread_or_needs_no_share_to_be_gone_is_not_blamed() {
    prepare();
    for_each(RIGHT, |main| {
        let report = checked(main, &[]);
        (report["verdict"] != "passed").then(|| format!("{main}\n{report:#}"))
    });
}

#[test]
fn where_nobody_looks_at_a_count_there_is_no_schedule_for_it_and_no_point() {
    prepare();
    for_each(NOBODY_LOOKS, |main| {
        let report = checked(main, &["--schedules", "60"]);
        let right = report["verdict"] == "passed" && report["liberties"].is_null();
        (!right).then(|| format!("{main}\n{report:#}"))
    });
}

#[test]
fn a_failure_at_a_count_comes_again_and_is_told_as_an_interruption() {
    prepare();
    let program = format!("{USES}fn main() {{\n{}\n}}\n", WRONG[2]);
    let (_folder, file) = scratch_file("again.rs", program);
    let report = text(&call(&["check", &file]).stdout);
    assert!(
        report.contains("is interrupted before") && !report.contains("what std leaves open"),
        "{report}"
    );
    let found = result(&call(&["check", &file, "--format", "json"]));
    let schedule = found["first_failure"]["schedule"].to_string();
    let again = text(&call(&["replay", &file, &schedule]).stdout);
    assert!(
        again.contains("panics") && again.contains("is interrupted before"),
        "{again}"
    );
}
