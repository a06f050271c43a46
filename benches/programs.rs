//! Checks of programs that are long, large or never end: what each takes, beside an ordinary run of the
//! same program, and whether that is as long as it may be.
//!
//! Bounds are for two cores that have nothing else to do.

#[path = "../tests/util/mod.rs"]
mod util;

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// How often each is checked, after a first time that compiles it: the median counts.
const TIMES: usize = 5;

/// A program of `benches/long`, its arguments, its verdict, and how many seconds a check may take.
type Row = (&'static str, &'static [&'static str], &'static str, f64);

const ROWS: [Row; 16] = [
    ("locked", &["10", "1000"], "passed", 1.0),
    ("locked", &["10", "10000"], "passed", 5.0),
    ("locked", &["4", "100000"], "passed", 10.0),
    ("lost", &["10", "100000"], "wrong_order", 2.0),
    ("life", &[], "passed", 5.0),
    ("sum", &[], "passed", 5.0),
    ("fib", &[], "passed", 10.0),
    ("for_ever", &[], "endless_loop", 1.0),
    ("seen_once", &[], "endless_loop", 1.0),
    ("in_a_row", &["300"], "passed", 5.0),
    ("processes", &["200"], "passed", 5.0),
    ("objects", &["2000"], "passed", 5.0),
    ("sockets", &[], "deadlock", 1.0),
    ("message", &[], "passed", 1.0),
    // More than any limit there was.
    ("in_a_row", &["2000"], "passed", 10.0),
    ("objects", &["6000"], "passed", 10.0),
];

fn main() -> ExitCode {
    util::prepare();
    let folder = tempfile::tempdir().expect("a temporary folder");
    println!(
        "{:26} {:>8} {:>8} {:>6}",
        "seconds", "by hand", "check", "bound"
    );
    let hold = ROWS.iter().filter(|row| holds(row, folder.path())).count();
    println!("{hold} of {} rows hold", ROWS.len());
    match hold == ROWS.len() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// Measures and tells a row.
fn holds((name, arguments, verdict, bound): &Row, folder: &Path) -> bool {
    let check = || {
        let mut command = util::course();
        command.args([
            "check",
            &format!("benches/long/{name}.rs"),
            "--format",
            "json",
        ]);
        let output = command.arg("--").args(*arguments).output();
        let result = util::result(&output.expect("course runs"));
        result["verdict"].as_str().unwrap_or_default().to_owned()
    };
    let came_to = check();
    let checked = median(&mut || assert_eq!(check(), came_to, "the same each time"));
    let by_hand = compiled(name, folder)
        .filter(|_| *verdict == "passed")
        .map(|program| {
            median(&mut || {
                let mut command = Command::new(&program);
                let status = command.args(*arguments).stdout(Stdio::null()).status();
                assert!(status.expect("it can be run").success(), "{name}");
            })
        });
    let holds = came_to == *verdict && checked <= *bound;
    let row = format!("{name} {}", arguments.join(" "));
    let by_hand = by_hand.map_or_else(|| "-".to_owned(), |it| format!("{it:.2}"));
    let told = if holds { "holds" } else { "DOES NOT HOLD" };
    println!("{row:26} {by_hand:>8} {checked:8.2} {bound:6} {came_to} {told}");
    holds
}

/// Seconds that something takes.
fn median(act: &mut dyn FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..TIMES)
        .map(|_| {
            let began = Instant::now();
            act();
            began.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[TIMES / 2]
}

/// The ordinary program, where it needs nothing but std.
fn compiled(name: &str, folder: &Path) -> Option<std::path::PathBuf> {
    let program = folder.join(name);
    let mut command = Command::new("rustc");
    command.args(["--edition", "2024", "-o"]).arg(&program);
    let built = command
        .arg(format!("benches/long/{name}.rs"))
        .stderr(Stdio::null())
        .status();
    built.is_ok_and(|it| it.success()).then_some(program)
}
