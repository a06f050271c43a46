//! What is said of programs that are no exercises, one function a message.

use crate::facts::Finding;
use crate::message::finding::sentence;
use crate::message::plain;

/// An option that only goes with a program's file.
pub fn only_for_programs(option: &str, exercise: &str) -> String {
    format!(
        "{option} is for programs that are no exercises, and {exercise} is one: its arguments, \
         delays and transcripts are those of exercises/course.toml"
    )
}

/// What a program that is no exercise uses, and why that cannot be checked.
pub fn not_controlled(what: &str, why: &str) -> String {
    format!("the program uses {what}: {why}")
}

/// A crate that programs cannot be compiled with.
pub fn other_crate(name: &str) -> String {
    let name = plain::line(name);
    format!(
        "the program uses the crate `{name}`, but programs are checked with std, mp and serde alone"
    )
}

/// How the output of a program was judged that nobody said the right output of.
pub fn what_was_compared(of_clock: Option<&str>) -> String {
    let clock = of_clock.map_or(String::new(), |line| {
        let line = plain::line(line);
        format!(" Nor was what they tell of the clock, as in `{line}`.")
    });
    format!(
        "The same lines were printed in every schedule; their order was not judged. Where it \
         matters, put the right output into a file: `--expect FILE`.{clock}"
    )
}

/// The compiler found more errors than are shown.
pub fn more_errors(count: usize) -> String {
    format!("and {count} more errors")
}

/// A program that could not be compiled, or not be read.
pub fn cannot_be_run(finding: &Finding, details: &[String]) -> String {
    let (why, details) = (sentence(finding), details.join("\n"));
    format!("the program cannot be run: {why}\n{details}")
}
