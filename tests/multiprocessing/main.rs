//! What CPython's own tests say of `multiprocessing` holds for `mp`, under the operating system's
//! scheduler and under the checker's: the same scenarios for both kernels.
//!
//! The scenarios are the functions of the other files in this folder; they fail by a panic.
//! Processes cannot be started from one of libtest's threads, so this is a test program without
//! it: called again with `--scenario PROGRAM NAME`, it is that program. Under check the file
//! itself is the program, with the names as its rows of arguments.

#[macro_use]
mod given;
mod barrier;
mod checked;
mod condition;
mod endings;
mod ends;
mod event;
mod lock;
mod manager;
#[path = "../util/own_course.rs"]
mod own_course;
mod pipe;
mod plain;
mod process;
mod queue;
mod semaphore;
mod shared;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Most scenarios sleep most of the time, so more of them run side by side than there are cores.
const SIDE_BY_SIDE: usize = 4;

/// A file of scenarios.
struct Program {
    name: &'static str,
    text: &'static str,
    scenarios: &'static [(&'static str, fn())],
    main: fn(),
}

macro_rules! programs {
    ($($name:ident)*) => {
        const PROGRAMS: &[Program] = &[$(Program {
            name: stringify!($name),
            text: include_str!(concat!(stringify!($name), ".rs")),
            scenarios: $name::SCENARIOS,
            main: $name::main,
        }),*];
    };
}

programs! { process ends lock semaphore condition event barrier queue pipe shared manager }

/// A test, by its name; it fails by a panic.
struct Test {
    name: String,
    run: Box<dyn Fn() + Send + Sync>,
}

fn tests() -> Vec<Test> {
    let checks = checked::checks().into_iter().map(|check| Test {
        name: format!("{}::under_check", check.name()),
        run: Box::new(move || check.run()),
    });
    let runs = PROGRAMS.iter().flat_map(|program| {
        program.scenarios.iter().map(|(scenario, _)| Test {
            name: format!("{}::{scenario}", program.name),
            run: Box::new(|| plain::run(program.name, scenario, endings::ending(scenario))),
        })
    });
    // Checks take longest.
    checks.chain(runs).collect()
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, program, _] = &arguments[..]
        && word == plain::SCENARIO
    {
        let found = PROGRAMS.iter().find(|known| known.name == program);
        (found.expect("a known program").main)();
        return ExitCode::SUCCESS;
    }
    let words: Vec<&String> = arguments
        .iter()
        .filter(|word| !word.starts_with('-'))
        .collect();
    let wanted =
        |test: &Test| words.is_empty() || words.iter().any(|word| test.name.contains(*word));
    let tests: Vec<Test> = tests().into_iter().filter(wanted).collect();
    if run_all(&tests) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs the tests and tells of each as libtest does; false if one failed.
fn run_all(tests: &[Test]) -> bool {
    let left = Mutex::new(tests.iter());
    let fine = AtomicBool::new(true);
    let work = || {
        loop {
            let test = left.lock().expect("no test panics with it").next();
            let Some(Test { name, run }) = test else {
                break;
            };
            let passed = catch_unwind(AssertUnwindSafe(run)).is_ok();
            println!("test {name} ... {}", if passed { "ok" } else { "FAILED" });
            fine.fetch_and(passed, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(work);
        }
    });
    fine.into_inner()
}
