//! `course init`: the folder that it makes, and what an update leaves as it was.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::util::{self, GIVEN, read, result, status, text};

const EXERCISE: &str = "exercises/05_lock/1_two_lines.rs";
const MANIFEST: &str = ".course/manifest.json";

/// Calls `course` in a folder, with a git that knows nobody.
fn call_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = util::course();
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.current_dir(folder).args(args).output();
    output.expect("course can be started, and ends in time")
}

/// The same, which must go well; what was printed.
#[track_caller]
fn told_in(folder: &Path, args: &[&str]) -> String {
    let output = call_in(folder, args);
    assert_eq!(status(&output), 0, "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// A temporary folder with a course in it.
fn new_course() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    told_in(folder.path(), &["init"]);
    let course = folder.path().join("course");
    (folder, course)
}

/// The one course of these tests in which programs are built, and where it was before it was
/// moved.
fn built() -> &'static (PathBuf, Output) {
    static BUILT: OnceLock<(PathBuf, Output)> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("init");
        let _ = fs::remove_dir_all(folder.join("first"));
        let _ = fs::remove_dir_all(folder.join("moved"));
        // What was built is kept for the next time.
        fs::create_dir_all(folder.join("target")).expect("a folder");
        told_in(&folder, &["init", "first"]);
        symlink("../target", folder.join("first/target")).expect("a link");
        let output = check(&folder.join("first"), &[]);
        fs::rename(folder.join("first"), folder.join("moved")).expect("can be moved");
        (folder.join("moved"), output)
    })
}

/// Checks the exercise in a course, without network.
fn check(course: &Path, more: &[&str]) -> Output {
    let mut command = util::course();
    command
        .args(["check", "05_lock/1_two_lines", "--format", "json"])
        .args(more);
    let command = command.current_dir(course).env("CARGO_NET_OFFLINE", "true");
    command.output().expect("course ends in time")
}

/// All files of a folder with their contents, but for git's.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let inside = path.strip_prefix(folder).expect("lies inside");
            let name = inside.to_str().expect("UTF-8").to_owned();
            if path.is_dir() && name != ".git" {
                open.push(path);
            } else if path.is_file() {
                files.insert(name, fs::read(&path).expect("can be read"));
            }
        }
    }
    files
}

fn text_of(course: &Path, file: &str) -> String {
    fs::read_to_string(course.join(file)).expect("is there")
}

fn put(course: &Path, file: &str, text: &str) {
    let path = course.join(file);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("can be written");
}

/// FNV-1a, as the manifest has it.
fn hash(text: &str) -> Value {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    format!("{hash:016x}").into()
}

/// Makes files what an older course would have written.
fn age(course: &Path, files: &[(&str, &str)]) {
    let mut manifest: Value = serde_json::from_str(&text_of(course, MANIFEST)).expect("JSON");
    manifest["tool"] = "course 0.0.9".into();
    for (file, old) in files {
        put(course, file, old);
        manifest["files"][file] = match old.split_once(&format!("{GIVEN}\n")) {
            Some((learner, given)) => {
                serde_json::json!({ "learner": hash(learner), "given": hash(given) })
            }
            None => serde_json::json!({ "given": hash(old) }),
        };
    }
    put(course, MANIFEST, &manifest.to_string());
}

/// A program with both parts.
fn program(learner: &str, given: &str) -> String {
    format!("{learner}{GIVEN}\n{given}")
}

/// The exercise as it is handed out now, in its two parts.
fn parts() -> (String, String) {
    let text = read(EXERCISE);
    let (learner, given) = text
        .split_once(&format!("{GIVEN}\n"))
        .expect("has two parts");
    (learner.to_owned(), given.to_owned())
}

#[test]
fn a_new_folder_has_what_a_learner_needs_and_the_solutions_out_of_sight() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let told = told_in(folder.path(), &["init", "my course"]);
    assert!(told.contains("    cd 'my course'\n    course\n"), "{told}");
    let course = folder.path().join("my course");
    // What the headers demand is listed for those who write exercises.
    let handed_out = util::files_below("exercises").into_iter();
    for file in handed_out.filter(|it| !it.ends_with(".md")) {
        assert_eq!(text_of(&course, &file), read(&file), "{file}");
    }
    let files = files(&course);
    for file in [
        ".course/solutions/snapshots/05_lock-1_two_lines@3.snap",
        ".devcontainer/devcontainer.json",
        ".gitattributes",
        ".gitignore",
        ".helix/languages.toml",
        ".vscode/settings.json",
        ".vscode/tasks.json",
        ".zed/settings.json",
        "Cargo.lock",
        "README.md",
        "course.md",
        "checker/LICENSE",
        "checker/std/src/lib.rs",
    ] {
        assert!(files.contains_key(file), "{file}");
    }
    let seen = |name: &&String| !name.starts_with(".course/") && name.contains("solutions");
    assert_eq!(files.keys().find(seen), None);
    assert!(course.join(".git").is_dir());
    let beside = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(beside, 1);
    assert!(told_in(&course, &["list"]).contains("1_two_lines"));
}

#[test]
fn the_packages_are_built_as_in_the_repository() {
    let (_folder, course) = new_course();
    let table = |text: String| text.parse::<toml::Table>().expect("is TOML");
    let (ours, theirs) = (
        table(read("Cargo.toml")),
        table(text_of(&course, "Cargo.toml")),
    );
    assert_eq!(ours["profile"], theirs["profile"]);
    for part in ["package", "lints", "resolver"] {
        assert_eq!(ours["workspace"][part], theirs["workspace"][part], "{part}");
    }
    let needed = theirs["workspace"]["dependencies"]
        .as_table()
        .expect("a table");
    for (name, version) in needed {
        assert_eq!(&ours["workspace"]["dependencies"][name], version, "{name}");
    }
    assert!(needed.contains_key("libc") && !needed.contains_key("clap"));
}

#[test]
fn a_check_in_a_new_folder_works_without_network_and_leaves_the_lock_as_it_is() {
    let (course, first) = built();
    assert_eq!(status(first), 1, "{}", text(&first.stderr));
    assert_eq!(result(first)["verdict"], "pending");
    assert_eq!(result(first)["at"]["file"], EXERCISE);
    let manifest: Value = serde_json::from_str(&text_of(course, MANIFEST)).expect("JSON");
    let written = &manifest["files"]["Cargo.lock"]["given"];
    assert_eq!(*written, hash(&text_of(course, "Cargo.lock")));
}

#[test]
fn a_moved_folder_still_works_and_its_solutions_are_found() {
    let (course, _) = built();
    let solution = ".course/solutions/05_lock/1_two_lines.rs";
    for args in [&["--solutions"][..], &["--file", solution]] {
        let output = check(course, args);
        assert_eq!(status(&output), 0, "{}", text(&output.stdout));
    }
    let args = ["check", solution, "--format", "json", "--schedules", "5"];
    let output = call_in(course, &args);
    assert_eq!(result(&output)["exercise"], "05_lock/1_two_lines");
}

#[test]
fn an_answer_that_is_no_text_is_told_with_its_line() {
    let (course, _) = built();
    let file = course.join("answer.rs");
    fs::write(&file, b"// one\n// \xff\n").expect("can be written");
    let result = result(&check(course, &["--file", "answer.rs"]));
    assert_eq!(result["verdict"], "build_error", "{result}");
    assert_eq!(result["message"], "the file is not valid UTF-8");
    assert_eq!(result["at"]["line"], 2);
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    put(folder.path(), "full/course.md", "mine");
    put(folder.path(), "file", "mine");
    told_in(folder.path(), &["init"]);
    put(folder.path(), "course/course.md", "mine");
    let before = files(folder.path());
    for (args, says) in [
        (&["init", "full"][..], "is not empty"),
        (&["init", "file"], "is not a folder"),
        (&["init", "file/below"], "is not a folder"),
        (&["init"], "is a course folder already"),
        (&["init", "course/"], "course init --update"),
        (&["init", "."], "is not empty"),
    ] {
        let output = call_in(folder.path(), args);
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{args:?}: {told}");
        assert!(told.contains(says), "{args:?}: {told}");
    }
    let inside = call_in(&folder.path().join("course/exercises"), &["init"]);
    let told = text(&inside.stderr);
    assert_eq!(status(&inside), 2, "{told}");
    assert!(told.contains("inside the course folder"), "{told}");
    assert!(before == files(folder.path()));
}

#[test]
fn an_empty_folder_is_filled_and_one_that_was_begun_is_finished() {
    let (_folder, course) = new_course();
    let whole = files(&course);
    let folder = tempfile::tempdir().expect("a temporary folder");
    told_in(folder.path(), &["init", "."]);
    assert!(whole == files(folder.path()));
    // As it is when `course` was killed in between.
    fs::remove_dir_all(folder.path().join("exercises/05_lock")).expect("is there");
    fs::remove_file(folder.path().join("course.md")).expect("is there");
    put(folder.path(), ".course-unfinished-AbCdEf", "half");
    let begun = r#"{"tool":"course","complete":false,"files":{}}"#;
    put(folder.path(), MANIFEST, begun);
    told_in(folder.path(), &["init", "."]);
    assert!(whole == files(folder.path()));
}

#[test]
fn without_git_there_is_a_course_all_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let init = |name: &str, settings: &[(&str, &str)]| {
        let mut command = util::course();
        command.args(["init", name]).current_dir(folder.path());
        command.env("GIT_CONFIG_GLOBAL", "/dev/null");
        command.envs(settings.iter().copied());
        let output = command.output().expect("course ends in time");
        assert_eq!(status(&output), 0, "{}", text(&output.stderr));
        let course = folder.path().join(name);
        assert!(course.join(EXERCISE).is_file());
        course
    };
    assert!(
        !init("no_git", &[("PATH", "/nowhere")])
            .join(".git")
            .exists()
    );
    // Whose variables name another repository gets one all the same.
    let course = init("with_git", &[("GIT_DIR", "/nowhere")]);
    assert!(course.join(".git").is_dir());
    let git = |args: &[&str]| {
        let mut git = std::process::Command::new("git");
        let output = git.args(args).current_dir(&course).output();
        text(&output.expect("git can be started").stdout)
    };
    // All is committed, though git knows nobody, and what a learner changes is seen alone.
    assert_eq!(
        git(&["log", "--format=%an: %s"]),
        "course: The course as it was handed out\n"
    );
    assert_eq!(git(&["status", "--porcelain"]), "");
    put(&course, EXERCISE, "mine");
    told_in(&course, &["hint", "05_lock/1_two_lines"]);
    put(&course, ".course/progress.json", "{}");
    assert_eq!(git(&["status", "--porcelain"]), format!(" M {EXERCISE}\n"));
    // Somebody's repository gets none inside.
    assert!(!init("with_git/inner", &[]).join(".git").exists());
}

#[test]
fn an_update_leaves_learners_parts_and_keeps_what_else_was_changed() {
    let (_folder, course) = new_course();
    let (_, given) = parts();
    let untouched = "exercises/05_lock/2_guard.rs";
    let gone = "exercises/05_lock/9_gone.rs";
    let old = program("old stub\n", "old given\n");
    let older = [
        (EXERCISE, old.as_str()),
        (untouched, &old),
        (gone, &old),
        ("course.md", "old text"),
        ("checker/mp/src/gone.rs", "old source"),
        (".course/solutions/05_lock/9_gone.rs", "old"),
    ];
    age(&course, &older);
    put(&course, EXERCISE, &program("mine\n", "old given\n"));
    put(&course, "course.md", "old text, with notes of mine");
    put(&course, "course.md.orig", "earlier notes");
    put(&course, ".gitignore", "mine");
    fs::remove_file(course.join("exercises/05_lock/3_check_then_act.rs")).expect("is there");
    let told = told_in(&course.join("exercises/05_lock"), &["init", "--update"]);
    assert_eq!(text_of(&course, EXERCISE), program("mine\n", &given));
    assert!(!course.join(format!("{EXERCISE}.orig")).exists());
    assert_eq!(text_of(&course, untouched), read(untouched));
    assert_eq!(text_of(&course, gone), old);
    assert_eq!(text_of(&course, "course.md"), read("course.md"));
    let kept = text_of(&course, "course.md.orig.1");
    assert_eq!(kept, "old text, with notes of mine");
    assert_eq!(text_of(&course, "course.md.orig"), "earlier notes");
    assert_eq!(text_of(&course, ".gitignore"), "mine");
    assert!(!course.join("checker/mp/src/gone.rs").exists());
    assert!(!course.join(".course/solutions/05_lock/9_gone.rs").exists());
    for says in [
        "(from course 0.0.9)",
        "exercises/05_lock/3_check_then_act.rs",
        "course.md.orig.1",
    ] {
        assert!(told.contains(says), "{told}");
    }
    let after = files(&course);
    let again = told_in(&course, &["init", "--update"]);
    assert!(again.contains("nothing was changed"), "{again}");
    assert!(after == files(&course));
}

#[test]
fn a_given_part_that_was_changed_is_kept_with_the_rest_of_its_file() {
    let (_folder, course) = new_course();
    let (stub, _) = parts();
    let changed = program(&stub, "mine, below the line\n");
    put(&course, EXERCISE, &changed);
    told_in(&course, &["init", "--update"]);
    assert_eq!(text_of(&course, EXERCISE), read(EXERCISE));
    assert_eq!(text_of(&course, &format!("{EXERCISE}.orig")), changed);
}

#[test]
fn an_exercise_without_the_line_is_left_alone_and_told() {
    let (_folder, course) = new_course();
    for broken in [&b"fn mine() {}\n"[..], b"", b"// \xff\n"] {
        fs::write(course.join(EXERCISE), broken).expect("can be written");
        let told = told_in(&course, &["init", "--update"]);
        assert!(
            told.contains("Left alone") && told.contains(EXERCISE),
            "{told}"
        );
        let now = fs::read(course.join(EXERCISE)).expect("is there");
        assert_eq!(now, broken);
    }
}

#[test]
fn without_its_manifest_or_solutions_a_folder_is_put_right() {
    let (_folder, course) = new_course();
    let (_, given) = parts();
    let mine = program("mine\n", &given);
    put(&course, EXERCISE, &mine);
    let whole = files(&course);
    fs::remove_dir_all(course.join(".course")).expect("is there");
    let told = result(&check(&course, &[]))["message"].to_string();
    assert!(
        told.contains("`course init --update` brings back"),
        "{told}"
    );
    told_in(&course, &["init", "--update"]);
    assert!(whole == files(&course));
    put(&course, MANIFEST, "{ half a mani");
    told_in(&course, &["init", "--update"]);
    assert!(whole == files(&course));
}

#[test]
fn there_must_be_a_learners_folder_to_update() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (place, says) in [
        (folder.path().to_owned(), "nothing to update"),
        (util::root(), "git pull"),
    ] {
        let output = call_in(&place, &["init", "--update"]);
        let told = text(&output.stderr);
        assert_eq!(status(&output), 2, "{told}");
        assert!(told.contains(says), "{told}");
    }
}

/// Starts `course init` and kills it after a while.
fn killed(folder: &Path, args: &[&str], after: Duration) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_course"))
        .args(args)
        .current_dir(folder)
        .env("PATH", "/nowhere")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("course can be started");
    sleep(after);
    // It may have come to its end.
    let _ = child.kill();
    child.wait().expect("it ends");
}

/// Moments at which to kill: making or updating a course takes some ten milliseconds.
fn moments() -> impl Iterator<Item = Duration> {
    (0..12).map(|step| Duration::from_millis(step * 3))
}

#[test]
fn killed_at_any_time_it_has_made_the_whole_folder_or_none() {
    let (_folder, course) = new_course();
    let whole = files(&course);
    for after in moments() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let new = folder.path().join("new");
        killed(folder.path(), &["init", "new"], after);
        assert!(!new.exists() || files(&new) == whole, "after {after:?}");
        if !new.exists() {
            told_in(folder.path(), &["init", "new"]);
            assert!(files(&new) == whole, "after {after:?}");
            let left = fs::read_dir(folder.path()).expect("a folder").count();
            assert_eq!(left, 1, "after {after:?}");
        }
    }
}

#[test]
fn an_update_that_is_killed_at_any_time_loses_nothing_and_another_finishes_it() {
    let (_folder, course) = new_course();
    let mut expected = files(&course);
    // A third of the course's files is old, another third was changed.
    let names: Vec<&str> = expected.keys().map(String::as_str).collect();
    let given = names.iter().filter(|name| name.starts_with("checker/"));
    let old: Vec<_> = given.clone().step_by(3).map(|it| (*it, "old")).collect();
    let changed: Vec<String> = given.skip(1).step_by(3).map(|&it| it.to_owned()).collect();
    assert!(old.len() > 20 && changed.len() > 20);
    let mine = program("mine\n", &parts().1);
    let start = |course: &Path| {
        age(course, &old);
        changed.iter().for_each(|name| put(course, name, "mine"));
        put(course, EXERCISE, &mine);
    };
    let mut ended = Vec::new();
    for after in moments() {
        let (_folder, course) = new_course();
        start(&course);
        killed(&course, &["init", "--update"], after);
        assert_eq!(text_of(&course, EXERCISE), mine, "after {after:?}");
        told_in(&course, &["init", "--update"]);
        ended.push((after, files(&course)));
    }
    expected.insert(EXERCISE.to_owned(), mine.into_bytes());
    for name in changed {
        expected.insert(format!("{name}.orig"), b"mine".to_vec());
    }
    for (after, now) in ended {
        assert!(now == expected, "after {after:?}");
    }
}
