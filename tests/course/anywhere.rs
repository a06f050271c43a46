//! Programs of one's own, one or many, of any edition, also where there is no course.

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::util::{call, course, result, status, text};

/// Takes the lock for reading, and until edition 2024 keeps it where it takes it for writing.
const KEEPS_A_GUARD: &str = "use std::sync::RwLock;
fn main() {
    let bread = RwLock::new(None);
    let loaf = if let Some(loaf) = *bread.read().unwrap() { loaf } else { *bread.write().unwrap() = Some(1); 1 };
    println!(\"{loaf}\");
}
";
const ARGUMENTS: &str = "#![deny(warnings, unused_crate_dependencies)]
fn main() {
    println!(\"{:?}\", std::env::args().skip(1).collect::<Vec<_>>());
}
";

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, content).expect("written");
    }
    folder
}

fn in_folder(folder: &Path, args: &[&str], cache: &Path) -> Output {
    let mut course = course();
    course.current_dir(folder).env("XDG_CACHE_HOME", cache);
    course.args(args).output().expect("course can be started")
}

#[test]
fn an_older_edition_is_asked_for_and_repeated() {
    let folder = folder(&[("a.rs", KEEPS_A_GUARD)]);
    let file = folder.path().join("a.rs").display().to_string();
    let check = |more: &[&str]| call(&[&["check", &file], more].concat());
    assert_eq!(status(&check(&[])), 0);
    let old = check(&["--edition", "2021"]);
    let told = text(&old.stdout);
    assert!(
        told.contains("deadlock: main waits for RwLock-1 (line 4)"),
        "{told}"
    );
    assert!(told.contains("0 --edition 2021"), "{told}");
    let refused = call(&["check", "05_lock/1_two_lines", "--edition", "2021"]);
    assert_eq!(status(&refused), 2);
}

#[test]
fn arguments_stand_behind_two_dashes_and_lints_know_no_crate_that_is_not_used() {
    let folder = folder(&[("a.rs", ARGUMENTS)]);
    let file = folder.path().join("a.rs").display().to_string();
    let checked = call(&["check", &file, "--format", "json", "--", "5", "--x"]);
    assert_eq!(result(&checked)["verdict"], "passed");
    let ran = call(&["run", &file, "5", "b"]);
    assert_eq!(text(&ran.stdout), "[\"5\", \"b\"]\n");
    let expected = folder.path().join("expected");
    fs::write(&expected, "[\"5\", \"--x\"]\n").expect("written");
    let expected = expected.display().to_string();
    let checked = call(&["check", &file, "--expect", &expected, "--", "5", "--x"]);
    assert_eq!(status(&checked), 0, "{}", text(&checked.stdout));
}

#[test]
fn the_programs_of_a_folder_are_checked_one_after_the_other_with_one_summary() {
    let folder = folder(&[
        ("one.rs", ARGUMENTS),
        ("deep/two.rs", "fn main() { panic!(\"burnt\") }"),
        ("deep/module.rs", "pub fn f() {}"),
    ]);
    let name = folder.path().display().to_string();
    let checked = call(&["check", &name]);
    assert_eq!(status(&checked), 1);
    let told = text(&checked.stdout);
    assert!(told.contains("1 of 2 programs passed"), "{told}");
    assert!(text(&checked.stderr).contains("1 file without `fn main` is left out"));
    let none = tempfile::tempdir().expect("a temporary folder");
    let none = call(&["check", &none.path().display().to_string()]);
    assert_eq!(status(&none), 2);
    assert!(text(&none.stderr).contains("there is no program in"));
}

#[test]
fn a_program_that_cannot_be_run_is_told_as_the_compiler_does() {
    let folder = folder(&[("a.rs", "fn main() { loaf }")]);
    let ran = call(&["run", &folder.path().join("a.rs").display().to_string()]);
    assert_eq!(status(&ran), 1);
    assert!(
        text(&ran.stderr).contains("error[E0425]"),
        "{}",
        text(&ran.stderr)
    );
}

#[test]
fn where_there_is_no_course_one_is_needed_for_exercises_alone() {
    let folder = folder(&[("a.rs", ARGUMENTS)]);
    let cache = folder.path().join("cache");
    let call = |args: &[&str]| in_folder(folder.path(), args, &cache);
    let exercise = call(&["check", "05_lock"]);
    assert_eq!(status(&exercise), 2);
    assert!(text(&exercise.stderr).contains("course check path/to/file.rs"));
    let missing = call(&["check", "b.rs"]);
    assert_eq!(status(&missing), 2);
    assert!(text(&missing.stderr).contains("there is no file `b.rs`"));
    assert!(!cache.exists());
}

/// Builds the libraries.
#[test]
#[ignore = "takes a minute"]
fn long_a_program_is_checked_and_run_where_there_never_was_a_course() {
    let folder = folder(&[("deep/a.rs", ARGUMENTS)]);
    let cache = folder.path().join("cache");
    let call = |args: &[&str]| in_folder(folder.path(), args, &cache);
    let first = call(&["check", "deep/a.rs"]);
    let told = text(&first.stdout);
    assert!(told.starts_with("deep/a.rs: passed"), "{told}");
    assert!(text(&first.stderr).contains("There is no course here"));
    let second = call(&["run", "deep/a.rs", "5"]);
    assert_eq!(text(&second.stdout), "[\"5\"]\n");
    assert_eq!(text(&second.stderr), "", "all is there");
}
