//! Whatever is saved during a check: what is judged, shown and remembered is the text it began with.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Output;

use crate::util::{self, GIVEN, course, read, status, text};

const EXERCISE: &str = "05_lock/1_two_lines";

/// A course in which the linker overwrites the exercise's file before it links.
struct Hasty {
    folder: tempfile::TempDir,
}

impl Hasty {
    fn new() -> Hasty {
        let folder = util::copy_of_course();
        let path = std::env::var_os("PATH").expect("is set");
        let linkers = std::env::split_paths(&path).map(|it| it.join("cc"));
        let linker = linkers.into_iter().find(|it| it.is_file());
        let linker = linker.expect("a linker").display().to_string();
        let hasty = Hasty { folder };
        let file = hasty.file().display().to_string();
        let script =
            format!("#!/bin/sh\necho '// saved meanwhile' > {file}\nexec {linker} \"$@\"\n");
        let cc = hasty.folder.path().join("bin/cc");
        util::own_course::write(&cc, &script);
        fs::set_permissions(cc, fs::Permissions::from_mode(0o755)).expect("can be made a program");
        hasty
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join(format!("exercises/{EXERCISE}.rs"))
    }

    fn call(&self, args: &[&str]) -> Output {
        let path = std::env::var("PATH").expect("is set");
        let bin = self.folder.path().join("bin");
        let mut command = course();
        command.current_dir(&self.folder).args(args);
        command.env("PATH", format!("{}:{path}", bin.display()));
        command.output().expect("course can be started")
    }

    /// Checks a learner's part; afterwards the file holds something else.
    fn check(&self, own: &str) -> Output {
        self.save(own);
        // The linker is outside of what the compiler may write.
        let output = self.call(&["check", EXERCISE, "--no-sandbox"]);
        assert_eq!(
            fs::read_to_string(self.file()).expect("is there"),
            "// saved meanwhile\n"
        );
        output
    }

    fn save(&self, own: &str) {
        let solution = read(&format!("solutions/{EXERCISE}.rs"));
        let (_, given) = solution.split_once(GIVEN).expect("a given part");
        fs::write(self.file(), format!("{own}{GIVEN}{given}")).expect("can be written");
    }

    /// How far the learner is with the exercise.
    fn state(&self) -> String {
        let list = self.call(&["list", "--format", "json"]);
        let list: serde_json::Value = serde_json::from_slice(&list.stdout).expect("JSON");
        let entries = list["exercises"].as_array().expect("a list");
        let entry = entries.iter().find(|it| it["exercise"] == EXERCISE);
        entry.expect("is listed")["state"]
            .as_str()
            .expect("a state")
            .to_owned()
    }
}

/// A learner's part that was never compiled before, or nothing would be linked.
fn fresh(file: &str) -> String {
    let whole = read(file);
    let own = whole.split_once(GIVEN).map_or(&*whole, |(own, _)| own);
    let now = std::time::SystemTime::UNIX_EPOCH
        .elapsed()
        .expect("after 1970")
        .as_nanos();
    own.replace(" is running\"", &format!(" is running\" /* {now} */"))
}

#[test]
fn a_file_that_is_saved_during_a_check_mixes_no_texts() {
    util::prepare();
    let hasty = Hasty::new();
    let wrong = fresh(&format!("tests/wrong/{EXERCISE}/no_lock.rs"));
    let output = hasty.check(&wrong);
    let report = text(&output.stdout);
    assert_eq!(status(&output), 1, "{report}{}", text(&output.stderr));
    // A line of it, as far as an excerpt shows it.
    let mark = wrong.split(" */").next().and_then(|it| it.lines().last());
    assert!(report.contains(mark.expect("a line").trim()), "{report}");
    assert!(!report.contains("saved meanwhile"), "{report}");

    let right = fresh(&format!("solutions/{EXERCISE}.rs"));
    let output = hasty.check(&right);
    assert_eq!(status(&output), 0, "{}", text(&output.stdout));
    assert_eq!(hasty.state(), "changed since");
    hasty.save(&right);
    assert_eq!(hasty.state(), "passed");
}
