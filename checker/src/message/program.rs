//! What is said about programs of one's own, one function a message.

use std::path::Path;
use std::process::ExitStatus;
use std::time::Duration;

use crate::facts::Long;
use crate::facts::fact::Printed;
use crate::facts::{Finding, Memory};
use crate::message::finding::sentence;
use crate::message::plain;
use sched_model::limits::thousands;

/// An option that only goes with a program's file.
pub fn only_for_programs(option: &str, exercise: &str) -> String {
    format!(
        "{option} is for programs that are no exercises, and {exercise} is one: its arguments, \
         delays and transcripts are those of exercises/course.toml"
    )
}

/// What a program of one's own uses, and why that cannot be checked.
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

/// How the output of a program was judged if its right output is not known.
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

/// A program printed something else when the same schedule was run again.
pub fn unsteady(line: Option<&str>) -> String {
    let printed = match line {
        Some(line) => format!(
            "where it had printed \"{}\"",
            plain::cut(&plain::line(line), 60)
        ),
        None => "the second time".to_owned(),
    };
    format!(
        "started again, the program printed something else {printed}, although nobody was disturbed \
         either time: that comes from something that is not controlled, such as an address or the \
         process id of a program, so nothing can be said of what it prints"
    )
}

/// The longest part of what was printed that a table shows.
const SHOWN: usize = 50;

/// What a program prints that leaves it open.
pub fn left_open(printed: &[Printed], more: usize) -> String {
    let mut lines = vec![
        "The program leaves open what it prints: even where no task is interrupted it prints \
         different things, by who goes on when another one waits or ends. Where they differ:"
            .to_owned(),
        String::new(),
        "  times  first in  printed".to_owned(),
    ];
    lines.extend(printed.iter().map(|it| {
        let what = match it.lines.is_empty() {
            true => "nothing but what all print".to_owned(),
            false => plain::cut(&plain::line(&it.lines.join(" | ")), SHOWN),
        };
        format!("  {:5}  {:8}  {what}", it.times, it.schedule)
    }));
    lines.extend((more > 0).then(|| format!("  and {more} others")));
    lines.push(String::new());
    lines.push(
        "Where all schedules must print the same, ask for it: `--same-output`; where one output is \
         right, put it into a file: `--expect FILE`."
            .to_owned(),
    );
    lines.join("\n")
}

/// Why a pass rests on fewer schedules than were asked for.
pub fn long(long: Long, asked: u32) -> String {
    let undisturbed = thousands(long.undisturbed as usize);
    let less = "With less to do in each run, such as shorter loops, there are more: a smaller program \
                often has the same faults.";
    if let Some(blocks) = long.computed {
        let blocks = thousands(usize::try_from(blocks).unwrap_or(usize::MAX));
        return format!(
            "A run of this program computes for long: {blocks} steps of its code when nobody is \
             disturbed. So there were fewer than {asked} schedules. {less}"
        );
    }
    if long.seldom {
        return format!(
            "A run of this program is long: {undisturbed} scheduling points when nobody is disturbed. \
             So there were fewer than {asked} schedules, in which tasks are seldom interrupted. {less}"
        );
    }
    format!(
        "Some runs of this program are long: {} scheduling points in schedule {}, and {undisturbed} \
         when nobody is disturbed. So there were fewer than {asked} schedules. {less}",
        thousands(long.most as usize),
        long.schedule,
    )
}

/// What a pass says of races in unsafe code.
pub fn memory(memory: Memory) -> &'static str {
    match memory {
        Memory::Watched => {
            "Memory of unsafe code: watched. No two accesses raced in the schedules that were run."
        }
        Memory::Partly => {
            "Memory of unsafe code: watched in part. The program uses more than can be watched; \
             races on the rest would not have been seen."
        }
        Memory::NotWatched => {
            "Memory of unsafe code: not watched. A data race there would not have been seen: this \
             compiler does not tell of each access, or the program orders some in a way that it does \
             not tell of."
        }
    }
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

/// Why a program without std cannot be checked.
pub const NO_STD: &str = "without std there is nothing to control";
/// Why one without `main` cannot.
pub const NO_MAIN: &str = "a program starts with `main`";
/// Why names of its own for the linker are no good.
pub const REPLACES: &str = "it could replace what the checker relies on";
/// Why code in sections of its own is not.
pub const TOO_EARLY: &str = "it could run before the checker is ready";
/// Why other libraries are not.
pub const OTHER_LIBRARIES: &str = "the checker does not see what other libraries do";
/// Why an allocator of its own is not.
pub const ALLOCATOR: &str = "it is not told apart from the program itself";
/// Why assembler is not.
pub const ASSEMBLER: &str = "the checker does not see what assembler does";
/// Why other files are not.
pub const INCLUDED: &str = "code from another file is not checked; write it into this one";
/// Functions that are not Rust's, and why they are not.
pub const FOREIGN: (&str, &str) = (
    "functions of another language (`extern`)",
    "the checker does not see what functions outside Rust do",
);
/// A text that nobody wrote by hand, and why it is not.
pub const VERY_LONG: (&str, &str) = ("very much text", "only 1 MiB of it is read");

/// A module in another file, and why it is not.
pub fn module(name: &str) -> (String, &'static str) {
    let what = format!("the module `{name}` in a file of its own");
    (what, "only this file is read; write the module into it")
}

/// The compiler accepts a program, but not with the libraries of the check; what it says follows.
pub const NOT_FOR_THE_CHECK: &str = "the program compiles, but not for the check: ";
/// The compiler says nothing of why it failed.
pub const COMPILER_FAILED: &str = "the compiler failed";

/// The compiler ended in a way that it should not.
pub fn compiler_crashed(status: ExitStatus) -> String {
    format!("{COMPILER_FAILED} ({status})")
}

/// The compiler crashes over a text.
pub fn compiler_crashes() -> &'static str {
    "it crashed"
}

/// The compiler waits for ever.
pub fn compiler_hangs(limit: Duration) -> String {
    format!("the compiler did not come to an end within {limit:?}")
}

/// The compiler takes more than it may: which of the two it is depends on the machine.
pub fn compiler_takes_too_much() -> &'static str {
    "it asked for more time or memory than any exercise needs"
}

/// The compiler comes to no end with a program, though it does with others; why.
pub fn compiler_gave_up(why: &str) -> String {
    format!("the compiler gave up on this program: {why}")
}

/// The libraries are not there yet.
pub fn building_libraries() -> &'static str {
    "Building the libraries of the course, once:"
}

/// Cargo built something and did not tell its path.
pub fn built_nowhere(name: &str) -> String {
    format!("cargo did not say where it put {name}")
}

/// An executable that was changed by somebody else at once.
pub fn does_not_stay(file: &Path) -> String {
    format!("{} does not stay as it was written", file.display())
}

/// What programs are checked with is put where there is no course.
pub fn made_in_cache(folder: &Path) -> String {
    format!(
        "There is no course here; what programs are checked with is kept in {}",
        plain::line(&folder.display().to_string())
    )
}

/// There is no place for what programs are checked with.
pub fn no_cache() -> String {
    "what programs are checked with has no place: neither XDG_CACHE_HOME nor HOME names a folder; \
     `XDG_CACHE_HOME=/tmp/cache course check ...` uses that one"
        .to_owned()
}

/// Files that are no programs were left out.
pub fn without_main(count: usize) -> String {
    match count {
        1 => "1 file without `fn main` is left out".to_owned(),
        _ => format!("{count} files without `fn main` are left out"),
    }
}

/// A folder holds nothing to check.
pub fn no_programs(folder: &str) -> String {
    format!(
        "there is no program in {}: no file that ends with .rs and has a `fn main`",
        plain::line(folder)
    )
}

/// A folder cannot be listed.
pub fn not_listed(folder: &str, error: &std::io::Error) -> String {
    format!("failed to list {}: {error}", plain::line(folder))
}
