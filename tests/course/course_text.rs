//! The programs in course.md: each is built without a warning and run, and where the text shows
//! what one prints, it prints that.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::util::{self, read, root, text};

/// Seconds for one program: far more than any needs; what takes longer hangs.
const PATIENCE: &str = "60";
/// Programs that run side by side: most of them sleep most of the time.
const AT_ONCE: usize = 4;

/// What the text shows below a program.
#[derive(Debug)]
enum Shown {
    /// The output, always.
    Exactly(String),
    /// The lines of the output; schedules differ in their order.
    InAnyOrder(String),
}

/// A block of Rust.
#[derive(Debug)]
struct Program {
    /// The number of its section and its own number there, such as `05-2`.
    name: String,
    /// The line of course.md on which it begins.
    line: usize,
    code: String,
    shown: Option<Shown>,
}

/// A fenced block: what is written behind the opening fence, the line of that, and the content.
struct Block {
    section: String,
    kind: String,
    line: usize,
    content: String,
}

/// All fenced blocks of the text.
fn blocks(text: &str) -> Vec<Block> {
    let (mut found, mut section) = (Vec::new(), String::new());
    let mut open: Option<Block> = None;
    for (line, content) in (1..).zip(text.lines()) {
        if let Some(mut block) = open.take() {
            if content == "```" {
                found.push(block);
            } else {
                block.content.push_str(content);
                block.content.push('\n');
                open = Some(block);
            }
        } else if let Some(kind) = content.trim_start().strip_prefix("```") {
            open = Some(Block {
                section: section.clone(),
                kind: kind.to_owned(),
                line,
                content: String::new(),
            });
        } else if let Some(title) = content.strip_prefix("## ") {
            let first = title.split_whitespace().next().unwrap_or("none");
            section = first.to_lowercase();
        }
    }
    assert!(open.is_none(), "the last block of course.md has no end");
    found
}

/// The programs of the text, with what is shown below them.
fn programs() -> Vec<Program> {
    let mut programs: Vec<Program> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    for block in blocks(&read("course.md")) {
        let at = format!("course.md, line {}", block.line);
        match block.kind.as_str() {
            "rust" => {
                let number = numbers.entry(block.section.clone()).or_default();
                *number += 1;
                programs.push(Program {
                    name: format!("{}-{number}", block.section),
                    line: block.line,
                    code: block.content,
                    shown: None,
                });
            }
            "text output" => show(&mut programs, Shown::Exactly(block.content), &at),
            "text output in any order" => {
                show(&mut programs, Shown::InAnyOrder(block.content), &at);
            }
            "text" => assert!(
                !looks_like_rust(&block.content),
                "{at}: Rust that no test builds"
            ),
            other => panic!("{at}: neither a program, nor its output, nor text: {other}"),
        }
    }
    programs
}

#[track_caller]
fn show(programs: &mut [Program], shown: Shown, at: &str) {
    let program = programs
        .last_mut()
        .unwrap_or_else(|| panic!("{at}: the output of what?"));
    let before = program.shown.replace(shown);
    assert!(before.is_none(), "{at}: a second output of one program");
}

/// Whether a block that is not built is a program after all.
fn looks_like_rust(content: &str) -> bool {
    let statement = |line: &str| line.ends_with([';', '{']);
    content.lines().any(|line| statement(line.trim_end()))
}

/// The manifest of a project with all programs, which may use what exercises use.
fn manifest() -> String {
    let workspace: toml::Table = read("Cargo.toml").parse().expect("a manifest");
    let edition = &workspace["workspace"]["package"]["edition"];
    let serde = &workspace["workspace"]["dependencies"]["serde"];
    let mp = toml::Value::from(root().join("checker/mp").to_string_lossy().into_owned());
    format!(
        r#"[workspace]

[package]
name = "course-text"
version = "0.0.0"
edition = {edition}
publish = false

[dependencies]
mp = {{ path = {mp} }}
serde = {serde}

[lints.rust]
warnings = "deny"

[profile.dev]
debug = false
"#
    )
}

/// Writes a file unless it says so already: cargo would build its program again.
fn put(file: &Path, content: &str) {
    if fs::read_to_string(file).is_ok_and(|before| before == content) {
        return;
    }
    let folder = file.parent().expect("a folder");
    fs::create_dir_all(folder).expect("a folder that can be made");
    fs::write(file, content).expect("a file that can be written");
}

/// Builds all programs and returns the folder in which they are.
fn build(programs: &[Program]) -> PathBuf {
    let project = Path::new(env!("CARGO_TARGET_TMPDIR")).join("course_text");
    let bins = project.join("src/bin");
    // Programs that there are no more would still be built.
    for entry in fs::read_dir(&bins).into_iter().flatten().flatten() {
        let of_now = |program: &Program| entry.file_name() == *format!("{}.rs", program.name);
        if !programs.iter().any(of_now) {
            fs::remove_file(entry.path()).expect("an old program that can be removed");
        }
    }
    for program in programs {
        put(&bins.join(format!("{}.rs", program.name)), &program.code);
    }
    put(&project.join("Cargo.toml"), &manifest());
    // The same versions as everywhere here, so that nothing has to be fetched.
    fs::copy(root().join("Cargo.lock"), project.join("Cargo.lock")).expect("a lock file");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--bins", "--keep-going", "--quiet"]);
    cargo.arg("--target-dir").arg(project.join("target"));
    // Where programs are cross-compiled, these are not.
    cargo.env_remove("CARGO_BUILD_TARGET");
    let output = cargo.current_dir(&project).output().expect("cargo starts");
    let where_from = |program: &Program| format!("{}: line {}\n", program.name, program.line);
    let lines: String = programs.iter().map(where_from).collect();
    assert!(
        output.status.success(),
        "course.md has programs that do not build:\n{}\nWhere they begin:\n{lines}",
        text(&output.stderr)
    );
    project.join("target/debug")
}

/// Runs a program; what is wrong with it, if anything is.
fn run(program: &Program, folder: &Path) -> Result<(), String> {
    // `timeout` ends the program's children as well.
    let mut command = Command::new("timeout");
    command.args(["--kill-after=1", PATIENCE]);
    command.arg(folder.join(&program.name)).stdin(Stdio::null());
    let output = command.output().expect("timeout starts");
    let printed = text(&output.stdout);
    let as_shown = match &program.shown {
        None => true,
        Some(Shown::Exactly(shown)) => *shown == printed,
        Some(Shown::InAnyOrder(shown)) => sorted(shown) == sorted(&printed),
    };
    if output.status.success() && as_shown {
        return Ok(());
    }
    Err(format!(
        "the program at line {} of course.md: {}\nshown: {:?}\nprinted:\n{printed}{}",
        program.line,
        output.status,
        program.shown,
        text(&output.stderr)
    ))
}

fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

#[test]
fn every_program_of_the_text_builds_without_a_warning_and_prints_what_is_shown() {
    programs_build_and_print_what_is_shown(1);
}

#[test]
#[ignore = "long: 3 minutes"]
fn long_every_program_of_the_text_prints_what_is_shown_every_time() {
    programs_build_and_print_what_is_shown(20);
}

fn programs_build_and_print_what_is_shown(rounds: usize) {
    let programs = programs();
    let folder = build(&programs);
    let runs: Vec<&Program> = (0..rounds).flat_map(|_| &programs).collect();
    util::for_each_at_once(AT_ONCE, &runs, |program| run(program, &folder).err());
}

#[test]
fn every_section_has_programs_and_none_is_hidden_in_a_block_of_text() {
    // Reading them is what finds such a block.
    let programs = programs();
    for topic in 1..=11 {
        let prefix = format!("{topic:02}-");
        let inside = |program: &&Program| program.name.starts_with(&prefix);
        assert!(
            programs.iter().any(|it| inside(&it)),
            "none in section {topic:02}"
        );
    }
}

/// The words of a text, as Rust has them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let part = |c: char| !c.is_alphanumeric() && c != '_';
    text.split(part).filter(|word| !word.is_empty())
}

/// What one can name or call in mp: all that it exports, and the methods.
fn names_of_mp() -> BTreeSet<String> {
    let library = read("checker/mp/src/lib.rs");
    let exported = library.lines().filter_map(|it| it.strip_prefix("pub use "));
    let mut names: BTreeSet<String> = exported
        .flat_map(|line| words(line).skip(1))
        .map(str::to_owned)
        .collect();
    for file in util::files_below("checker/mp/src") {
        let text = read(&file);
        let functions = text
            .lines()
            .filter_map(|it| it.trim().strip_prefix("pub fn "));
        names.extend(
            functions
                .filter_map(|it| words(it).next())
                .map(str::to_owned),
        );
    }
    names
}

/// The code of a part of the text: its programs, and what stands in backquotes.
fn code_in(section: &str) -> String {
    let (mut code, mut fence) = (String::new(), None);
    for line in section.lines() {
        if let Some(kind) = line.strip_prefix("```") {
            fence = fence.is_none().then_some(kind);
        } else if fence == Some("rust") {
            code += line;
            code.push('\n');
        } else if fence.is_none() {
            line.split('`').skip(1).step_by(2).for_each(|it| {
                code += it;
                code.push('\n');
            });
        }
    }
    code
}

/// The names of mp that a solution needs: types, and in the learner's part what is called, but for
/// functions that the program has itself.
fn names_in(program: &str, of_mp: &BTreeSet<String>) -> BTreeSet<String> {
    let defined = program.split("fn ").skip(1);
    let defined: BTreeSet<&str> = defined.filter_map(|it| words(it).next()).collect();
    let (learners, _) = program.split_once("// ---- given").expect("a marker");
    let mut names = BTreeSet::new();
    for (number, line) in program.lines().enumerate() {
        if line.trim().starts_with("//") {
            continue;
        }
        let is_learners = number < learners.lines().count();
        for word in words(line) {
            let at = word.as_ptr() as usize - line.as_ptr() as usize;
            let (left, right) = (&line[..at], &line[at + word.len()..]);
            let is_type = word.starts_with(char::is_uppercase);
            let is_call =
                is_learners && left.ends_with(['.', ':']) && right.starts_with(['(', ':']);
            if (is_type || is_call) && of_mp.contains(word) && !defined.contains(word) {
                names.insert(word.to_owned());
            }
        }
    }
    names
}

#[test]
fn what_a_solution_needs_of_mp_is_shown_before_its_exercise() {
    let (text, of_mp) = (read("course.md"), names_of_mp());
    let files = util::files_below("solutions");
    let (mut shown, mut missing) = (BTreeSet::new(), Vec::new());
    for section in text.split("\n## ") {
        shown.extend(words(&code_in(section)).map(str::to_owned));
        let number = section.split(' ').next().unwrap_or_default();
        let topic = format!("solutions/{number}_");
        let of_topic = |it: &&String| it.starts_with(&topic) && it.ends_with(".rs");
        for file in files.iter().filter(of_topic) {
            let needed = names_in(&read(file), &of_mp);
            missing.extend(needed.difference(&shown).map(|it| format!("{file}: {it}")));
        }
    }
    assert!(
        missing.is_empty(),
        "not shown before:\n{}",
        missing.join("\n")
    );
}

#[test]
fn names_are_found_where_they_are_used() {
    let of_mp = ["Value", "get", "insert", "lock"].map(str::to_owned).into();
    let program = "//! get()\nfn f() { x.get(); ring.insert(1); lock(); }\n\
                   // ---- given\nfn insert() {}\nfn g(y: mp::Value<u32>) { y.lock(); }\n";
    let names: Vec<String> = names_in(program, &of_mp).into_iter().collect();
    assert_eq!(names, ["Value", "get"]);
}
