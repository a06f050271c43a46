//! One submission cannot stop a class: whatever it does to the checker, to the compiler or to the
//! machine's time is told in its own result, and the others are graded as alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sched_segment::os::proc::Stat;
use serde_json::Value;

use crate::by_itself::{self, Who};
use crate::util::class::json;
use crate::util::{self, GIVEN, PATIENCE, read, root, status, text};
use crate::{alone, beside_others};

const EXERCISE: &str = "05_lock/1_two_lines";
/// What the check of an exercise may take of a core, whatever is handed in. It is about as much in a
/// build that is not optimised, where the checker's own part takes several times as long.
const MOST: Duration = Duration::from_secs(if cfg!(debug_assertions) { 15 } else { 10 });
/// Honest learners in a class with everybody who is not.
const HONEST: usize = 20;

/// The command, in the course.
fn course() -> Command {
    util::prepare();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("course"));
    command.current_dir(root());
    command
}

/// Hands in an answer to the exercise.
fn hand_in(class: &Path, name: &str, answer: &str) {
    let file = class.join(name).join("1_two_lines.rs");
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, answer).expect("a file");
}

fn solution() -> String {
    read(&format!("solutions/{EXERCISE}.rs"))
}

/// Grades the exercise alone.
fn grading(class: &Path, out: &Path) -> Command {
    let mut command = course();
    command
        .arg("grade")
        .arg(class)
        .arg("--out")
        .arg(out)
        .args(["--exercises", EXERCISE])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn marked(out: &Path, name: &str) -> Value {
    json(&out.join(format!("results/{name}.json")))["results"][0].clone()
}

/// A pipe in the place of a result: whoever reads it waits until somebody has it open for writing.
fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.expect("mkfifo is there").success());
}

/// The process that grades a learner's submission.
fn grader_of(name: &str, class: &mut Child) -> i32 {
    let started = Instant::now();
    loop {
        assert!(started.elapsed() < PATIENCE, "nobody grades {name}");
        assert!(
            class.try_wait().expect("can be asked").is_none(),
            "it ended"
        );
        for process in fs::read_dir("/proc").expect("is there").flatten() {
            let typed = fs::read(process.path().join("cmdline")).unwrap_or_default();
            let typed = String::from_utf8_lossy(&typed).into_owned();
            let wanted = format!("{}:0:{name}", class.id());
            if typed.split('\0').any(|it| it == wanted) {
                let number = process.file_name().into_string().expect("a number");
                return number.parse().expect("a number");
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_submission_at_which_the_checker_dies_has_a_result_that_says_so_and_the_next_is_graded() {
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    for name in ["ada", "ben", "cleo"] {
        hand_in(&class, name, &solution());
    }
    pipe(&out.join("results/ben.json"));
    let mut grading = grading(&class, &out);
    let mut running = grading
        .arg("--jobs")
        .arg("1")
        .spawn()
        .expect("course starts");
    let grader = grader_of("ben", &mut running);
    let killed = Command::new("kill")
        .args(["-ABRT", &grader.to_string()])
        .status();
    assert!(killed.expect("kill is there").success());
    let output = running.wait_with_output().expect("ends");
    assert_eq!(status(&output), 3, "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains("could not judge everything of ben"), "{said}");
    for name in ["ada", "cleo"] {
        assert_eq!(marked(&out, name)["verdict"], "passed");
    }
    let ben = marked(&out, "ben");
    let message = ben["message"].as_str().expect("a message");
    assert!(message.contains("the checker itself failed"), "{message}");
    assert!(message.contains("SIGABRT"), "{message}");
    assert_eq!(
        (&ben["verdict"], &ben["again"]),
        (&"inconclusive".into(), &true.into())
    );
    // It is tried again, and what is graded is not.
    let again = self::grading(&class, &out).output().expect("course starts");
    assert_eq!(status(&again), 0, "{}", text(&again.stderr));
    assert_eq!(marked(&out, "ben")["verdict"], "passed");
}

/// Answers after which another check would come to the same.
fn attack(name: &str) -> String {
    read(&format!("tests/attacks/{name}.rs"))
}

#[test]
fn what_a_program_brings_about_itself_is_its_result_for_good() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (class, out) = (folder.path().join("class"), folder.path().join("out"));
    let nested = format!(
        "fn open_shop(_: u32) -> std::io::Result<()> {{ let _ = {}1{}; Ok(()) }}\n{GIVEN}\n",
        "(".repeat(15_000),
        ")".repeat(15_000)
    );
    hand_in(&class, "nested", &nested);
    let endless = attack("compile_evaluates_a_constant_for_ever");
    hand_in(&class, "endless", &endless);
    let line = "    let mut started = Vec::new();\n";
    let count = "    let count = mp::Value::new(0_u32);\n    \
                 (0..45_000).for_each(|_| count.set(count.get() + 1));\n";
    let often = solution().replace(line, &format!("{count}{line}"));
    assert!(often.contains(count));
    hand_in(&class, "often", &often);
    let output = grading(&class, &out).output().expect("course starts");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let gave_up = "the compiler gave up on this program";
    for (name, verdict, words) in [
        ("nested", "build_error", gave_up),
        ("endless", "build_error", gave_up),
        (
            "often",
            "over_limit",
            "does more in its schedules than a check can follow",
        ),
    ] {
        let marked = marked(&out, name);
        let message = marked["message"].as_str().expect("a message");
        assert_eq!(
            (&marked["verdict"], &marked["again"]),
            (&verdict.into(), &false.into())
        );
        assert!(message.contains(words), "{name}: {message}");
        assert_eq!(marked["points"], 0);
    }
    // Nothing is left to do.
    let started = Instant::now();
    let again = grading(&class, &out).output().expect("course starts");
    assert_eq!(status(&again), 0, "{}", text(&again.stderr));
    assert!(
        started.elapsed() < Duration::from_secs(3),
        "{:?}",
        started.elapsed()
    );
}

/// CPU time of all processes that this one has waited for, and that these have.
fn cpu() -> Duration {
    let me = i32::try_from(std::process::id()).expect("a process id");
    Stat::of(me).expect("is there").of_children
}

/// Runs a command as one who is not let past the rights of files: root without its capabilities, where
/// it is root.
fn without_capabilities(command: &Command) -> Option<Command> {
    use std::os::unix::fs::MetadataExt;
    let is_root = fs::metadata("/proc/self").expect("is there").uid() == 0;
    let there = Command::new("setpriv").arg("--version").output().is_ok();
    let mut without = (is_root && there).then(|| Command::new("setpriv"))?;
    without
        .args(["--bounding-set=-all", "--inh-caps=-all"])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(root());
    Some(without)
}

#[test]
fn nothing_is_carried_from_one_schedule_to_the_next_with_and_without_the_rights_of_root() {
    let _beside = beside_others();
    let files = util::files_below("tests/attacks");
    let remember = files.iter().filter(|it| it.contains("/remembers_by_"));
    let mut tried = 0;
    for file in remember {
        let mut command = course();
        command.args(["check", EXERCISE, "--file", file]);
        let usual = text(&command.output().expect("course starts").stdout);
        // What is printed with 3 of 4 points did not find anything that was kept.
        assert!(usual.contains("requirement not met"), "{file}: {usual}");
        if let Some(mut without) = without_capabilities(&command) {
            let other = text(&without.output().expect("course starts").stdout);
            assert_eq!(other, usual, "{file}");
        }
        tried += 1;
    }
    assert!(tried >= 4, "{tried} tried");
}

/// Attacks that only the long form tries, most of them on the machine's time: in the first line of each
/// stands `slow`. Each with the points that it must get.
fn slow() -> Vec<(String, u64)> {
    let slow = |file: String| {
        let text = read(&file);
        let first = text.lines().next()?.strip_suffix("; slow")?;
        let (_, points) = first.split_once("points: ")?;
        Some((file, points.parse().expect("a number")))
    };
    let files = util::files_below("tests/attacks");
    files.into_iter().filter_map(slow).collect()
}

#[test]
#[ignore = "long: 4 minutes"]
fn long_no_attack_takes_more_time_than_it_may_or_leaves_anything_with_and_without_rights_of_root() {
    let _alone = alone();
    util::prepare();
    let slow = slow();
    assert!(slow.len() >= 35, "{} are slow", slow.len());
    let mut wrong = Vec::new();
    for (file, points) in slow {
        for who in [Who::Same, Who::WithoutRights] {
            if !Who::all().contains(&who) {
                continue;
            }
            let mut command = course();
            command.args(["check", EXERCISE, "--format", "json", "--file", &file]);
            let began = cpu();
            let (output, left) = by_itself::run(&command, who);
            let took = cpu() - began;
            let result = util::result(&output);
            println!("{file}, {who:?}: {} after {took:?}", result["verdict"]);
            if took > MOST || result["points"] != points || left.is_some() {
                wrong.push(format!("{file}, {who:?}: {took:?}, {left:?}, {result}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What everybody got: verdict, points and message.
fn grades(out: &Path) -> BTreeMap<String, (Value, Value, Value)> {
    let results = fs::read_dir(out.join("results")).expect("a folder");
    let results = results.map(|entry| json(&entry.expect("an entry").path()));
    let grade = |result: Value| {
        let it = &result["results"][0];
        let name = result["name"].as_str().expect("a name").to_owned();
        (
            name,
            (
                it["verdict"].clone(),
                it["points"].clone(),
                it["message"].clone(),
            ),
        )
    };
    results.map(grade).collect()
}

#[test]
#[ignore = "long: 5 minutes"]
fn long_a_class_with_every_attack_is_graded_to_its_end_and_the_honest_ones_as_alone() {
    let _alone = alone();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let answers: Vec<util::Answer> = util::right_answers()
        .into_iter()
        .chain(util::wrong_answers())
        .filter(|it| it.exercise == EXERCISE)
        .collect();
    for learner in 0..HONEST {
        let answer = util::handed_in(&answers[learner % answers.len()].file);
        for class in ["honest", "all"] {
            hand_in(&path(class), &format!("honest{learner:02}"), &answer);
        }
    }
    for file in util::files_below("tests/attacks") {
        let name = file
            .rsplit('/')
            .next()
            .expect("a name")
            .trim_end_matches(".rs");
        hand_in(&path("all"), name, &read(&file));
    }
    let grade_all = |class: &str| {
        let out: PathBuf = path(&format!("{class}-out"));
        let output = grading(&path(class), &out).output().expect("course starts");
        assert!(
            [0, 3].contains(&status(&output)),
            "{}",
            text(&output.stderr)
        );
        assert!(out.join("grades.csv").exists() && out.join("index.html").exists());
        grades(&out)
    };
    let (alone, mut among) = (grade_all("honest"), grade_all("all"));
    among.retain(|name, (_, points, _)| {
        let honest = alone.contains_key(name);
        assert!(honest || points.as_u64() < Some(4), "{name} got all points");
        honest
    });
    assert_eq!(among, alone);
}
