//! Courses of one's own: they prove themselves, travel to learners, and are graded like the command's own.

mod image;
mod updates;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::util::class::json;
use crate::util::{GIVEN, course, read, status, text};

/// The example that a new course has, and one on threads that is added to it.
const EXERCISES: [&str; 2] = ["01_first/1_count", "02_semaphore/1_gate"];

fn call_in(folder: &Path, args: &[&str]) -> Output {
    let mut command = course();
    command.env("GIT_CONFIG_GLOBAL", "/dev/null");
    let output = command.current_dir(folder).args(args).output();
    output.expect("course can be started, and ends in time")
}

#[track_caller]
fn told_in(folder: &Path, args: &[&str]) -> String {
    let output = call_in(folder, args);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(status(&output), 0, "{args:?}: {said}");
    said
}

#[track_caller]
fn refused_in(folder: &Path, args: &[&str], says: &str) {
    let output = call_in(folder, args);
    let said = text(&output.stderr);
    assert_eq!(status(&output), 2, "{args:?}: {said}");
    assert!(said.contains(says), "{args:?}: {said}");
}

fn git(folder: &Path, args: &[&str]) {
    let who = ["-c", "user.name=a", "-c", "user.email=a@localhost"];
    let mut git = Command::new("git");
    let git = git.args(who).args(args).current_dir(folder);
    let output = git.env("GIT_CONFIG_GLOBAL", "/dev/null").output();
    let output = output.expect("git can be started");
    assert!(
        output.status.success(),
        "{args:?}: {}",
        text(&output.stderr)
    );
}

/// A temporary folder with a course of two exercises in `mine`.
fn written() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    told_in(folder.path(), &["author", "init", "mine"]);
    let mine = folder.path().join("mine");
    told_in(&mine, &["author", "new", "semaphore/gate", "--threads"]);
    (folder, mine)
}

/// All files of a folder but for git's and what is built, by their paths.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("lies inside");
            let name = name.to_str().expect("UTF-8").to_owned();
            if path.is_dir() && name != ".git" && name != "target" {
                open.push(path);
            } else if path.is_file() {
                files.insert(name, fs::read(&path).expect("can be read"));
            }
        }
    }
    files
}

/// A file of the folder, changed.
fn change(file: &Path, change: impl Fn(String) -> String) {
    let before = fs::read_to_string(file).expect("is there");
    fs::write(file, change(before)).expect("can be written");
}

/// What was handed in for an exercise of a course: a known answer, or the solution.
fn answer(mine: &Path, exercise: &str, file: &str) -> String {
    let read = |file: &str| fs::read_to_string(mine.join(file)).expect("is there");
    let solution = read(&format!("solutions/{exercise}.rs"));
    let (own, given) = solution.split_once(GIVEN).expect("has the line");
    match file {
        "solution" => format!("{own}{GIVEN}{given}"),
        file => format!("{}\n{GIVEN}{given}", read(&format!("tests/{file}"))),
    }
}

/// The shell command of a line that has these words, without what builds libraries: the test links to
/// what was built before.
fn line_of(file: &str, words: &str) -> String {
    let text = read(file);
    let line = text.lines().find(|line| line.contains(words));
    line.expect("has such a line").replace(" --build", "")
}

/// Runs a command of a shell that knows `course`.
fn shell(line: &str, folder: &Path, base: &Path) {
    let bin = Path::new(env!("CARGO_BIN_EXE_course"))
        .parent()
        .expect("a folder");
    let path = format!(
        "{}:{}",
        bin.display(),
        std::env::var("PATH").expect("a path")
    );
    let mut shell = Command::new("sh");
    shell
        .args(["-euc", line])
        .current_dir(folder)
        .env("PATH", path)
        .env("base", base);
    let output = shell.output().expect("a shell");
    assert!(output.status.success(), "{line}: {}", text(&output.stderr));
}

/// From the first file to the grades: what is written, what learners get, what an image and Gradescope
/// run, and what they come to.
#[test]
fn a_course_of_ones_own_proves_itself_and_is_graded_wherever_it_travels() {
    let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own_courses");
    let libraries = base.join("target");
    fs::create_dir_all(&libraries).expect("a folder");
    for left in ["mine", "learner", "image", "gradescope", "class", "graded"] {
        let _ = fs::remove_dir_all(base.join(left));
    }
    let link = |folder: &Path| symlink(&libraries, folder.join("target")).expect("a link");
    told_in(&base, &["author", "init", "mine"]);
    let mine = base.join("mine");
    link(&mine);
    told_in(&mine, &["author", "new", "semaphore/gate", "--threads"]);
    let quick = [
        "author",
        "check",
        "--quick",
        "--schedules",
        "60",
        "--seeds",
        "3",
    ];
    let proved = told_in(&mine, &quick);
    assert!(proved.contains("\nEverything holds.\n"), "{proved}");
    for exercise in EXERCISES {
        // What the template says that solutions print is what they print.
        let before = files(&mine);
        told_in(&mine, &["author", "bless", exercise, "--schedules", "20"]);
        assert!(before == files(&mine));
    }

    // Two learners, in folders that they were given.
    told_in(&base, &["init", "--from", "mine", "learner"]);
    for (name, file) in [("ada", "solution"), ("ben", "wrong")] {
        for exercise in EXERCISES {
            let file = match file {
                "wrong" => format!("wrong/{exercise}/no_lock.rs"),
                file => file.to_owned(),
            };
            let into = base.join(format!("class/{name}/exercises/{exercise}.rs"));
            fs::create_dir_all(into.parent().expect("a folder")).expect("a folder");
            fs::write(into, answer(&mine, exercise, &file)).expect("can be written");
        }
    }

    // The image's own line, and what it runs.
    let line = line_of("checker/deploy/own.Dockerfile", "RUN ");
    let line = line.split_once("course init").expect("makes the folder").1;
    let line = line
        .replace("/own ", "mine ")
        .replace("/home/grader/own", "image");
    shell(&format!("course init{line}"), &base, &base);
    link(&base.join("image"));
    let graded = base.join("graded");
    let class = base.join("class");
    let paths = [class.to_str(), graded.to_str()].map(|it| it.expect("UTF-8"));
    told_in(
        &base.join("image"),
        &["grade", paths[0], "--out", paths[1], "--schedules", "60"],
    );
    let grades = fs::read_to_string(graded.join("grades.csv")).expect("is written");
    let line = |name: &str| {
        grades
            .lines()
            .find(|line| line.contains(name))
            .expect("is there")
    };
    assert!(
        EXERCISES
            .iter()
            .all(|it| grades.lines().next().expect("a head").contains(it))
    );
    assert!(line("ada").contains(",4,4"), "{grades}");
    let verdicts = |name: &str| {
        let result = json(&graded.join(format!("results/{name}.json")));
        [0, 1].map(|at| {
            result["results"][at]["verdict"]
                .as_str()
                .expect("a verdict")
                .to_owned()
        })
    };
    assert_eq!(verdicts("ada"), ["passed"; 2]);
    assert_eq!(verdicts("ben"), ["wrong_order"; 2]);
    assert!(!line("ben").contains(",4,4"), "{grades}");

    // What Gradescope unpacks, sets up and runs.
    let place = base.join("gradescope");
    fs::create_dir_all(&place).expect("a folder");
    let zip = place.join("autograder.zip");
    let out = zip.to_str().expect("UTF-8");
    told_in(&mine, &["author", "package", "--gradescope", "--out", out]);
    let mut archive = zip::ZipArchive::new(File::open(&zip).expect("is there")).expect("a zip");
    archive
        .extract(place.join("source"))
        .expect("can be unpacked");
    let line = line_of("checker/deploy/gradescope/setup.sh", "course\" init ");
    shell(&line, &base, &place);
    link(&place.join("course"));
    symlink(class.join("ben"), place.join("submission")).expect("a link");
    let mut run = Command::new(place.join("source/run_autograder"));
    for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let home = std::env::var(variable).ok().map(PathBuf::from);
        let default = || std::env::home_dir().map(|home| home.join(folder));
        run.env(variable, home.or_else(default).expect("a home"));
    }
    assert!(
        run.env("AUTOGRADER", &place)
            .status()
            .expect("can be run")
            .success()
    );
    let results = json(&place.join("results/results.json"));
    for at in [0, 1] {
        let test = &results["tests"][at];
        assert_eq!(
            (&test["max_score"], &test["status"]),
            (&4.0.into(), &"failed".into()),
            "{test}"
        );
        assert!(
            test["output"]
                .as_str()
                .expect("a text")
                .contains("wrong order"),
            "{test}"
        );
    }
}

#[test]
fn a_course_travels_in_every_form_and_leaves_its_solutions_at_home() {
    let (folder, mine) = written();
    git(&mine, &["add", "--all"]);
    git(&mine, &["commit", "--quiet", "--message", "All"]);
    git(
        folder.path(),
        &["clone", "--quiet", "--bare", "mine", "bare.git"],
    );
    for archive in ["mine.zip", "mine.tar.gz"] {
        let into = format!("../{archive}");
        git(
            &mine,
            &[
                "archive",
                "--prefix=course-main/",
                "--output",
                &into,
                "HEAD",
            ],
        );
    }
    let address = format!("file://{}/bare.git", folder.path().display());
    let forms = ["mine", "mine.zip", "mine.tar.gz", "bare.git", &*address];
    let mut made = forms.iter().enumerate().map(|(index, form)| {
        let into = index.to_string();
        told_in(folder.path(), &["init", "--from", form, &into]);
        let mut files = files(&folder.path().join(into));
        files.remove(".course/manifest.json");
        files
    });
    let first = made.next().expect("there is one");
    assert!(made.all(|it| it == first));
    for exercise in EXERCISES {
        let stub = &first[&format!("exercises/{exercise}.rs")];
        assert_eq!(first[&format!(".course/stubs/{exercise}.rs")], *stub);
        assert!(!first.contains_key(&format!(".course/solutions/{exercise}.rs")));
        let name = exercise.replace('/', "-");
        assert!(first.contains_key(&format!(".course/solutions/snapshots/{name}@3.snap")));
    }
    assert!(
        !first
            .keys()
            .any(|it| it.contains("DEMANDS") || it.starts_with("tests/"))
    );
    let readme = String::from_utf8_lossy(&first["README.md"]).into_owned();
    assert!(
        readme.contains("course check 01_first/1_count ") && !readme.contains('@'),
        "{readme}"
    );
    let learner = folder.path().join("0");
    refused_in(
        &learner,
        &["check", EXERCISES[0], "--solutions"],
        "was not handed out",
    );
    refused_in(
        &learner,
        &["solution", EXERCISES[0], "--force"],
        "was not handed out",
    );
    // A learner's folder is a course, too; and who wants the solutions gets them.
    told_in(folder.path(), &["init", "--from", "0", "again"]);
    assert!(files(&folder.path().join("again")) == files(&learner));
    told_in(
        folder.path(),
        &["init", "--from", "mine", "--with-solutions", "solved"],
    );
    let solved = files(&folder.path().join("solved"));
    let solution = fs::read(mine.join(format!("solutions/{}.rs", EXERCISES[0]))).expect("is there");
    assert_eq!(
        solved[&format!(".course/solutions/{}.rs", EXERCISES[0])],
        solution
    );
    // The command's own course without them.
    told_in(folder.path(), &["init", "--without-solutions", "given"]);
    let given = files(&folder.path().join("given"));
    assert!(!given.contains_key(".course/solutions/05_lock/1_two_lines.rs"));
    told_in(
        &folder.path().join("given"),
        &["init", "--update", "--with-solutions"],
    );
    assert!(
        folder
            .path()
            .join("given/.course/solutions/05_lock/1_two_lines.rs")
            .is_file()
    );
}

#[test]
fn what_is_no_course_is_told() {
    let (folder, mine) = written();
    let here = folder.path();
    fs::create_dir(here.join("empty")).expect("a folder");
    fs::write(here.join("mine.7z"), "7z").expect("a file");
    for (from, says) in [
        ("nowhere", "there is no folder or archive nowhere"),
        ("empty", "course author init"),
        ("mine.7z", ".tar.gz"),
    ] {
        refused_in(here, &["init", "--from", from, "out"], says);
    }
    let gone = call_in(here, &["init", "--from", "file:///nowhere/x.git", "out"]);
    assert_eq!(status(&gone), 3, "{}", text(&gone.stderr));
    fs::remove_file(mine.join("solutions/snapshots/01_first-1_count@3.snap")).expect("is there");
    let incomplete = call_in(here, &["init", "--from", "mine", "out"]);
    assert_eq!(status(&incomplete), 3);
    let said = text(&incomplete.stderr);
    assert!(
        said.contains("`course author bless 01_first/1_count`"),
        "{said}"
    );
    assert!(!here.join("out").exists());
    refused_in(
        &mine,
        &["author", "new", "semaphore/gate"],
        "there is an exercise",
    );
    refused_in(&mine, &["author", "new", "gate"], "does not look like");
    refused_in(
        &mine,
        &["init", "--update", "--from", "."],
        "in which a course is written",
    );
    refused_in(
        here,
        &["author", "init", "mine"],
        "is a course folder already",
    );
}

#[test]
#[ignore = "builds libraries and lets a program compute for ever"]
fn long_an_answer_that_computes_for_ever_is_given_up_soon_and_told() {
    let (_folder, mine) = written();
    let spins = "//! verdict: wrong_order\n//!\n//! It computes for ever.\n\nfn count(_: u32) -> \
                 std::io::Result<u32> {\n    loop {\n        std::hint::black_box(0);\n    }\n}\n";
    fs::write(mine.join("tests/wrong/01_first/1_count/spins.rs"), spins).expect("can be written");
    let output = call_in(&mine, &["author", "check", EXERCISES[0]]);
    let said = text(&output.stdout);
    assert_eq!(status(&output), 1, "{said}");
    let about: Vec<&str> = said.lines().filter(|it| it.contains("spins.rs")).collect();
    assert!(
        about.iter().any(|it| it.contains("of 20 seeds were tried")),
        "{said}"
    );
    assert!(
        about.iter().any(|it| it.contains("write `//! verdict: ")),
        "{said}"
    );
}
