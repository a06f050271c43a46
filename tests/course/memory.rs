//! Races on plain memory: each is found, with both lines, and nothing is said of programs that have none.
//!
//! The programs are `tests/memory/races.rs` and `tests/memory/right.rs`, of which each call does one
//! thing.

use serde_json::Value;

use crate::util::{self, call, read, result};

const RACES: &str = "tests/memory/races.rs";
const RIGHT: &str = "tests/memory/right.rs";

/// What becomes of one kind.
fn checked(file: &str, kind: &str, schedules: &str) -> Value {
    let args = [
        "check",
        file,
        "--schedules",
        schedules,
        "--format",
        "json",
        "--args",
        kind,
    ];
    result(&call(&args))
}

/// The number of the line at whose end this stands.
fn line(program: &str, mark: &str) -> Option<usize> {
    let mut lines = program.lines();
    Some(1 + lines.position(|line| line.ends_with(mark))?)
}

/// What is to be said of a kind: who does what to which memory, and then who does what.
fn told(program: &str, kind: &str, [first, memory, second]: [&str; 3]) -> String {
    let one = line(program, &format!("// {kind}: first")).expect("a line");
    let two = line(program, &format!("// {kind}: second")).unwrap_or(one);
    format!(
        "{first} {memory} (line {one}) and {second} it (line {two}), and nothing orders the two"
    )
}

#[test]
fn each_race_is_told_with_both_lines() {
    util::prepare();
    let program = read(RACES);
    let memory = "memory that they share";
    let kinds = [
        ("cell", ["Thread-1 writes", memory, "Thread-2 reads"]),
        ("static_mut", ["Thread-1 writes", "TOTAL", "Thread-2 reads"]),
        ("publication", ["Thread-1 writes", memory, "main reads"]),
        ("freed", ["main frees", memory, "Thread-1 reads"]),
        ("halves", ["Thread-1 writes", "PAIR", "Thread-2 writes"]),
        ("stack", ["main writes", memory, "Thread-1 reads"]),
        ("sizes", ["Thread-1 writes", "BYTES", "Thread-2 reads"]),
        ("unlock", ["main writes", "VALUE", "Thread-1 reads"]),
        ("list", ["main writes", "LIST", "Thread-1 reads"]),
        ("one_lock", ["Thread-1 writes", "VALUE", "Thread-2 reads"]),
        (
            "checked_twice",
            ["Thread-2 writes", "DONE", "Thread-3 reads"],
        ),
        ("sequence", ["Thread-1 writes", "VALUES", "Thread-2 reads"]),
        ("message", ["Thread-1 writes", "VALUE", "main reads"]),
        (
            "looked_at_plainly",
            ["main plainly reads", "FLAG", "Thread-1 atomically changes"],
        ),
        (
            "set_plainly",
            ["main atomically reads", "SCORE", "Thread-1 plainly writes"],
        ),
    ];
    util::for_each(&kinds, |&(kind, accesses)| {
        let result = checked(RACES, kind, "8");
        let expected = told(&program, kind, accesses);
        let right = result["verdict"] == "data_race"
            && result["message"] == *expected
            && result["memory"] == "watched";
        (!right).then(|| format!("{kind}: {expected}\n{result:#}"))
    });
}

#[test]
fn what_was_held_is_told_of_both_accesses() {
    util::prepare();
    let args = ["check", RACES, "--schedules", "8", "--args", "one_lock"];
    let report = util::text(&call(&args).stdout);
    let program = read(RACES);
    let at = |which| line(&program, &format!("// one_lock: {which}")).expect("a line");
    for words in [
        format!("Thread-1 wrote it (line {}) with Mutex-1", at("first")),
        format!("Thread-2 read it (line {}) with no lock", at("second")),
    ] {
        assert!(report.contains(&words), "{words}\n{report}");
    }
}

#[test]
fn a_program_that_orders_accesses_in_a_way_that_is_not_told_is_not_blamed() {
    util::prepare();
    // Std takes that lock itself.
    let program = "static mut N: u32 = 0;\n\
        fn add() { let _out = std::io::stdout().lock(); unsafe { N += 1 } }\n\
        fn main() { let other = std::thread::spawn(add); add(); other.join().unwrap(); }\n";
    let (_folder, file) = util::scratch_file("untold.rs", program);
    let result = result(&call(&[
        "check",
        &file,
        "--schedules",
        "4",
        "--format",
        "json",
    ]));
    assert_eq!(result["verdict"], "passed", "{result:#}");
    assert_eq!(result["memory"], "not_watched");
    assert_eq!(
        result["exhaustive"],
        Value::Null,
        "nothing is said of all schedules"
    );
}

#[test]
fn an_atomic_of_core_is_one_of_std_and_nothing_else_of_core_is_missed() {
    util::prepare();
    let program = "use core::{cell::Cell, fmt, sync::atomic::{AtomicU32, Ordering::SeqCst}};\n\
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
        struct Told(u32);\n\
        impl fmt::Display for Told {\n\
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> core::fmt::Result { core::write!(f, \"{}\", self.0) }\n\
        }\n\
        static N: AtomicU32 = AtomicU32::new(0);\n\
        fn add() {\n\
        let n = N.load(SeqCst);\n\
        N.store(core::cmp::max(n, n + 1), SeqCst);\n\
        }\n\
        fn main() {\n\
        let other = std::thread::spawn(add);\n\
        add();\n\
        other.join().unwrap();\n\
        let _ = (Cell::new(core::mem::size_of::<Told>()), core::time::Duration::from_secs(1));\n\
        core::assert_eq!(N.load(SeqCst), 2, \"{}\", Told::default());\n\
        }\n";
    let (_folder, file) = util::scratch_file("of_core.rs", program);
    let result = result(&call(&[
        "check",
        &file,
        "--schedules",
        "30",
        "--format",
        "json",
    ]));
    assert_eq!(
        (&result["verdict"], &result["cause"]),
        (&"panic".into(), &"lost_update".into()),
        "{result:#}"
    );
}

#[test]
fn nothing_is_said_of_memory_where_there_is_no_unsafe_code() {
    util::prepare();
    let (_folder, file) = util::scratch_file("safe.rs", "fn main() { print!(\"unsafe\"); }\n");
    let result = result(&call(&[
        "check",
        &file,
        "--schedules",
        "2",
        "--format",
        "json",
    ]));
    assert_eq!(
        (&result["verdict"], &result["memory"]),
        (&"passed".into(), &Value::Null)
    );
}

#[test]
fn memory_that_is_shared_as_it_should_be_raises_no_alarm() {
    util::prepare();
    let kinds = [
        "locks",
        "ends",
        "messages",
        "once",
        "meetings",
        "atomics",
        "plainly",
        "core_atomics",
        "spinning",
        "used_again",
        "processes",
    ];
    util::for_each(&kinds, |kind| {
        let result = checked(RIGHT, kind, "60");
        let right = result["verdict"] == "passed" && result["memory"] == "watched";
        (!right).then(|| format!("{kind}: {result:#}"))
    });
}

/// Adds unsafe code that does nothing to programs that have none, and cannot race.
#[test]
#[ignore = "long: 3 minutes"]
fn long_no_safe_program_raises_an_alarm() {
    util::prepare();
    let programs = ["tests/corpus", "tests/book"]
        .into_iter()
        .flat_map(util::files_below);
    let programs: Vec<String> = programs.filter(|file| file.ends_with(".rs")).collect();
    util::for_each(&programs, |program| {
        let text = read(program) + "\n#[allow(dead_code)]\nfn as_if() { unsafe {} }\n";
        let (_folder, file) = util::scratch_file("as_if.rs", text);
        let result = result(&call(&["check", &file, "--seed", "3", "--format", "json"]));
        let also = result["also"].as_array().expect("a list");
        let raced = result["verdict"] == "data_race" || also.iter().any(|it| it == "data_race");
        let seen = result["verdict"] == "build_error" || result["memory"] != Value::Null;
        (raced || !seen).then(|| format!("{program}: {result:#}"))
    });
}
