//! The page of a schedule in a browser: it opens, one can go to its end, and it shows what the
//! trace tells.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::util;

/// Names under which Chromium is installed.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// The browser.
#[track_caller]
pub fn browser() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let named = |folder: &PathBuf| BROWSERS.map(|name| folder.join(name));
    let found = folders.iter().flat_map(named).find(|file| file.is_file());
    found.expect("there is Chromium: apt-get install chromium")
}

/// What a browser made of a page.
struct Seen {
    /// The page as the script left it.
    page: String,
    /// What was written to the console.
    console: Vec<String>,
}

impl Seen {
    /// What the page says of itself.
    #[track_caller]
    fn says(&self, name: &str) -> &str {
        let start = format!(" data-{name}=\"");
        let root = self.page.split_once("<head>").map_or("", |(root, _)| root);
        let (_, value) = root
            .split_once(&start)
            .unwrap_or_else(|| panic!("no {name} in {root}\n{:?}", self.console));
        value.split('"').next().unwrap_or_default()
    }

    /// The text of the only element that is the current step.
    #[track_caller]
    fn current(&self) -> String {
        let mut rows = self.page.split("<tr ").skip(1);
        let is_current = |row: &&str| {
            row.split('>')
                .next()
                .is_some_and(|it| it.contains("aria-current=\"step\""))
        };
        let row = rows.find(is_current).expect("a current step");
        assert_eq!(rows.filter(|row| is_current(row)).count(), 0);
        words(
            row.split("</tr>")
                .next()
                .unwrap_or_default()
                .split_once('>')
                .map_or("", |(_, it)| it),
        )
    }
}

/// Text without its tags.
fn words(html: &str) -> String {
    let pieces = html
        .split('<')
        .map(|piece| piece.split_once('>').map_or(piece, |(_, it)| it));
    pieces
        .collect::<Vec<_>>()
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Opens a page at a step, and waits until its script is done.
fn open(browser: &Path, page: &Path, at: &str) -> Seen {
    let profile = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new("timeout")
        .args(["-k", "5", "120"])
        .arg(browser)
        .args([
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--dump-dom",
        ])
        .args([
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--enable-logging=stderr",
            "--v=0",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}#{at}", page.display()))
        .output()
        .expect("timeout can be started");
    let log = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{:?}: {log}", output.status);
    let console = log.lines().filter(|line| line.contains("CONSOLE"));
    Seen {
        page: String::from_utf8_lossy(&output.stdout).into_owned(),
        console: console.map(str::to_owned).collect(),
    }
}

/// The page of a schedule, and the trace of the same.
fn made(folder: &TempDir, args: &[&str]) -> (PathBuf, Vec<String>) {
    let page = folder.path().join("page.html");
    let file = page.to_string_lossy().into_owned();
    let made = util::call(&[&["replay"], args, &["--html", &file]].concat());
    let told = util::text(&made.stdout);
    assert_eq!(told, format!("Open it in a browser: {file}\n"));
    let replayed = util::call(&[&["replay"], args].concat());
    assert_eq!(util::status(&made), util::status(&replayed));
    let trace = util::text(&replayed.stdout);
    let is_step = |line: &&str| {
        line.split_once(" s  ")
            .is_some_and(|(time, _)| time.trim().parse::<f64>().is_ok())
    };
    (
        page,
        trace.lines().filter(is_step).map(str::to_owned).collect(),
    )
}

/// The tasks of a trace's lines.
fn tasks(trace: &[String]) -> usize {
    let task = |line: &String| {
        let (_, line) = line.split_once(" s  ")?;
        line.split("  ").next().map(str::to_owned)
    };
    let tasks: std::collections::BTreeSet<_> = trace.iter().filter_map(task).collect();
    tasks.len()
}

/// Goes to the first step, the end, and what fails; returns the latter.
#[track_caller]
fn goes_through(args: &[&str]) -> Seen {
    let browser = browser();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (page, trace) = made(&folder, args);
    assert!(trace.len() > 5, "{trace:?}");
    for (at, step) in [("", 1), ("last", trace.len()), ("step-3", 3)] {
        let seen = open(&browser, &page, at);
        assert_eq!(seen.console, Vec::<String>::new(), "#{at}");
        assert_eq!(seen.says("errors"), "0", "#{at}");
        assert_eq!(seen.says("steps"), trace.len().to_string());
        assert_eq!(seen.says("lanes"), tasks(&trace).to_string());
        assert_eq!(seen.says("current"), step.to_string());
        let line = trace[step - 1]
            .split("  ")
            .last()
            .unwrap_or_default()
            .trim();
        let current = seen.current();
        assert!(current.contains(line), "#{at}: {line} is not in {current}");
    }
    open(&browser, &page, "failing")
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_of_a_deadlock_shows_the_trace_and_marks_where_it_fails() {
    let answer = "tests/wrong/05_lock/4_lock_order/from_then_to.rs";
    let args = ["05_lock/4_lock_order", "3", "--file", answer];
    let seen = goes_through(&args);
    let current = seen.current();
    let waits = "courier 2 has to wait for till 0";
    assert!(
        current.contains(waits) && current.contains("✗ deadlock: "),
        "{current}"
    );
    let here = seen
        .page
        .split("class=\"here")
        .nth(1)
        .or(seen.page.split(" here\"").nth(1));
    let here = words(
        here.expect("a line of the source")
            .split("</li>")
            .next()
            .unwrap_or_default(),
    );
    assert!(
        here.contains("let _to = ") && here.contains("▶ courier 2"),
        "{here}"
    );
    assert!(here.contains("courier 1 · Blocked"), "{here}");
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_marks_two_steps_whose_order_decides_and_shows_the_nearest_schedule_that_passes() {
    let browser = browser();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answer = "tests/wrong/05_lock/3_check_then_act/two_sections.rs";
    let args = ["05_lock/3_check_then_act", "1", "--file", answer];
    let (page, _) = made(&folder, &args);
    let closed = open(&browser, &page, "");
    let marked = |seen: &Seen| seen.page.matches("class=\"star\"").count();
    assert_eq!(marked(&closed), 4, "two of each schedule");
    assert!(!closed.page.contains("data-passing=\"true\""));
    let shown = open(&browser, &page, "passing");
    assert_eq!(shown.console, Vec::<String>::new());
    assert_eq!((shown.says("errors"), shown.says("passing")), ("0", "true"));
    assert!(
        shown
            .page
            .contains("class=\"passing\" id=\"passing\" open=\"\"")
    );
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_of_a_right_answer_with_a_queue_shows_its_messages() {
    let seen = goes_through(&["08_ipc/1_queue", "1", "--solutions"]);
    assert!(seen.page.contains("Nothing is wrong in this schedule."));
    let messages = seen.page.matches("<g class=\"message").count();
    assert!(messages > 0, "no message has an arrow");
}

#[test]
#[ignore = "needs Chromium"]
fn a_program_cannot_put_anything_into_its_page_that_runs_or_loads() {
    let browser = browser();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let program = folder.path().join("evil.rs");
    let evil = r##"fn main() {
    let evil = r#"</script><script>document.title = 'evil'</script><img src="//evil/x.png" onerror="document.title = 'evil'">"#;
    println!("{evil}");
    let other = mp::Process::new(|| ()).name(evil).start().unwrap();
    other.join();
    panic!("{evil}");
}
"##;
    std::fs::write(&program, evil).expect("a program");
    let (page, trace) = made(&folder, &[&program.to_string_lossy(), "0"]);
    let seen = open(&browser, &page, "last");
    assert_eq!(seen.console, Vec::<String>::new());
    assert_eq!(seen.says("errors"), "0");
    assert_eq!(seen.says("current"), trace.len().to_string());
    assert!(!seen.page.contains("<title>evil") && !seen.page.contains("<img"));
}

#[test]
fn a_page_that_cannot_be_written_is_told_with_what_to_do() {
    let args = [
        "replay",
        "05_lock/1_two_lines",
        "1",
        "--solutions",
        "--html",
    ];
    let told = |file: &str| {
        let output = util::call(&[&args[..], &[file]].concat());
        assert!(output.stdout.is_empty());
        (util::status(&output), util::text(&output.stderr))
    };
    let (status, message) = told("/no/such/folder/page.html");
    assert_eq!(status, 2, "{message}");
    assert!(
        message.contains("there is no folder `/no/such/folder`"),
        "{message}"
    );
    let (status, message) = told("tests");
    assert_eq!(status, 2, "{message}");
    assert!(message.contains("`tests` is a folder"), "{message}");
    let (status, message) = told("/proc/page.html");
    assert_eq!(status, 3, "{message}");
    assert!(
        message.contains("failed to write `/proc/page.html`"),
        "{message}"
    );
}
