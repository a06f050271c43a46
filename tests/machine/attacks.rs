//! Answers that try to get points they do not deserve, or to do harm: none gets what it is after,
//! and nothing outside of it is another afterwards.
//!
//! The answers are in `tests/attacks`. The first line of each says what it tries, which verdict it
//! gets and how many points; the second may say words of the message. Many would be given away by
//! their success: they panic where they are stopped, and go on to do harm where they are not.
//! Words between `@` stand for what differs between machines.
//!
//! A new attack needs a snapshot of its report: `INSTA_UPDATE=always cargo test --release --test
//! machine attacks`. Then read it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::os::unix::fs::MetadataExt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use sched_segment::segment::place;
use serde_json::Value;
use tempfile::TempDir;

use crate::by_itself::{self, Who};
use crate::{alone, util};

const FOLDER: &str = "tests/attacks/";
const CANARY: &str = "as it was\n";
const SECRET: &str = "a secret of whoever checks";
/// At least so many attacks are known.
const KNOWN: usize = 80;

/// A course to be attacked, and what lies around it.
struct Target {
    course: TempDir,
    /// Where scratch folders are made, and other things lie.
    outside: TempDir,
    home: TempDir,
    streams: TcpListener,
    datagrams: UdpSocket,
    local: UnixListener,
}

impl Target {
    fn new() -> Target {
        // Reports are wrapped and underlined, so paths must be of one length everywhere.
        let _set_already = tempfile::env::override_temp_dir(Path::new("/tmp"));
        let folder = || tempfile::tempdir().expect("a temporary folder");
        let (outside, home) = (folder(), folder());
        fs::write(outside.path().join("canary"), CANARY).expect("can be written");
        fs::create_dir(outside.path().join("empty")).expect("can be made");
        fs::write(home.path().join(".profile"), CANARY).expect("can be written");
        let streams = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = streams.local_addr().expect("an address");
        let datagrams = UdpSocket::bind(address).expect("the same port");
        let local = UnixListener::bind(outside.path().join("socket")).expect("a socket");
        streams.set_nonblocking(true).expect("can be set");
        datagrams.set_nonblocking(true).expect("can be set");
        local.set_nonblocking(true).expect("can be set");
        Target {
            course: util::copy_of_course(),
            outside,
            home,
            streams,
            datagrams,
            local,
        }
    }

    fn course(&self) -> Command {
        let mut command = util::course();
        command
            .current_dir(self.course.path())
            .env("TMPDIR", self.outside.path())
            .env("COURSE_SECRET", SECRET);
        command
    }

    /// What stands for what in the texts of attacks.
    fn words(&self) -> Vec<(String, String)> {
        let folder = |folder: &TempDir| folder.path().to_str().expect("is UTF-8").to_owned();
        let port = self.streams.local_addr().expect("an address").port();
        let words = [
            ("COURSE", folder(&self.course)),
            ("OUTSIDE", folder(&self.outside)),
            ("HOME", folder(&self.home)),
            ("PORT", port.to_string()),
            ("PID", std::process::id().to_string()),
            ("CONFIG", address(place::CONFIG)),
            ("LOG", address(place::LOG)),
            ("SECOND_TASK", address(place::TASKS + place::TASK_SIZE)),
            ("EXIT_CODE", place::EXIT_CODE.to_string()),
        ];
        let word = |(name, value): (&str, String)| (format!("@{name}@"), value);
        words.map(word).into()
    }

    /// What differs from run to run, or from machine to machine, by its name again.
    fn redacted(&self, report: &str) -> String {
        let mut report = report.to_owned();
        for (word, value) in self.words() {
            // A number of few digits may be part of anything.
            if value.len() > 2 {
                report = report.replace(&value, &word);
            }
        }
        report
    }

    /// Checks an attack as an answer in the course that is attacked.
    fn check(&self, attack: &Attack, arguments: &[&str]) -> Output {
        self.write(attack);
        let mut command = self.course();
        command.args(["check", &attack.exercise, "--file", &attack.file()]);
        command.args(arguments).output().expect("course ends")
    }

    /// Puts an attack into that course.
    fn write(&self, attack: &Attack) {
        let mut text = attack.text.clone();
        for (word, value) in self.words() {
            text = text.replace(&word, &value);
        }
        let file = self.course.path().join(attack.file());
        fs::create_dir_all(file.parent().expect("a folder")).expect("can be made");
        fs::write(&file, text).expect("can be written");
    }
}

fn address(offset: usize) -> String {
    format!("{:#x}", place::SEGMENT + offset)
}

/// An attack as its first lines describe it.
#[derive(Debug)]
struct Attack {
    name: String,
    exercise: String,
    verdict: String,
    points: u64,
    message: String,
    /// Whether only the long form tries it: it takes seconds, or what stops it is shown by others, too.
    slow: bool,
    text: String,
}

impl Attack {
    fn of(file: &str) -> Attack {
        let text = util::read(file);
        let first = text.lines().next().unwrap_or_default();
        let part = |name: &str| {
            let (_, rest) = first.split_once(name)?;
            Some(rest.split([';', ',']).next()?.trim().to_owned())
        };
        let parts = || Some((part("exercise: ")?, part("expect: ")?, part("points: ")?));
        let (exercise, verdict, points) = parts().unwrap_or_else(|| panic!("{file}: {first}"));
        assert!(first.starts_with("//! attack: "), "{file}: {first}");
        let message = util::said(&text, "message");
        Attack {
            name: file[FOLDER.len()..].trim_end_matches(".rs").to_owned(),
            exercise,
            verdict,
            points: points.parse().expect("a number"),
            message: message.unwrap_or_default().to_owned(),
            slow: first.ends_with("; slow"),
            text,
        }
    }

    /// Whether it is stopped by what not every kernel has.
    fn needs_layers(&self) -> bool {
        let needing = ["@", "/proc/", "/etc/", "Command", "std::net"];
        needing.iter().any(|word| self.text.contains(word))
    }

    fn file(&self) -> String {
        format!("{FOLDER}{}.rs", self.name)
    }
}

/// All but those that only the long form tries: `one_of_many` has them.
fn attacks() -> Vec<Attack> {
    let files = util::files_below(FOLDER);
    let all = files.iter().map(|file| Attack::of(file));
    all.filter(|it| !it.slow).collect()
}

/// The layers of containment that are missing here.
fn missing(target: &Target) -> Vec<Value> {
    let args = [
        "check",
        "05_lock/1_two_lines",
        "--schedules",
        "2",
        "--format",
        "json",
        "--environment",
    ];
    let output = target.course().args(args).output().expect("course ends");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let missing = report["environment"]["sandbox"]["missing"].as_array();
    missing.expect("a list").clone()
}

/// What an attack did, if it is not what it was to do.
fn wrong(target: &Target, attack: &Attack) -> Option<String> {
    let output = target.check(attack, &["--format", "json"]);
    let result = util::result(&output);
    let (verdict, message) = (&result["verdict"], result["message"].as_str().unwrap_or(""));
    let text = target.redacted(&util::text(&target.check(attack, &[]).stdout));
    let expected = *verdict == *attack.verdict && result["points"] == attack.points;
    if !expected
        || ![&text, message].iter().any(|it| says(it, &attack.message))
        || result["passed"] != false
    {
        let points = &result["points"];
        return Some(format!(
            "{}: {verdict}, {points} points: {message}\n{text}",
            attack.name
        ));
    }
    let held = util::is_held("attacks", &attack.name, &in_one_wording(&text));
    (!held).then(|| format!("{}: another report", attack.name))
}

/// Compilers differ in their capitals.
fn says(text: &str, wanted: &str) -> bool {
    text.to_lowercase().contains(&wanted.to_lowercase())
}

/// The report with one sentence for what compilers say, each in its own words, of a file that they may
/// not read.
fn in_one_wording(text: &str) -> String {
    let sentence = |paragraph: &str| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        let joined = words.join(" ");
        let denied = says(&joined, "permission denied");
        let (head, rest) = joined.split_once(": ").filter(|_| denied)?;
        let file = rest.split('`').nth(1)?;
        Some(format!("{head}: [the compiler may not read `{file}`]"))
    };
    // A message goes on to the line that tells where it is.
    let mut lines = text.lines().peekable();
    let mut told = Vec::new();
    while let Some(line) = lines.next() {
        let mut paragraph = line.to_owned();
        if line.starts_with("does not compile: ") || line.starts_with("error: ") {
            while let Some(next) = lines.next_if(|it| !it.trim_start().starts_with("-->")) {
                paragraph = format!("{paragraph}\n{next}");
            }
        }
        told.push(sentence(&paragraph).unwrap_or(paragraph));
    }
    told.join("\n")
}

/// The texts of all files of the course but those that are built, and the attacks themselves.
fn texts(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut texts = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("is there").flatten() {
            let path = entry.path();
            let shown = path.strip_prefix(folder).expect("lies below");
            let shown = shown.to_string_lossy().into_owned();
            if ["target", ".course", "tests/attacks"].contains(&shown.as_str()) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                texts.insert(shown, fs::read(&path).expect("can be read"));
            }
        }
    }
    texts
}

/// Processes that work outside of where they may, or run what was checked.
fn processes(target: &Target) -> Vec<String> {
    let ours = |link: &Path| {
        link.starts_with(target.outside.path()) || link.starts_with(target.course.path())
    };
    let mut left = Vec::new();
    for process in fs::read_dir("/proc").expect("is there").flatten() {
        let links = ["exe", "cwd"].map(|name| fs::read_link(process.path().join(name)));
        if links.iter().flatten().any(|link| ours(link)) {
            left.push(process.path().display().to_string());
        }
    }
    left
}

/// What is outside is as it was.
fn assert_untouched(target: &Target, course_before: &BTreeMap<String, Vec<u8>>) {
    let canary = target.outside.path().join("canary");
    assert_eq!(fs::read_to_string(&canary).expect("is there"), CANARY);
    let is = fs::metadata(&canary).expect("is there");
    let own = fs::metadata(target.outside.path()).expect("is there");
    assert_eq!(
        (is.nlink(), is.mode() & 0o002),
        (1, 0),
        "no other name, not open to all"
    );
    assert_eq!(
        (is.uid(), is.gid()),
        (own.uid(), own.gid()),
        "nobody else's"
    );
    let profile = target.home.path().join(".profile");
    assert_eq!(fs::read_to_string(profile).expect("is there"), CANARY);
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("is there").flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.collect::<BTreeSet<_>>()
    };
    let expected = ["canary", "empty", "socket"].map(str::to_owned);
    assert_eq!(names(target.outside.path()), expected.into());
    assert_eq!(names(target.home.path()), [".profile".to_owned()].into());
    assert_eq!(texts(target.course.path()), *course_before);
    assert!(target.streams.accept().is_err(), "somebody connected");
    assert!(target.local.accept().is_err(), "somebody connected");
    assert!(
        target.datagrams.recv(&mut [0; 16]).is_err(),
        "something was sent"
    );
    assert_eq!(processes(target), [""; 0]);
}

#[test]
fn no_attack_gets_points_or_touches_anything() {
    let _alone = alone();
    let target = Target::new();
    let missing = missing(&target);
    let mut attacks = attacks();
    assert!(attacks.len() >= KNOWN, "{} attacks", attacks.len());
    if !missing.is_empty() {
        assert!(std::env::var_os("CI").is_none(), "missing: {missing:?}");
        println!("not all are tried: these layers are missing here: {missing:?}");
        attacks.retain(|attack| !attack.needs_layers());
    }
    let before = texts(target.course.path());
    util::for_each(&attacks, |attack| wrong(&target, attack));
    assert_untouched(&target, &before);
}

#[test]
#[ignore = "long: 4 minutes"]
fn long_every_attack_gets_the_same_points_as_an_ordinary_user_and_leaves_nothing() {
    let _alone = alone();
    if !Who::all().contains(&Who::User) {
        println!("whoever runs this is an ordinary user: the other tests show it");
        return;
    }
    let target = Target::new();
    let files = util::files_below(FOLDER);
    let attacks: Vec<Attack> = files.iter().map(|file| Attack::of(file)).collect();
    attacks.iter().for_each(|attack| target.write(attack));
    let folders = [&target.course, &target.outside, &target.home];
    folders
        .iter()
        .for_each(|folder| by_itself::give(folder.path()));
    let before = texts(target.course.path());
    util::for_each(&attacks, |attack| {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("course"));
        command.args(["check", &attack.exercise, "--format", "json"]);
        command
            .args(["--file", &attack.file()])
            .current_dir(target.course.path());
        command.env("COURSE_SECRET", SECRET);
        let (output, left) = by_itself::run(&command, Who::User);
        let result = util::result(&output);
        let same = result["points"] == attack.points;
        (!same || left.is_some()).then(|| format!("{}: {left:?}, {result}", attack.name))
    });
    assert_untouched(&target, &before);
}

/// Attacks that do what they are after where nothing contains them.
const REAL: &[&str] = &[
    "compile_reads_passwords",
    "compile_reads_solution",
    "compile_reads_environment_of_compiler",
    "connects_to_the_network",
    "connects_to_a_local_socket",
    "lists_another_descriptors",
    "moves_a_file_out",
    "opens_a_file_to_all",
    "reads_another_environment",
    "reads_passwords",
    "reads_the_solution",
    "reads_the_transcript",
    "removes_a_folder_outside",
    "sends_a_datagram",
    "writes_into_the_course",
    "writes_outside",
    "writes_through_a_symlink",
];

#[test]
fn without_containment_the_same_attacks_come_through() {
    let _alone = alone();
    let target = Target::new();
    let mut stopped = Vec::new();
    for attack in attacks().iter().filter(|it| REAL.contains(&&*it.name)) {
        let arguments = ["--no-sandbox", "--schedules", "1", "--format", "json"];
        let result = util::result(&target.check(attack, &arguments));
        let message = result["message"].as_str().unwrap_or_default();
        assert_ne!(attack.message, "", "{}", attack.name);
        let is_unjudged = ["inconclusive", "over_limit"]
            .iter()
            .any(|it| result["verdict"] == *it);
        if message.contains(&attack.message) || is_unjudged {
            stopped.push(format!("{}: {message}", attack.name));
        }
    }
    assert!(
        stopped.is_empty(),
        "they are no attacks:\n{}",
        stopped.join("\n")
    );
    let canary = fs::read_to_string(target.outside.path().join("canary"));
    assert_eq!(canary.expect("is there"), "hacked");
    assert!(target.streams.accept().is_ok(), "nobody connected");
}

#[test]
fn what_is_printed_never_looks_like_a_report() {
    for attack in attacks() {
        let report = util::read(&format!("tests/snapshots/attacks/{}.snap", attack.name));
        let control = |c: char| c.is_control() && c != '\n';
        assert!(
            !report.contains(control),
            "{}: control characters",
            attack.name
        );
        let command = report
            .lines()
            .find(|line| line.trim_start().starts_with("::"));
        assert_eq!(command, None, "{}: a command to a runner", attack.name);
    }
}

#[test]
fn no_snapshot_is_left_of_an_attack_that_is_gone() {
    let there: BTreeSet<String> = attacks().into_iter().map(|attack| attack.name).collect();
    let folder = "tests/snapshots/attacks/";
    for file in util::files_below(folder) {
        let of = file.trim_start_matches(folder).trim_end_matches(".snap");
        assert!(there.contains(of), "{file} is of no attack");
    }
}
