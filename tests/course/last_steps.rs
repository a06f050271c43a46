//! What is told of the end of a run: who is cut off there, and why nobody goes on.

use serde_json::Value;

use crate::util::{call, result, scratch_file};

/// The report on a program of its own.
fn of_program(text: &str) -> Value {
    let (_folder, file) = scratch_file("shop.rs", text);
    result(&call(&["check", &file, "--format", "json"]))
}

/// Nobody joins the thread that prints, so in schedule 0 its line is not there; or the last one of two.
const PRINTS_ALONE: &str = "fn main() {
    std::thread::spawn(|| println!(\"the shop is open\"));
    println!(\"the sun is up\");
}
";
const PRINTS_LAST: &str = "fn main() {
    let first = std::thread::spawn(|| println!(\"dough\"));
    std::thread::spawn(|| println!(\"buns\"));
    first.join().unwrap();
    println!(\"closed\");
}
";

#[test]
fn a_line_of_a_thread_that_nobody_joins_is_no_fault_but_that_nobody_does() {
    for (text, line) in [(PRINTS_ALONE, "the shop is open"), (PRINTS_LAST, "buns")] {
        let report = of_program(text);
        assert_eq!(report["verdict"], "wrong_order", "{report}");
        assert_eq!(report["cause"], "unjoined", "{report}");
        let missing = format!("\"{line}\" was not printed");
        let message = report["message"].as_str().expect("a sentence");
        assert!(message.starts_with(&missing), "{message}");
        assert_eq!(report["evidence"]["interventions"][0]["kind"], "after_end");
    }
}

/// A job waits for what another job of the same worker sends.
const JOB_FOR_JOB: &str = "use std::sync::mpsc::channel;
fn main() {
    let (jobs, taken) = channel::<Box<dyn FnOnce() + Send>>();
    let worker = std::thread::spawn(move || taken.into_iter().for_each(|job| job()));
    let more = jobs.clone();
    let job = move || {
        let (told, tell) = channel();
        more.send(Box::new(move || told.send(7).unwrap())).unwrap();
        println!(\"{}\", tell.recv().unwrap());
    };
    jobs.send(Box::new(job)).unwrap();
    drop(jobs);
    worker.join().unwrap();
}
";
/// Main waits at a queue of its own, since the baker makes another one.
const OWN_QUEUE: &str = "use mp::{Process, Queue};
fn main() {
    let (orders, buns) = (Queue::unbounded(), Queue::<u32>::unbounded());
    let baker = Process::new(|| {
        let buns = Queue::unbounded();
        loop {
            buns.put(orders.get());
        }
    });
    let baker = baker.start().unwrap();
    orders.put(1);
    println!(\"{}\", buns.get());
    baker.join();
}
";
/// Who is last is counted in two steps, and so nobody may be.
const NOBODY_IS_LAST: &str = "use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
fn main() {
    let left = AtomicU32::new(2);
    let (done, all) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let now = left.load(SeqCst) - 1;
                left.store(now, SeqCst);
                if now == 0 {
                    done.send(()).unwrap();
                }
            });
        }
        all.recv().unwrap();
    });
}
";

#[test]
fn of_a_wait_that_never_ends_it_is_told_why_nobody_ends_it() {
    for (text, cause, why) in [
        (
            JOB_FOR_JOB,
            "nobody_left",
            "What Thread-1 put into Channel-1 (line 8) nobody takes",
        ),
        (OWN_QUEUE, "nobody_left", "Nobody but main has used Queue-2"),
        (NOBODY_IS_LAST, "lost_update", "what Thread-2 did is lost"),
    ] {
        let report = of_program(text);
        assert_eq!(report["verdict"], "deadlock", "{report}");
        assert_eq!(report["cause"], cause, "{report}");
        assert!(
            report["why"].as_str().is_some_and(|it| it.contains(why)),
            "{report}"
        );
    }
}
