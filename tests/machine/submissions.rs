//! Submissions one by one: what is taken of them, what becomes of it, and the jobs that grade them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::util::class::{EXERCISES, grade, graded, json, tar_of, zip_of};
use crate::util::stopwatch::Stopwatch;
use crate::util::{self, GIVEN, course, read, root, status, text};
use crate::{alone, beside_others};

/// Writes one learner's answer.
fn class_of_one(folder: &Path, file: &str, answer: &str) -> PathBuf {
    let class = folder.join("class");
    fs::create_dir_all(class.join("ada")).expect("a folder");
    fs::write(class.join("ada").join(file), answer).expect("a file");
    class
}

#[test]
fn what_changed_is_graded_again_and_only_that() {
    let _beside = beside_others();
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
    // How long a check took is another number each time.
    let before = json(&result)["environment"].clone();
    fs::write(class.join("ada/notes.txt"), "no exercise").expect("a file");
    graded(&class, &out, &[]);
    assert_eq!(json(&result)["environment"], before);
    let ignored = &json(&result)["ignored"]["entries"][0];
    assert_eq!(ignored["path"], "notes.txt", "it is named all the same");
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
fn a_limit_that_a_program_reaches_is_its_result_and_is_not_tried_again() {
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    // Counts for ever, which nothing proves to be endless.
    let answer = format!(
        "fn open_bakery(_: u32, trays: &mp::Value<u32>) -> std::io::Result<()> {{\n    \
         loop {{ trays.set(trays.get().wrapping_add(1)); }}\n}}\n{GIVEN}\n"
    );
    let class = class_of_one(folder.path(), "1_function.rs", &answer);
    let out = folder.path().join("out");
    let output = grade(&class, &out, &[]).output().expect("course starts");
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let result = json(&out.join("results/ada.json"));
    let marked = &result["results"][0];
    assert_eq!(
        (&marked["verdict"], &marked["again"], &marked["points"]),
        (&"over_limit".into(), &false.into(), &0.into())
    );
    assert_eq!(result["environment"]["retried"], serde_json::json!([]));
    let said = text(&output.stdout);
    assert!(!said.contains("fault"), "{said}");
    let report = marked["report"].as_str().expect("a report");
    let report = fs::read_to_string(out.join(report)).expect("is there");
    assert!(
        report.contains("The program itself reaches this limit"),
        "{report}"
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
    let (out, started) = (folder.path().join("out"), Stopwatch::start());
    graded(&class, &out, &[]);
    assert!(started.time() < Duration::from_secs(60));
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
        message("zip-bomb", 1).contains("is longer than 1 MiB"),
        "{}",
        message("zip-bomb", 1)
    );
    assert_eq!(message("zip-bomb", 0), "null not handed in");
}

#[test]
fn what_cannot_be_graded_is_told() {
    let _beside = beside_others();
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
    let _beside = beside_others();
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
    let _beside = beside_others();
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
    let wrong = util::handed_in("tests/wrong/05_lock/1_two_lines/no_lock.rs");
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
    let _beside = beside_others();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let class = class_of_one(folder.path(), "1_two_lines.rs", "");
    let output = graded(&class, &folder.path().join("out"), &[]);
    // What contained the programs is told, and nothing else.
    let told = text(&output.stderr);
    assert!(told.starts_with("sandbox: "), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
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
