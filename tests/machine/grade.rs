//! A class graded: every grade is as a model says, and the same however the class was graded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::time::{Duration, Instant, SystemTime};

use crate::util::class::{EXERCISES, Model, grade, graded, json, make_class, written};
use crate::util::{PATIENCE, course, root, status, text};
use crate::{alone, beside_others};

#[track_caller]
fn assert_same(out: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(names(out), names(other));
    for (name, bytes) in out {
        assert!(other[name] == *bytes, "{name} differs");
    }
}

/// Compares each grade with the model; all that is wrong at once.
fn assert_as_modelled(out: &Path, model: &Model) {
    let mut results = BTreeMap::new();
    for entry in fs::read_dir(out.join("results")).expect("a folder") {
        let result = json(&entry.expect("an entry").path());
        results.insert(result["name"].as_str().expect("a name").to_owned(), result);
    }
    assert_eq!(
        results.keys().collect::<Vec<_>>(),
        model.keys().collect::<Vec<_>>()
    );
    let mut wrong = Vec::new();
    for (name, expected) in model {
        let marked = results[name]["results"].as_array().expect("a list");
        assert_eq!(marked.len(), expected.len());
        let mut sum = 0;
        for (marked, (verdict, points)) in marked.iter().zip(expected) {
            let got = marked["points"].as_u64().expect("a number");
            sum += got;
            if marked["verdict"].as_str() != verdict.as_deref() || !points.contains(&got) {
                wrong.push(format!(
                    "{name}: {marked}, not {verdict:?} with {points:?} points"
                ));
            }
            let report = marked["report"].as_str();
            let fine = matches!(verdict.as_deref(), None | Some("passed"));
            assert_eq!(report.is_none(), fine, "{marked}");
            for file in [report, marked["page"].as_str()].into_iter().flatten() {
                assert!(out.join(file).is_file(), "{file}");
            }
        }
        assert_eq!(results[name]["points"], sum);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Keeps cores busy until it is dropped.
struct Busy(Vec<Child>);

impl Busy {
    fn all_cores() -> Busy {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let start = |_| {
            let mut shell = Command::new("sh");
            shell
                .args(["-c", "while :; do :; done"])
                .spawn()
                .expect("a shell")
        };
        Busy((0..cores).map(start).collect())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill().and_then(|()| child.wait());
        }
    }
}

#[test]
fn every_grade_is_as_its_model_says_and_the_same_on_any_machine_however_it_is_divided() {
    every_grade_is_as_its_model_says(16, 30, "slice");
}

#[test]
#[ignore = "long: 10 minutes"]
fn long_every_grade_is_as_its_model_says_and_the_same_on_any_machine_however_it_is_divided() {
    every_grade_is_as_its_model_says(300, 4, "hash");
}

fn every_grade_is_as_its_model_says(learners: usize, attacks: usize, partition: &str) {
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let class = path("class");
    fs::create_dir(&class).expect("a folder");
    let model = make_class(&class, learners, attacks);

    graded(&class, &path("first"), &[]);
    assert_as_modelled(&path("first"), &model);
    let first = written(&path("first"));
    assert_table_and_page(&first, &model);

    // Nothing is checked again, and nothing is another one.
    let times = written_when(&path("first/results"));
    graded(&class, &path("first"), &["--jobs", "1"]);
    assert_eq!(times, written_when(&path("first/results")));
    assert_same(&first, &written(&path("first")));

    let busy = Busy::all_cores();
    graded(&class, &path("busy"), &["--jobs", "3"]);
    drop(busy);
    assert_same(&first, &written(&path("busy")));

    for part in ["1", "2", "3"] {
        let partition = format!("{partition}:{part}/3");
        graded(&class, &path(part), &["--partition", &partition]);
    }
    assert_merged(folder.path(), &first);
}

/// When each file of a folder was written.
fn written_when(folder: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let entries = fs::read_dir(folder).expect("a folder");
    let when = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("an entry");
        let about = entry.metadata().expect("is there");
        (entry.path(), about.modified().expect("a time"))
    };
    entries.map(when).collect()
}

fn merge(folder: &Path, parts: &[&str]) -> Output {
    let mut merge = course();
    merge
        .current_dir(folder)
        .arg("merge")
        .args(parts)
        .args(["--out", "merged"]);
    merge.output().expect("course can be started")
}

fn assert_merged(folder: &Path, first: &BTreeMap<String, Vec<u8>>) {
    let missing = merge(folder, &["1", "3"]);
    assert_eq!(status(&missing), 2);
    assert!(
        text(&missing.stderr).contains("missing: 2"),
        "{}",
        text(&missing.stderr)
    );
    let merged = merge(folder, &["2", "3", "1"]);
    assert_eq!(status(&merged), 0, "{}", text(&merged.stderr));
    assert_same(first, &written(&folder.join("merged")));
}

fn assert_table_and_page(written: &BTreeMap<String, Vec<u8>>, model: &Model) {
    let grades = text(&written["grades.csv"]);
    let head = format!("name,{},total,remarks", EXERCISES.join(","));
    assert_eq!(grades.lines().next(), Some(head.as_str()));
    assert_eq!(grades.lines().count(), model.len() + 1);
    for line in grades.lines() {
        let start = line.trim_start_matches('"');
        assert!(
            !start.starts_with(['=', '+', '-', '@']),
            "a formula: {line}"
        );
    }
    let page = text(&written["index.html"]);
    assert!(page.contains("&lt;b&gt;小明"), "names are escaped");
    assert!(!page.contains("<b>小明"), "names are escaped");
    let links = page
        .split("href=\"")
        .skip(1)
        .filter_map(|it| it.split('"').next());
    let mut reports = 0;
    for link in links {
        let link = link.replace("&#x2f;", "/");
        reports += usize::from(link.starts_with("reports/"));
        assert!(written.contains_key(&link), "{link} leads nowhere");
    }
    assert!(reports > 0);
}

/// Processes of programs below one of these folders, or that work there.
fn left_in(folders: &[PathBuf]) -> Vec<String> {
    let mut left = Vec::new();
    for entry in fs::read_dir("/proc").expect("is there").flatten() {
        for link in ["exe", "cwd"] {
            let target = fs::read_link(entry.path().join(link));
            if target.is_ok_and(|it| folders.iter().any(|folder| it.starts_with(folder))) {
                left.push(entry.path().display().to_string());
            }
        }
    }
    left
}

fn assert_nothing_left(folders: &[PathBuf]) {
    // A compiler that was at work may still end its work.
    let started = Instant::now();
    while !left_in(folders).is_empty() && started.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(left_in(folders), Vec::<String>::new());
}

/// A file in whose place nobody gets past, since nobody writes into it: a pipe (fifo(7)).
struct Gate(PathBuf);

impl Gate {
    fn at(path: PathBuf) -> Gate {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        let made = Command::new("mkfifo").arg(&path).status();
        assert!(made.expect("mkfifo is there").success());
        Gate(path)
    }

    /// Lets a process past, or waits for its end if it never gets here.
    fn open_for(self, process: &mut Child) {
        let mut write = fs::OpenOptions::new();
        write.write(true).custom_flags(libc::O_NONBLOCK);
        // While nobody reads it, it cannot be opened.
        while process.try_wait().expect("can be asked").is_none() && write.open(&self.0).is_err() {
            std::thread::sleep(Duration::from_millis(5));
        }
        // It may be gone already.
        let _ = fs::remove_file(self.0);
    }
}

/// Leaves a file as a process does that is killed while it writes it.
fn half_written(file: &Path) {
    let bytes = fs::read(file).expect("is there");
    fs::remove_file(file).expect("is there");
    let name = file.file_stem().expect("a name").to_string_lossy();
    let left = file.with_file_name(format!(".course-unfinished-{name}"));
    fs::write(left, &bytes[..bytes.len() / 2]).expect("can be written");
}

#[test]
fn what_was_half_written_by_who_was_killed_is_removed_by_the_next_call() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    fs::create_dir(&class).expect("a folder");
    make_class(&class, 2, 30);
    graded(&class, &out, &[]);
    let whole = written(&out);
    half_written(&out.join("results/nothing.json"));
    for file in ["grades.csv", "index.html", "summary.json"] {
        half_written(&out.join(file));
    }
    graded(&class, &out, &[]);
    assert_same(&whole, &written(&out));
}

#[test]
fn who_is_killed_or_interrupted_at_any_moment_goes_on_and_ends_with_the_same_result() {
    who_is_killed_goes_on(5);
}

#[test]
#[ignore = "long: 5 minutes"]
fn long_who_is_killed_or_interrupted_at_any_moment_goes_on_and_ends_with_the_same_result() {
    who_is_killed_goes_on(50);
}

fn who_is_killed_goes_on(times: u32) {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let class = path("class");
    fs::create_dir(&class).expect("a folder");
    make_class(&class, 10, 30);
    graded(&class, &path("whole"), &[]);
    // Without what only the first run has to do: compiling.
    let started = Instant::now();
    graded(&class, &path("timed"), &[]);
    let long = started.elapsed();
    let whole = written(&path("whole"));
    let folders = [folder.path().to_owned(), root().join("target/course/check")];

    for time in 0..times {
        // Multiples of the golden ratio: no two moments are alike, and all are covered.
        let part = (f64::from(time) * 0.618 + 0.1).fract();
        let mut running = grade(&class, &path("killed"), &[])
            .spawn()
            .expect("course starts");
        std::thread::sleep(long.mul_f64(part));
        running.kill().expect("can be killed");
        running.wait().expect("ends");
        assert_nothing_left(&folders);
        if time % 10 == 9 {
            fs::remove_dir_all(path("killed")).expect("is there");
        }
    }
    graded(&class, &path("killed"), &[]);
    assert_same(&whole, &written(&path("killed")));

    let mut interrupted = grade(&class, &path("stopped"), &["--jobs", "1"]);
    let last = Gate::at(path("stopped").join("results/nothing.json"));
    let mut interrupted = interrupted.spawn().expect("course starts");
    let begun = || fs::read_dir(path("stopped/results")).is_ok_and(|it| it.count() > 1);
    let started = Instant::now();
    while !begun() && started.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(5));
    }
    let number = interrupted.id().to_string();
    let sent = Command::new("kill")
        .args(["-INT", &number])
        .status()
        .expect("kill is there");
    assert!(sent.success());
    last.open_for(&mut interrupted);
    let output = interrupted.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(130), "{}", text(&output.stderr));
    assert!(
        !path("stopped").join("summary.json").exists(),
        "it is not done"
    );
    assert_nothing_left(&folders);
    graded(&class, &path("stopped"), &[]);
    assert_same(&whole, &written(&path("stopped")));
}
