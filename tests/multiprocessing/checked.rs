//! Scenarios under the checker's scheduler: each program is an exercise of a course of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use course::given::{MARKER, split};

use crate::endings::ending;
use crate::{PROGRAMS, Program, own_course};

/// Schedules for each scenario.
const SCHEDULES: usize = 25;
/// How late the scheduler may make a task. A scenario that sleeps a while to let others come
/// first, or that has a time limit for what ought to happen, does so with more than this.
const MAX_DELAY: &str = "50ms";

/// An exercise: some scenarios of a program, which get the same verdict.
pub struct Check {
    id: String,
    program: &'static Program,
    scenarios: Vec<&'static str>,
}

/// A check of each program, and one of each scenario that does not pass.
pub fn checks() -> Vec<Check> {
    let mut checks = Vec::new();
    for (number, program) in PROGRAMS.iter().enumerate() {
        let names = program.scenarios.iter().map(|(name, _)| *name);
        let (pass, fail): (Vec<_>, Vec<_>) = names.partition(|name| ending(name).panic.is_none());
        let check = |id, scenarios| Check {
            id,
            program,
            scenarios,
        };
        let topic = format!("{}_{}", 10 + number, program.name);
        checks.push(check(format!("{topic}/0_all"), pass));
        let alone = (1..)
            .zip(fail)
            .map(|(number, name)| check(format!("{topic}/{number}_{name}"), vec![name]));
        checks.extend(alone);
    }
    checks
}

impl Check {
    /// Its name as a test.
    pub fn name(&self) -> String {
        match &self.scenarios[..] {
            [one] => format!("{}::{one}", self.program.name),
            _ => self.program.name.to_owned(),
        }
    }

    /// The program as the learner's and as the solution: all of it is given.
    fn text(&self) -> String {
        let (scenarios, list) = split(self.program.text).expect("has the line");
        let given = [scenarios, include_str!("given.rs"), list];
        let given = given.iter().flat_map(|text| text.lines());
        let given: Vec<&str> = given.filter(|line| !line.starts_with("//!")).collect();
        format!("// All is given.\n{MARKER}\n{}\n", given.join("\n"))
    }

    fn add(&self, root: &Path) {
        let rows: Vec<[&str; 1]> = self.scenarios.iter().map(|name| [*name]).collect();
        let transcript = |name: &&str| {
            let prints = match ending(name).prints {
                [] => "(nothing was printed)".to_owned(),
                lines => lines.join("\n"),
            };
            (format!("@{name}"), prints + "\n")
        };
        let transcripts: Vec<_> = self.scenarios.iter().map(transcript).collect();
        let exercise = own_course::Exercise {
            id: &self.id,
            settings: &format!("view = \"sorted\"\nmax_delay = {MAX_DELAY:?}\nargs = {rows:?}\n"),
            program: &self.text(),
            transcripts: &transcripts,
        };
        exercise.add(root);
    }

    /// Checks it.
    ///
    /// # Panics
    ///
    /// When it does not get its verdict.
    pub fn run(&self) {
        let schedules = (self.scenarios.len() * SCHEDULES).to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_course"));
        command
            .args([
                "check",
                &self.id,
                "--format",
                "json",
                "--jobs",
                "1",
                "--schedules",
                &schedules,
            ])
            .current_dir(root());
        let output = command.output().expect("course runs");
        let said = String::from_utf8_lossy(&output.stderr);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {said}"));
        let result = &report["results"][0];
        let panic = ending(self.scenarios[0]).panic;
        let verdict = if panic.is_some() { "panic" } else { "passed" };
        assert_eq!(result["verdict"], verdict, "{result:#}");
        let message = result["message"].as_str().unwrap_or_default();
        assert!(message.contains(panic.unwrap_or_default()), "{result:#}");
        let number = |name: &str| result[name].as_u64().expect("a number").to_string();
        assert_eq!(number("schedules"), schedules, "{result:#}");
        let failed = if panic.is_some() { &schedules } else { "0" };
        assert_eq!(number("failed_schedules"), failed, "{result:#}");
    }
}

/// The folder of the course of these tests.
fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let root = own_course::root();
        own_course::make(&root);
        checks().iter().for_each(|check| check.add(&root));
        root
    })
}
