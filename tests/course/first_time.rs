//! What a person meets who has not everything that the course needs: each is told what to do.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::util::{self, result, status, text};

const CHECK: [&str; 4] = ["check", "05_lock/1_two_lines", "--format", "json"];

/// A call of `course` in a folder, as from a shell: cargo sets variables for those it runs.
fn course_in(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("CARGO") {
            command.env_remove(name);
        }
    }
    command.env_remove("RUSTC");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    command
}

fn call(command: &mut Command) -> Output {
    command.output().expect("course can be started")
}

/// A temporary folder with a course in it.
fn new_course() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = call(course_in(folder.path()).arg("init"));
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let course = folder.path().join("course");
    (folder, course)
}

/// A folder with commands that say this of their version.
fn commands(folder: &Path, says: &[(&str, &str)]) {
    for (name, script) in says {
        let file = folder.join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("can be written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("ours");
    }
}

/// The check was not done, and the message says why.
#[track_caller]
fn assert_not_done(output: &Output, says: &[&str]) {
    let result = result(output);
    let message = result["message"].as_str().expect("a message");
    assert_eq!(
        (status(output), &result["verdict"]),
        (3, &"inconclusive".into()),
        "{message}"
    );
    for words in says {
        assert!(message.contains(words), "{words}: {message}");
    }
}

#[test]
fn where_there_is_no_course_every_command_tells_how_to_make_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for args in [&[][..], &["check"], &["check", "05_lock"], &["list"]] {
        let output = call(course_in(folder.path()).args(args));
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{args:?}: {told}");
        assert!(told.contains("\n    course init\n"), "{args:?}: {told}");
    }
}

#[test]
fn without_rust_a_folder_is_made_with_a_warning_and_a_check_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let without =
        |args: &[&str], place: &Path| call(course_in(place).args(args).env("PATH", "/nowhere"));
    let output = without(&["init"], folder.path());
    let told = text(&output.stderr);
    assert_eq!(status(&output), 0, "{told}");
    assert!(
        told.contains("warning: nothing can be checked yet"),
        "{told}"
    );
    assert!(told.contains("https://rustup.rs"), "{told}");
    let course = folder.path().join("course");
    assert_not_done(
        &without(&CHECK, &course),
        &["is Rust installed?", "rustup.rs"],
    );
    let output = without(&["run", "05_lock/1_two_lines"], &course);
    let told = text(&output.stderr);
    assert!(told.contains("is Rust installed?"), "{told}");
}

#[test]
fn an_old_rust_is_told_with_the_version_that_is_needed() {
    let (folder, course) = new_course();
    let cargo = ("cargo", "echo 'cargo 1.85.0'");
    let rustc = ("rustc", "echo 'rustc 1.85.0 (4d91de4e4 2025-02-17)'");
    commands(folder.path(), &[cargo, rustc]);
    let with =
        |args: &[&str], place: &Path| call(course_in(place).args(args).env("PATH", folder.path()));
    let needed = env!("CARGO_PKG_RUST_VERSION");
    assert_not_done(&with(&CHECK, &course), &["1.85.0", needed, "rustup update"]);
    let output = with(&["init", "other"], folder.path());
    let told = text(&output.stderr);
    assert_eq!(status(&output), 0, "{told}");
    assert!(
        told.contains("warning") && told.contains("rustup update"),
        "{told}"
    );
}

#[test]
fn a_rust_that_does_not_work_is_quoted() {
    let (folder, course) = new_course();
    let says = "echo 'error: no default toolchain is configured' >&2; exit 1";
    commands(folder.path(), &[("cargo", says), ("rustc", says)]);
    let output = call(course_in(&course).args(CHECK).env("PATH", folder.path()));
    assert_not_done(&output, &["`cargo` does not work", "no default toolchain"]);
}

#[test]
fn without_network_it_is_told_what_is_to_be_fetched_once() {
    let (folder, course) = new_course();
    let check = |name: &str, value: &str| {
        let mut command = course_in(&course);
        command
            .args(CHECK)
            // Nothing was ever fetched.
            .env("CARGO_HOME", folder.path().join("cargo"))
            .env("CARGO_NET_RETRY", "0")
            .env(name, value);
        if let Some(rustup) = rustup_home() {
            command.env("RUSTUP_HOME", rustup);
        }
        call(&mut command)
    };
    // Nobody listens there.
    let unreachable = check("CARGO_HTTP_PROXY", "http://127.0.0.1:9");
    assert_not_done(&unreachable, &["Connect to the network", "cargo says: "]);
    let offline = check("CARGO_NET_OFFLINE", "true");
    assert_not_done(
        &offline,
        &["cargo is to work offline", "Allow it the network once"],
    );
}

/// Where rustup keeps its toolchains, which need not be told otherwise than by the home folder.
fn rustup_home() -> Option<PathBuf> {
    let asked = std::env::var_os("RUSTUP_HOME").map(PathBuf::from);
    asked.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".rustup")))
}

#[test]
fn what_is_in_the_place_of_a_folder_is_told_by_its_name() {
    let (_folder, course) = new_course();
    fs::write(course.join("target"), "").expect("can be written");
    let output = call(course_in(&course).args(CHECK));
    assert_not_done(
        &output,
        &[
            "failed to make target/checked",
            "see that you may write there",
        ],
    );
    fs::remove_dir_all(course.join(".zed")).expect("is there");
    fs::write(course.join(".zed"), "mine").expect("can be written");
    let output = call(course_in(&course).args(["init", "--update"]));
    let told = text(&output.stderr);
    assert_eq!(status(&output), 3, "{told}");
    for says in ["is not finished", ".zed/settings.json", "run it again"] {
        assert!(told.contains(says), "{told}");
    }
}

/// Runs a script of the shell in a file system of that kind of its own.
fn mounted(options: &str, folder: &Path, script: &str) -> Output {
    let mut command = util::mounted(options, folder);
    command
        .args(["sh", "-c", &format!("cd \"$1\" || exit 99; {script}"), "sh"])
        .arg(folder)
        .env("COURSE", env!("CARGO_BIN_EXE_course"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.output().expect("there is unshare")
}

#[test]
#[ignore = "needs the right to mount file systems"]
fn on_a_full_disk_nothing_is_left_and_where_nothing_may_be_written_it_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let script = "\"$COURSE\" init; code=$?; ls -A >&2; exit $code";
    for (options, says) in [
        ("size=600k", "No space left on device"),
        ("ro", "Read-only file system"),
    ] {
        let output = mounted(options, folder.path(), script);
        let told = text(&output.stderr);
        assert_eq!(status(&output), 3, "{told}");
        assert!(told.contains(says), "{told}");
        assert!(told.contains("failed to make the folder"), "{told}");
        // Nothing is listed after the message.
        assert!(told.trim_end().ends_with(')'), "{told}");
    }
}

#[test]
#[ignore = "needs the right to mount file systems"]
fn an_update_on_a_full_disk_loses_nothing_and_is_finished_later() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let script = "\"$COURSE\" init >&2; cd course || exit 3
        echo mine > exercises/mine; rm -r checker .course
        dd if=/dev/zero of=fill bs=1k 2>/dev/null
        \"$COURSE\" init --update; test $? = 3 || exit 1
        rm fill; \"$COURSE\" init --update >/dev/null || exit 1
        cat exercises/mine; ls checker; test -z \"$(find . -name '.*.new')\"";
    let output = mounted("size=6m", folder.path(), script);
    let told = text(&output.stderr);
    assert_eq!(status(&output), 0, "{told}");
    assert!(told.contains("is not finished"), "{told}");
    let listed = text(&output.stdout);
    assert!(
        listed.starts_with("mine\n") && listed.contains("sched"),
        "{listed}"
    );
}

#[test]
fn a_broken_list_of_exercises_is_told_with_its_line() {
    let (_folder, course) = new_course();
    let file = "exercises/course.toml";
    let whole = fs::read(course.join(file)).expect("is there");
    let lines = whole.iter().filter(|byte| **byte == b'\n').count();
    for (more, says) in [
        (&b"# \xff\n"[..], "UTF-8".to_owned()),
        (b"[exercise]\nx = 1\n", format!("{file}:{}: ", lines + 2)),
    ] {
        fs::write(course.join(file), [&whole[..], more].concat()).expect("can be written");
        let output = call(course_in(&course).args(CHECK));
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{told}");
        assert!(told.contains(file) && told.contains(&says), "{told}");
    }
}
