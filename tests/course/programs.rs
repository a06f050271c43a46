//! `course check FILE.rs`: programs that are no exercises.

use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::util::{call, result, status, text};

/// Two processes that add to one counter, in one step or in two.
const COUNTER: &str = r#"
fn main() -> std::io::Result<()> {
    let in_one_step = std::env::args().nth(1).is_some_and(|word| word == "one");
    let counter = &mp::Value::new(0_i32);
    let add = move || {
        if in_one_step {
            counter.lock().update(|n| n + 1);
        } else {
            counter.set(counter.get() + 1);
        }
        println!("added");
    };
    let children = [mp::Process::new(add).start()?, mp::Process::new(add).start()?];
    children.iter().for_each(|child| drop(child.join()));
    println!("counter: {}", counter.get());
    Ok(())
}
"#;

/// The child's line may come before or after the first of main.
const TWO_LINES: &str = r#"
fn main() -> std::io::Result<()> {
    let child = mp::Process::new(|| println!("child")).start()?;
    println!("main");
    child.join();
    println!("end");
    Ok(())
}
"#;

/// The child takes the lock of a named condition, and main never gives it back.
const HELD_CONDITION: &str = r#"
fn main() -> std::io::Result<()> {
    let shelf = mp::Condition::named("shelf");
    let child = mp::Process::new(|| drop(shelf.lock())).start()?;
    let _held = shelf.lock();
    child.join();
    Ok(())
}
"#;

/// What the second line says depends on the schedule, and no macro of `print` says it.
const WRITTEN: &str = "use std::io::Write;
fn main() -> std::io::Result<()> {
    let seen = &mp::Value::new(0_u32);
    let child = mp::Process::new(|| seen.set(1)).start()?;
    println!(\"begun\");
    writeln!(std::io::stdout(), \"seen: {}\", seen.get())?;
    drop(child.join());
    Ok(())
}
";

/// A folder for programs.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, content).expect("a file that can be written");
        path
    }
}

pub fn check(file: &Path, args: &[&str]) -> Output {
    let file = file.to_str().expect("UTF-8");
    call(&[&["check", file], args].concat())
}

/// The result of one in JSON.
pub fn judged(file: &Path, args: &[&str]) -> Value {
    result(&check(file, &[args, &["--format", "json"]].concat()))
}

#[test]
fn what_differs_between_schedules_is_told_with_the_line_and_can_be_replayed() {
    let folder = Folder::new();
    let file = folder.file("counter.rs", COUNTER);
    let output = check(&file, &[]);
    let told = text(&output.stdout);
    assert_eq!(status(&output), 1, "{told}");
    let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("main printed \"counter: 1\", and the program prints \"counter: 2\""),
        "{told}"
    );
    assert!(!told.contains("points"), "{told}");
    let replay = told.lines().find(|line| line.contains("course replay"));
    let replay = replay.unwrap_or_else(|| panic!("{told}")).trim();
    let words: Vec<&str> = replay.split_whitespace().skip(1).collect();
    let replayed = call(&words);
    assert_eq!(status(&replayed), 1, "{replay}");
    assert!(text(&replayed.stdout).contains("counter: 1"));
}

#[test]
fn what_writeln_prints_has_its_line() {
    let folder = Folder::new();
    let report = judged(&folder.file("written.rs", WRITTEN), &[]);
    assert_eq!(report["verdict"], "wrong_order");
    assert_eq!(report["at"]["line"], 6, "{report}");
}

#[test]
fn an_error_that_main_returns_is_told_as_what_it_was() {
    let folder = Folder::new();
    let text = "fn main() -> Result<(), String> {\n    Err(\"no flour\".into())\n}\n";
    let report = judged(&folder.file("error.rs", text), &[]);
    assert_eq!(report["message"], "main returned an error: \"no flour\"");
    // Where there is no line to be shown, no rule stands beside it.
    let told = crate::util::text(&check(&folder.file("error.rs", text), &[]).stdout);
    assert!(!told.lines().any(|line| line.trim() == "|"), "{told}");
}

#[test]
fn arguments_go_to_the_program_and_the_report_repeats_them() {
    let folder = Folder::new();
    let file = folder.file("counter.rs", COUNTER);
    assert_eq!(judged(&file, &["--args", "one"])["verdict"], "passed");
    let result = judged(&file, &["--args", "two", "x"]);
    assert_eq!(result["verdict"], "wrong_order");
    assert_eq!(
        result["first_failure"]["args"],
        serde_json::json!(["two", "x"])
    );
    let told = text(&check(&file, &["--args", "two", "x"]).stdout);
    assert!(told.contains("--args two x"), "{told}");
}

#[test]
fn the_order_of_lines_counts_only_where_it_is_expected() {
    let folder = Folder::new();
    let file = folder.file("two.rs", TWO_LINES);
    let free = check(&file, &[]);
    assert_eq!(status(&free), 0);
    assert!(
        text(&free.stdout).contains("--expect FILE"),
        "{}",
        text(&free.stdout)
    );
    let natural = folder.file("natural.txt", "main\nchild\nend\n");
    let natural = natural.to_str().expect("UTF-8");
    let result = judged(&file, &["--expect", natural]);
    assert_eq!(result["verdict"], "wrong_order");
    let wrong = folder.file("wrong.txt", "main\nchild\nthe end\n");
    let result = judged(&file, &["--expect", wrong.to_str().expect("UTF-8")]);
    assert_eq!(result["verdict"], "wrong_output");
    assert_eq!(
        result["message"],
        "main printed \"end\" where \"the end\" was expected"
    );
}

#[test]
fn delays_are_as_long_as_allowed() {
    let folder = Folder::new();
    let file = folder.file(
        "sleeps.rs",
        r#"
fn main() -> std::io::Result<()> {
    let told = &mp::Value::new(false);
    let child = mp::Process::new(|| told.set(true)).start()?;
    std::thread::sleep(std::time::Duration::from_secs(1));
    println!("told: {}", told.get());
    child.join();
    Ok(())
}
"#,
    );
    assert_eq!(judged(&file, &[])["verdict"], "wrong_order");
    assert_eq!(judged(&file, &["--max-delay", "10ms"])["verdict"], "passed");
    let told = text(&check(&file, &["--max-delay", "2s"]).stdout);
    assert!(told.contains("--max-delay 2000ms"), "{told}");
}

/// Main waits for what takes a tenth of a second in three steps, and not for ever.
const GUARDED: &str = r#"
use std::sync::mpsc;
use std::time::Duration;
fn main() {
    let (told, tell) = mpsc::channel();
    let clerk = std::thread::spawn(move || {
        for _ in 0..3 {
            std::thread::sleep(Duration::from_millis(33));
        }
        told.send("done").unwrap();
    });
    let word = tell.recv_timeout(Duration::from_secs(5));
    println!("{}", word.expect("an answer in time"));
    clerk.join().unwrap();
}
"#;

#[test]
fn a_limit_of_time_is_a_guard_that_does_not_run_out_because_others_are_late() {
    let folder = Folder::new();
    let file = folder.file("guarded.rs", GUARDED);
    let passed = judged(&file, &[]);
    assert_eq!(passed["verdict"], "passed", "{passed}");
    assert_eq!(judged(&file, &["--max-delay", "10s"])["verdict"], "panic");
    // One that is as short as what it waits for runs out.
    let short = GUARDED.replace("from_secs(5)", "from_millis(150)");
    let failed = judged(&folder.file("short.rs", &short), &[]);
    assert_eq!(failed["verdict"], "panic", "{failed}");
}

#[test]
fn each_way_to_fail_has_its_verdict() {
    let folder = Folder::new();
    let program = |name: &str, body: &str| {
        let text = format!("fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{body}\n}}\n");
        folder.file(name, &text)
    };
    for (name, body, verdict) in [
        ("fine.rs", "Ok(())", "passed"),
        ("exit.rs", "std::process::exit(3)", "panic"),
        ("error.rs", "Err(\"no\".into())", "panic"),
        ("panic.rs", "panic!(\"oh\")", "panic"),
        ("stuck.rs", "mp::Event::new().wait(); Ok(())", "deadlock"),
        (
            "turns.rs",
            "let e = mp::Event::new(); while !e.is_set() {} Ok(())",
            "livelock",
        ),
        ("type.rs", "let x: u32 = \"\"; Ok(())", "build_error"),
    ] {
        assert_eq!(
            judged(&program(name, body), &[])["verdict"],
            verdict,
            "{name}"
        );
    }
}

#[test]
fn what_is_not_supported_is_named_with_line_and_reason() {
    let folder = Folder::new();
    let foreign = "unsafe extern \"C\" {\n    fn sleep(n: u32) -> u32;\n}\nfn main() {}\n";
    let output = check(&folder.file("foreign.rs", foreign), &["--format", "json"]);
    let found = result(&output);
    assert_eq!(
        (status(&output), &found["verdict"]),
        (3, &"inconclusive".into())
    );
    assert_eq!(found["at"]["line"], 1);
    let other = "\nuse tokio::runtime::Runtime;\nfn main() {}\n";
    let found = judged(&folder.file("other.rs", other), &[]);
    assert_eq!(
        (&found["verdict"], &found["at"]["line"]),
        (&"build_error".into(), &2.into())
    );
    let message = found["message"].as_str().expect("a message");
    assert!(message.contains("the crate `tokio`"), "{message}");
    let attribute = "#[tokio::main]\nasync fn main() {}\n";
    let found = judged(&folder.file("attribute.rs", attribute), &[]);
    let message = found["message"].as_str().expect("a message");
    assert!(message.contains("the crate `tokio`"), "{message}");
}

#[test]
fn options_for_programs_are_refused_for_exercises_and_bad_input_is_told() {
    let folder = Folder::new();
    let file = folder.file("fine.rs", "fn main() {}\n");
    let file = file.to_str().expect("UTF-8");
    for (args, words) in [
        (vec!["05_lock", "--args", "5"], "--args is for programs"),
        (
            vec!["05_lock/1_two_lines", "--max-delay", "1s"],
            "--max-delay is for programs",
        ),
        (
            vec!["05_lock/1_two_lines", "--expect", file],
            "--expect is for programs",
        ),
        (vec![file, "--expect", "no/such/file"], "there is no file"),
        (vec![file, "--max-delay", "soon"], "is no duration"),
        (vec!["no/such/file.rs"], "there is no"),
    ] {
        let output = call(&[&["check"], &args[..]].concat());
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{told}");
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn a_program_of_ones_own_may_start_real_programs_and_waits_for_them() {
    let folder = Folder::new();
    let file = folder.file(
        "starts_others.rs",
        r#"
use std::process::Command;
fn main() {
    let said = Command::new("echo").arg("a bun").output().expect("there is echo");
    print!("{}", String::from_utf8_lossy(&said.stdout));
    let ended = Command::new("false").status().expect("there is false");
    println!("{:?}", ended.code());
}
"#,
    );
    let expected = folder.file("expected.txt", "a bun\nSome(1)\n");
    let told = judged(&file, &["--expect", expected.to_str().expect("UTF-8")]);
    assert_eq!(told["verdict"], "passed", "{told}");
    assert_eq!(told["schedules"], 200);
}

/// Two locks in opposite orders, with work before and after that concerns nobody else.
const CROSSED: &str = r#"
fn both(first: &mp::Lock, second: &mp::Lock, own: &mp::Value<u32>) {
    (0..5).for_each(|n| own.set(n));
    let one = first.lock();
    let other = second.lock();
    drop((one, other));
    (0..5).for_each(|n| own.set(n));
}

fn main() -> std::io::Result<()> {
    let crossed = std::env::args().nth(1).is_some_and(|word| word == "crossed");
    let (left, right) = (&mp::Lock::named("left"), &mp::Lock::named("right"));
    let own = &[mp::Value::new(0), mp::Value::new(0)];
    let one = mp::Process::new(|| both(left, right, &own[0])).start()?;
    let other = mp::Process::new(|| match crossed {
        true => both(right, left, &own[1]),
        false => both(left, right, &own[1]),
    });
    let other = other.start()?;
    one.join();
    other.join();
    Ok(())
}
"#;

#[test]
fn all_schedules_with_few_preemptions_are_run_and_the_pass_says_so() {
    let folder = Folder::new();
    let file = folder.file("crossed.rs", CROSSED);
    let straight = judged(&file, &["--exhaustive"]);
    assert_eq!(straight["verdict"], "passed");
    let schedules = straight["schedules"].as_u64().expect("a number");
    let complete = serde_json::json!({"preemptions": 2, "schedules": schedules, "complete": true});
    assert_eq!(straight["exhaustive"], complete);
    // Steps that concern nobody else are not permuted.
    assert!((4..100).contains(&schedules), "{straight}");
    let told = text(&check(&file, &["--exhaustive", "--preemptions", "1"]).stdout);
    let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("these are all schedules with up to 1 preemption"),
        "{told}"
    );
    let cut = judged(&file, &["--exhaustive", "--schedules", "5"]);
    assert_eq!(cut["exhaustive"]["complete"], false);
    assert_eq!(cut["schedules"], 5);
}

/// A panic where one looks exactly between two of another's steps.
const LOOKS_ONCE: &str = r#"
fn main() -> std::io::Result<()> {
    let steps = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(12);
    let progress = &mp::Value::new(0);
    let counts = mp::Process::new(|| (1..=steps).for_each(|step| progress.set(step))).start()?;
    let looks = mp::Process::new(|| assert_ne!(progress.get(), 9)).start()?;
    counts.join();
    looks.join();
    Ok(())
}
"#;

#[test]
fn where_all_schedules_with_few_preemptions_are_few_every_check_runs_them_as_well() {
    let folder = Folder::new();
    let file = folder.file("looks_once.rs", LOOKS_ONCE);
    let missed_by_chance = |seed: &&str| {
        let json = judged(&file, &["--schedules", "40", "--seed", seed]);
        assert_eq!(json["verdict"], "panic", "{json}");
        json["exhaustive"] != serde_json::Value::Null
    };
    let seeds = ["1", "2", "3", "4", "5", "6", "7", "8"];
    let seed = seeds.iter().find(|seed| missed_by_chance(seed));
    let seed = seed.expect("forty random schedules do not always look at the ninth step");
    // The report's command shows the schedule that was found.
    let told = text(&check(&file, &["--schedules", "40", "--seed", seed]).stdout);
    let replay = told
        .lines()
        .find(|line| line.contains("course replay"))
        .expect("a command");
    assert!(replay.contains("--exhaustive"), "{told}");
    let replayed = call(&replay.split_whitespace().skip(1).collect::<Vec<_>>());
    assert_eq!(status(&replayed), 1, "{replay}");

    // Where nothing is to be found the pass says so, and where there are too many it does not.
    let few = judged(&file, &["--args", "5"]);
    assert_eq!(few["verdict"], "passed");
    assert_eq!(few["schedules"], 200);
    assert_eq!(few["exhaustive"]["complete"], true, "{few}");
    let told = text(&check(&file, &["--args", "5"]).stdout);
    let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("0 of 200 schedules failed, nor did any of all "),
        "{told}"
    );
    let many = judged(&file, &["--args", "8", "--schedules", "5"]);
    assert_eq!(many["verdict"], "passed");
    assert_eq!(many["exhaustive"], serde_json::Value::Null, "{many}");
}

#[test]
fn one_preemption_finds_crossed_locks_and_none_does_not() {
    let folder = Folder::new();
    let file = folder.file("crossed.rs", CROSSED);
    let args = ["--args", "crossed", "--exhaustive", "--preemptions"];
    let none = judged(&file, &[&args[..], &["0"]].concat());
    let found = judged(&file, &[&args[..], &["1"]].concat());
    // The breadth-first schedule, which every check begins with, may find it.
    if none["first_failure"]["schedule"] != 1 {
        assert_eq!(none["verdict"], "passed");
    }
    assert_eq!(
        (&found["verdict"], &found["cause"]),
        (&"deadlock".into(), &"lock_cycle".into())
    );
    let told = text(&check(&file, &[&args[..], &["1"]].concat()).stdout);
    let replay = told
        .lines()
        .find(|line| line.contains("course replay"))
        .expect("a command");
    let words: Vec<&str> = replay.split_whitespace().skip(1).collect();
    let replayed = call(&words);
    assert_eq!(status(&replayed), 1, "{replay}");
    assert!(
        text(&replayed.stdout).contains("waits for"),
        "{}",
        text(&replayed.stdout)
    );
    // The same on any number of cores.
    let one = check(&file, &["--exhaustive", "--jobs", "1", "--format", "json"]).stdout;
    assert_eq!(
        check(&file, &["--exhaustive", "--jobs", "2", "--format", "json"]).stdout,
        one
    );
}

#[test]
fn the_lock_of_a_condition_is_named_after_the_condition() {
    let folder = Folder::new();
    let told = judged(&folder.file("held.rs", HELD_CONDITION), &[]);
    assert_eq!(told["verdict"], "deadlock");
    let message = told["message"].as_str().expect("a message");
    assert!(message.contains("waits for the lock of shelf"), "{message}");
}
