//! A class graded: every grade is as a model says, and the same however the class was graded.

mod util;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use util::{GIVEN, course, full, read, root, status, text};

/// The exercises of the class: fast ones, of every kind of mistake.
const EXERCISES: [&str; 3] = [
    "02_process/1_function",
    "05_lock/1_two_lines",
    "05_lock/4_lock_order",
];
/// Enough to find all mistakes of the class with this seed.
const SCHEDULES: &str = "60";

/// One test at a time: they look for what others leave behind.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    let guard = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    util::prepare();
    guard
}

/// What is handed in for an exercise, and what it is to get.
#[derive(Clone)]
struct Answer {
    bytes: Vec<u8>,
    verdict: Option<String>,
    points: std::ops::RangeInclusive<u64>,
}

/// An answer to an exercise of so many points.
fn answer(max: u64, bytes: impl Into<Vec<u8>>, verdict: &str) -> Answer {
    // The ladder: right, then also safe, then also live, then also concurrent and clean.
    let rungs = match verdict {
        "passed" => 4..=4,
        "requirement" => 3..=3,
        // Another schedule may show that it is not safe either, or the first one fails already.
        "deadlock" => 0..=2,
        "wrong_order" => 1..=1,
        _ => 0..=0,
    };
    let points = |rung: &u64| max * rung / 4;
    Answer {
        bytes: bytes.into(),
        verdict: Some(verdict.to_owned()),
        points: points(rungs.start())..=points(rungs.end()),
    }
}

/// All kinds of answers to an exercise.
fn answers(exercise: &str) -> Vec<Answer> {
    let max = util::exercises()[exercise]["points"].as_integer();
    let max = u64::try_from(max.expect("a number")).expect("is positive");
    let solution = read(&format!("solutions/{exercise}.rs"));
    let (own, given) = solution.split_once(GIVEN).expect("has the line");
    let texts = [
        (solution.clone(), "passed"),
        (read(&format!("exercises/{exercise}.rs")), "pending"),
        // Whatever stands below the line is not taken.
        (format!("{own}{GIVEN}\nfn main() {{}}\n"), "passed"),
        (solution.replace('\n', "\r\n"), "passed"),
        (
            format!("{own}\nfn broken( {{\n{GIVEN}\n{given}"),
            "build_error",
        ),
        (own.to_owned(), "not_allowed"),
        (String::new(), "not_allowed"),
        (
            format!("{}{solution}", "// more\n".repeat(20_000)),
            "not_allowed",
        ),
        (
            format!("{own}macro_rules! println {{ () => {{}} }}\n{GIVEN}\n"),
            "not_allowed",
        ),
    ];
    let no_text = [b"// \xff\xfe\n".as_slice(), solution.as_bytes()].concat();
    let mut all = vec![answer(max, no_text, "build_error")];
    all.extend(texts.map(|(text, verdict)| answer(max, text, verdict)));
    for known in util::right_answers()
        .into_iter()
        .chain(util::wrong_answers())
    {
        if known.exercise == exercise {
            all.push(answer(max, read(&known.file), &known.verdict));
        }
    }
    // What attacks the checker has none of the exercise's functions.
    let hostile = util::files_below("tests/hostile");
    for file in hostile.iter().step_by(if full() { 4 } else { 30 }) {
        let text = format!("{}\n{GIVEN}\n", read(file));
        all.push(answer(max, text, "build_error"));
    }
    all
}

/// What a learner is to get: by exercise the verdict and the points.
type Model = BTreeMap<String, Vec<(Option<String>, std::ops::RangeInclusive<u64>)>>;

/// How a submission is handed in.
#[derive(Clone, Copy)]
enum Shape {
    Names,
    Paths,
    Course,
    Zip,
    TarGz,
}

/// Makes a class of so many in a folder, and says what each is to get.
fn make_class(folder: &Path, learners: usize) -> Model {
    let all: Vec<Vec<Answer>> = EXERCISES.iter().map(|it| answers(it)).collect();
    let shapes = [
        Shape::Names,
        Shape::Paths,
        Shape::Zip,
        Shape::Course,
        Shape::TarGz,
    ];
    let mut model = Model::new();
    for learner in 0..learners {
        let name = name(learner);
        let mut files = Vec::new();
        let mut expected = Vec::new();
        for (index, answers) in all.iter().enumerate() {
            // Each answer is used as often as any other, and no two exercises go in step.
            let place =
                (learner * (index + 1) + learner / answers.len() + 3 * index) % (answers.len() + 1);
            match answers.get(place) {
                Some(answer) => {
                    files.push((EXERCISES[index], answer.bytes.clone()));
                    expected.push((answer.verdict.clone(), answer.points.clone()));
                }
                None => expected.push((None, 0..=0)),
            }
        }
        hand_in(folder, &name, shapes[learner % shapes.len()], &files);
        model.insert(name, expected);
    }
    fs::create_dir(folder.join("nothing")).expect("a folder");
    fs::write(folder.join("junk.zip"), "this is no archive").expect("a file");
    for name in ["nothing", "junk"] {
        model.insert(name.to_owned(), vec![(None, 0..=0); EXERCISES.len()]);
    }
    model
}

/// A name; some are of the kind that tables and pages must not take for something else.
fn name(learner: usize) -> String {
    match learner % 8 {
        0 => format!("=1+{learner}"),
        1 => format!("<b>小明 {learner}"),
        2 => format!("-{learner}, \"ada\""),
        _ => format!("learner{learner:03}"),
    }
}

fn hand_in(folder: &Path, name: &str, shape: Shape, files: &[(&str, Vec<u8>)]) {
    let path = |exercise: &str| match shape {
        Shape::Names => format!("{}.rs", exercise.rsplit('/').next().expect("a name")),
        Shape::Paths | Shape::TarGz => format!("week 5/{exercise}.rs"),
        Shape::Course | Shape::Zip => format!("mine/exercises/{exercise}.rs"),
    };
    let files: Vec<(String, &[u8])> = files
        .iter()
        .map(|(it, bytes)| (path(it), bytes.as_slice()))
        .collect();
    match shape {
        Shape::Zip => zip_of(&folder.join(format!("{name}.zip")), &files),
        Shape::TarGz => tar_of(&folder.join(format!("{name}.tar.gz")), &files),
        Shape::Names | Shape::Paths | Shape::Course => {
            fs::create_dir(folder.join(name)).expect("a folder");
            for (path, bytes) in files {
                let file = folder.join(name).join(path);
                fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
                fs::write(file, bytes).expect("a file");
            }
            // Not meant, and not followed.
            let link = folder.join(name).join("everything");
            std::os::unix::fs::symlink("/", link).expect("a link");
        }
    }
}

fn zip_of(path: &Path, files: &[(String, &[u8])]) {
    let mut archive = zip::ZipWriter::new(File::create(path).expect("a file"));
    let options = zip::write::SimpleFileOptions::default();
    for evil in [
        "../../02_process/1_function.rs",
        "/tmp/05_lock/1_two_lines.rs",
    ] {
        archive.start_file(evil, options).expect("an entry");
        archive.write_all(b"out of here").expect("is written");
    }
    archive
        .add_symlink("a/05_lock/4_lock_order.rs", "/etc/hostname", options)
        .expect("a link");
    for (path, bytes) in files {
        archive
            .start_file(path.as_str(), options)
            .expect("an entry");
        archive.write_all(bytes).expect("is written");
    }
    archive.finish().expect("an archive");
}

fn tar_of(path: &Path, files: &[(String, &[u8])]) {
    let file = File::create(path).expect("a file");
    let gz = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    let mut archive = tar::Builder::new(gz);
    let mut link = tar::Header::new_gnu();
    link.set_entry_type(tar::EntryType::Symlink);
    link.set_size(0);
    archive
        .append_link(&mut link, "05_lock/1_two_lines.rs", "/etc/hostname")
        .expect("a link");
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive
            .append_data(&mut header, path, *bytes)
            .expect("an entry");
    }
    archive
        .into_inner()
        .expect("an archive")
        .finish()
        .expect("is written");
}

fn grade(class: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("course"));
    command
        .current_dir(root())
        .arg("grade")
        .arg(class)
        .arg("--out")
        .arg(out);
    command.args(["--schedules", SCHEDULES]).args(more);
    command.arg("--exercises").args(EXERCISES);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

#[track_caller]
fn graded(class: &Path, out: &Path, more: &[&str]) -> Output {
    let output = grade(class, out, more)
        .output()
        .expect("course can be started");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    output
}

fn json(file: &Path) -> Value {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{file:?}: {error}"))
}

/// Everything that grading wrote, by its path; of results without what may differ.
fn written(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![out.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path
                .strip_prefix(out)
                .expect("inside")
                .display()
                .to_string();
            if path.is_dir() {
                folders.push(path);
            } else if name.starts_with("results/") {
                let mut result = json(&path);
                let environment = result
                    .as_object_mut()
                    .expect("an object")
                    .remove("environment");
                assert!(environment.is_some(), "{name}");
                files.insert(name, result.to_string().into_bytes());
            } else if name != "part.json" {
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

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
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let class = path("class");
    fs::create_dir(&class).expect("a folder");
    let model = make_class(&class, if full() { 300 } else { 24 });

    graded(&class, &path("first"), &[]);
    assert_as_modelled(&path("first"), &model);
    let first = written(&path("first"));
    assert_table_and_page(&first, &model);

    // Nothing is checked again, and nothing is another one.
    let started = Instant::now();
    graded(&class, &path("first"), &["--jobs", "1"]);
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    assert_same(&first, &written(&path("first")));

    let busy = Busy::all_cores();
    graded(&class, &path("busy"), &["--jobs", "3"]);
    drop(busy);
    assert_same(&first, &written(&path("busy")));

    for part in ["1", "2", "3"] {
        let kind = if full() { "hash" } else { "slice" };
        let partition = format!("{kind}:{part}/3");
        graded(&class, &path(part), &["--partition", &partition]);
    }
    assert_merged(folder.path(), &first);
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
    let head = format!("name,{},total", EXERCISES.join(","));
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
    while !left_in(folders).is_empty() && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(left_in(folders), Vec::<String>::new());
}

#[test]
fn who_is_killed_or_interrupted_at_any_moment_goes_on_and_ends_with_the_same_result() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let class = path("class");
    fs::create_dir(&class).expect("a folder");
    make_class(&class, 10);
    graded(&class, &path("whole"), &[]);
    // Without what only the first run has to do: compiling.
    let started = Instant::now();
    graded(&class, &path("timed"), &[]);
    let long = started.elapsed();
    let whole = written(&path("whole"));
    let folders = [folder.path().to_owned(), root().join("target/course/check")];

    let times = if full() { 50 } else { 5 };
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
    let interrupted = interrupted.spawn().expect("course starts");
    let begun = || fs::read_dir(path("stopped").join("results")).is_ok_and(|it| it.count() > 0);
    let started = Instant::now();
    while !begun() && started.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let number = interrupted.id().to_string();
    let sent = Command::new("kill")
        .args(["-INT", &number])
        .status()
        .expect("kill is there");
    assert!(sent.success());
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

/// Writes one learner's answer.
fn class_of_one(folder: &Path, file: &str, answer: &str) -> PathBuf {
    let class = folder.join("class");
    fs::create_dir_all(class.join("ada")).expect("a folder");
    fs::write(class.join("ada").join(file), answer).expect("a file");
    class
}

#[test]
fn what_changed_is_graded_again_and_only_that() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = class_of_one(
        folder.path(),
        "1_two_lines.rs",
        &read("exercises/05_lock/1_two_lines.rs"),
    );
    let out = folder.path().join("out");
    let result = out.join("results/ada.json");
    graded(&class, &out, &[]);
    assert_eq!(json(&result)["results"][1]["verdict"], "pending");
    let written_at = || {
        fs::metadata(&result)
            .expect("is there")
            .modified()
            .expect("a time")
    };
    let before = written_at();
    fs::write(class.join("ada/notes.txt"), "no exercise").expect("a file");
    graded(&class, &out, &[]);
    assert_eq!(written_at(), before);
    class_of_one(
        folder.path(),
        "1_two_lines.rs",
        &read("solutions/05_lock/1_two_lines.rs"),
    );
    graded(&class, &out, &[]);
    assert_eq!(json(&result)["results"][1]["verdict"], "passed");
    assert!(!out.join("reports/ada").exists(), "the old report is gone");
    graded(&class, &out, &["--seed", "7"]);
    assert_eq!(json(&result)["key"]["seed"], 7);
    // A result that was cut short is none.
    fs::write(&result, "{").expect("a file");
    graded(&class, &out, &["--seed", "7"]);
    assert_eq!(json(&result)["name"], "ada");
}

#[test]
fn what_the_checker_cannot_tell_is_tried_twice_and_is_not_the_learners_fault() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    // Counts for ever, which nothing proves to be endless.
    let answer = format!(
        "fn open_bakery(_: u32, trays: &mp::Value<u32>) -> std::io::Result<()> {{\n    \
         loop {{ trays.set(trays.get().wrapping_add(1)); }}\n}}\n{GIVEN}\n"
    );
    let class = class_of_one(folder.path(), "1_function.rs", &answer);
    let out = folder.path().join("out");
    let output = grade(&class, &out, &[]).output().expect("course starts");
    assert_eq!(status(&output), 3, "{}", text(&output.stderr));
    let result = json(&out.join("results/ada.json"));
    let marked = &result["results"][0];
    assert_eq!(
        (&marked["verdict"], &marked["again"]),
        (&"inconclusive".into(), &true.into())
    );
    assert_eq!(
        result["environment"]["retried"],
        serde_json::json!([EXERCISES[0]])
    );
    let said = text(&output.stdout);
    assert!(said.contains("not the learners' fault"), "{said}");
    assert_eq!(
        json(&out.join("summary.json"))["submissions"][0]["again"],
        true
    );
}

#[test]
fn archives_that_would_be_large_or_cannot_be_read_take_neither_time_nor_room() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = folder.path().join("class");
    fs::create_dir(&class).expect("a folder");
    // Hundreds of megabytes of zeros, of which a thousandth is left after packing.
    let zeros = vec![0_u8; 300 << 20];
    let file = "05_lock/1_two_lines.rs".to_owned();
    tar_of(
        &class.join("bomb.tar.gz"),
        &[(file.clone(), &zeros), ("a".to_owned(), &zeros)],
    );
    zip_of(&class.join("zip-bomb.zip"), &[(file, &zeros)]);
    drop(zeros);
    let archive = fs::read(class.join("zip-bomb.zip")).expect("is there");
    fs::write(class.join("cut.zip"), &archive[..archive.len() / 2]).expect("a file");
    let (out, started) = (folder.path().join("out"), Instant::now());
    graded(&class, &out, &[]);
    assert!(started.elapsed() < Duration::from_secs(60));
    let message = |name: &str, index: usize| {
        let result = json(&out.join(format!("results/{name}.json")));
        let marked = &result["results"][index];
        format!(
            "{} {}",
            marked["verdict"],
            marked["message"].as_str().expect("a text")
        )
    };
    assert!(
        message("bomb", 0).contains("longer than all exercises"),
        "{}",
        message("bomb", 0)
    );
    assert!(message("cut", 0).starts_with("null what was handed in cannot be read"));
    assert!(
        message("zip-bomb", 1).starts_with("\"not_allowed\""),
        "{}",
        message("zip-bomb", 1)
    );
    assert_eq!(message("zip-bomb", 0), "null not handed in");
}

#[test]
fn what_cannot_be_graded_is_told() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    let told = |class: &Path, more: &[&str]| {
        let output = grade(class, &out, more).output().expect("course starts");
        assert_eq!(status(&output), 2, "{}", text(&output.stderr));
        text(&output.stderr)
    };
    assert!(told(folder.path(), &[]).contains("there are no submissions"));
    assert!(told(&folder.path().join("nowhere"), &[]).contains("is no folder"));
    let list = folder.path().join("list");
    fs::write(&list, "a/ada\n").expect("a file");
    assert!(told(&list, &[]).contains("a/ada"));
    assert!(told(folder.path(), &["--partition", "slice:4/3"]).contains("no partition"));
    assert!(told(folder.path(), &["--partition", "auto"]).contains("JOB_COMPLETION_INDEX"));
}

#[test]
fn an_array_job_grades_its_part() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = folder.path().join("class");
    for learner in ["ada", "ben", "cleo", "dora"] {
        fs::create_dir_all(class.join(learner)).expect("a folder");
    }
    for job in 0..2 {
        let out = folder.path().join(format!("{job}"));
        let mut command = grade(&class, &out, &["--partition", "auto"]);
        command
            .env("JOB_COMPLETION_INDEX", job.to_string())
            .env("JOB_COMPLETIONS", "2");
        let output = command.output().expect("course starts");
        assert_eq!(status(&output), 0, "{}", text(&output.stderr));
        let summary = json(&out.join("summary.json"));
        let names: Vec<&str> = summary["submissions"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it["name"].as_str().expect("a name"))
            .collect();
        assert_eq!(names, [["ada", "cleo"], ["ben", "dora"]][job as usize]);
    }
}

#[test]
fn the_autograder_for_gradescope_writes_results_whatever_happens() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let base = folder.path();
    let zip = base.join("autograder.zip");
    let mut package = course();
    package.args([
        "author",
        "package",
        "--gradescope",
        "--exercises",
        EXERCISES[1],
        "--out",
    ]);
    let output = package.arg(&zip).output().expect("course starts");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let mut archive = zip::ZipArchive::new(File::open(&zip).expect("is there")).expect("a zip");
    archive
        .extract(base.join("source"))
        .expect("can be unpacked");
    let syntax = Command::new("bash")
        .arg("-n")
        .arg(base.join("source/setup.sh"))
        .status();
    assert!(syntax.expect("bash is there").success());
    let run = || {
        let mut run = Command::new(base.join("source/run_autograder"));
        run.env("AUTOGRADER", base);
        for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let home = std::env::var(variable).ok().map(PathBuf::from);
            let default = || std::env::home_dir().map(|home| home.join(folder));
            run.env(variable, home.or_else(default).expect("a home"));
        }
        let output = run.output().expect("can be run");
        assert!(output.status.success(), "{}", text(&output.stderr));
        json(&base.join("results/results.json"))
    };
    // There is no course yet, as when the set-up failed.
    let failed = run();
    assert_eq!(failed["tests"][0]["name"], "Autograder failed");
    assert_eq!(failed["tests"][0]["score"], 0);
    std::os::unix::fs::symlink(root(), base.join("course")).expect("a link");
    fs::create_dir(base.join("submission")).expect("a folder");
    let none = run();
    assert!(
        none["tests"][0]["output"]
            .as_str()
            .expect("a text")
            .contains("not handed in"),
        "{none}"
    );
    let wrong = read("tests/wrong/05_lock/1_two_lines/no_lock.rs");
    fs::write(base.join("submission/1_two_lines.rs"), wrong).expect("a file");
    let results = run();
    assert_eq!(
        (
            &results["tests"][0]["score"],
            &results["tests"][0]["status"]
        ),
        (&1.0.into(), &"failed".into())
    );
    let output = results["tests"][0]["output"].as_str().expect("a text");
    assert!(
        output.contains("--> exercises/05_lock/1_two_lines.rs:"),
        "{output}"
    );
    assert!(
        output.contains("println!(\"{number}: {} is running\""),
        "the learner's own line: {output}"
    );
}

#[test]
fn a_progress_bar_is_only_for_a_terminal() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = class_of_one(folder.path(), "1_two_lines.rs", "");
    let output = graded(&class, &folder.path().join("out"), &[]);
    assert_eq!(text(&output.stderr), "");
}

#[test]
#[ignore = "starts the daemons of Slurm, which needs root and Debian's slurm-wlm, munge and parallel"]
fn an_array_of_slurm_and_gnu_parallel_come_to_the_same_as_one_machine() {
    let _alone = alone();
    let mut script = Command::new(root().join("tests/slurm.sh"));
    script.arg(assert_cmd::cargo::cargo_bin!("course"));
    let output = script.output().expect("bash is there");
    let said = text(&output.stdout);
    assert_eq!(status(&output), 0, "{said}{}", text(&output.stderr));
    assert!(said.contains("Slurm: the same as in one piece"), "{said}");
    assert!(
        said.contains("GNU parallel: the same as in one piece"),
        "{said}"
    );
}

/// Answers as learners hand them in: two thirds of the right ones are the solution.
fn likely_answers(exercise: &str) -> Vec<String> {
    let solution = format!("solutions/{exercise}.rs");
    let mut files = vec![
        solution.clone(),
        format!("exercises/{exercise}.rs"),
        solution,
    ];
    let known = util::wrong_answers()
        .into_iter()
        .chain(util::right_answers());
    files.extend(known.filter(|it| it.exercise == exercise).map(|it| it.file));
    files
}

#[test]
#[ignore = "measures, and takes minutes"]
fn how_long_a_class_takes() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    let learners = std::env::var("COURSE_LEARNERS").map_or(6, |it| it.parse().expect("a number"));
    for learner in 0..learners {
        for (index, id) in util::ids().iter().enumerate() {
            let answers = likely_answers(id);
            let file = class.join(format!("learner{learner}/{id}.rs"));
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            // Nobody's program was compiled before.
            let stamp = format!("{:?}", std::time::SystemTime::now());
            let text = read(&answers[(learner * 5 + index) % answers.len()]);
            fs::write(
                file,
                text.replacen(GIVEN, &format!("// {stamp}\n{GIVEN}"), 1),
            )
            .expect("a file");
        }
    }
    let mut command = course();
    command.arg("grade").arg(&class).arg("--out").arg(&out);
    let started = Instant::now();
    let output = command.output().expect("course starts");
    let (took, code) = (started.elapsed(), status(&output));
    let (mut sum, mut count) = (0, 0);
    for entry in fs::read_dir(out.join("results")).expect("a folder") {
        let result = json(&entry.expect("an entry").path());
        let each = result["environment"]["milliseconds"]
            .as_object()
            .expect("an object");
        count += each.len();
        sum += each.values().filter_map(Value::as_u64).sum::<u64>();
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "{learners} submissions, {count} checks on {cores} cores: {took:?}, exit status {code}"
    );
    println!(
        "a check takes {} ms of a core; load: {load}",
        sum / count as u64
    );
    println!(
        "written: {} MB",
        written(&out).values().map(Vec::len).sum::<usize>() >> 20
    );
}
