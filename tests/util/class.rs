//! A made-up class: learners who hand in answers of every kind, in every shape, and a model that says
//! what each is to get.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use super::{GIVEN, read, root, status, text};

/// The exercises of the class: fast ones, of every kind of mistake.
pub const EXERCISES: [&str; 3] = [
    "02_process/1_function",
    "05_lock/1_two_lines",
    "05_lock/4_lock_order",
];
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
        "requirement" | "leak" => 3..=3,
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

/// All kinds of answers to an exercise, and what attacks the checker: one in so many of that.
fn answers(exercise: &str, attacks: usize) -> Vec<Answer> {
    let max = super::exercises()[exercise]["points"].as_integer();
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
            format!("{own}#[unsafe(no_mangle)]\nfn more() {{}}\n{GIVEN}\n"),
            "not_allowed",
        ),
    ];
    let no_text = [b"// \xff\xfe\n".as_slice(), solution.as_bytes()].concat();
    let mut all = vec![answer(max, no_text, "build_error")];
    all.extend(texts.map(|(text, verdict)| answer(max, text, verdict)));
    for known in super::right_answers()
        .into_iter()
        .chain(super::wrong_answers())
    {
        if known.exercise == exercise {
            all.push(answer(max, super::handed_in(&known.file), &known.verdict));
        }
    }
    // What attacks the checker has none of the exercise's functions.
    let hostile = super::files_below("tests/hostile");
    for file in hostile.iter().step_by(attacks) {
        let text = format!("{}\n{GIVEN}\n", read(file));
        all.push(answer(max, text, "build_error"));
    }
    all
}

/// What a learner is to get: by exercise the verdict and the points.
pub type Model = BTreeMap<String, Vec<(Option<String>, std::ops::RangeInclusive<u64>)>>;

/// How a submission is handed in.
#[derive(Clone, Copy)]
enum Shape {
    Names,
    Paths,
    Course,
    Zip,
    TarGz,
}

/// Makes a class of so many in a folder, and says what each is to get. Among the answers is one in
/// so many `attacks` of `tests/hostile`.
pub fn make_class(folder: &Path, learners: usize, attacks: usize) -> Model {
    let all: Vec<Vec<Answer>> = EXERCISES.iter().map(|it| answers(it, attacks)).collect();
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

pub fn zip_of(path: &Path, files: &[(String, &[u8])]) {
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

pub fn tar_of(path: &Path, files: &[(String, &[u8])]) {
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

/// Enough to find all mistakes of the class with this seed.
const SCHEDULES: &str = "60";

/// The command that grades a class.
pub fn grade(class: &Path, out: &Path, more: &[&str]) -> Command {
    super::prepare();
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

/// Grades a class; each gets its grades.
#[track_caller]
pub fn graded(class: &Path, out: &Path, more: &[&str]) -> Output {
    let output = grade(class, out, more)
        .output()
        .expect("course can be started");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    output
}

/// What a file of JSON says.
pub fn json(file: &Path) -> Value {
    let bytes = fs::read(file).unwrap_or_else(|error| panic!("{file:?}: {error}"));
    serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{file:?}: {error}"))
}

/// Everything that grading wrote, by its path; of results without what may differ.
pub fn written(out: &Path) -> BTreeMap<String, Vec<u8>> {
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
