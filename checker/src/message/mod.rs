//! All text that a person reads, one function a message; the text of `--help` is in `cli`,
//! and what is the same on every page of a schedule in `page.html`.
//!
//! Words of unknown origin are escaped by whoever prints them, except where a function says so.

pub mod author;
pub mod book;
pub mod cause;
pub mod course;
pub mod detail;
pub mod doc;
pub mod editor;
pub mod file;
pub mod finding;
pub mod grade;
pub mod grading;
pub mod init;
pub mod learner;
mod names;
mod never_ends;
pub mod new;
pub mod page;
pub mod plain;
pub mod program;
pub mod proof;
pub mod sandbox;
pub mod source;
pub mod step;
pub mod steps;
pub mod trace;
pub mod transcript;
pub mod typed;
pub mod waiting;
pub mod watch;

use std::time::Duration;

use anstyle::{AnsiColor, Style};
use sched_model::limits::Excess;
use sched_model::run::Refusal;

use crate::facts::fact::{Ended, Fact, Line};
use crate::facts::{Blame, Exhaustive, Finding, FirstFailure, Outcome, Tasks, Timings, Verdict};

/// ` (line 14)`, or nothing: what a process waits for at its end is in no line of the program.
pub fn at(line: Line) -> String {
    line.map_or_else(String::new, |line| format!(" (line {line})"))
}

/// A verdict in plain words; fits after "05_lock/1_two_lines: ".
pub fn headline(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::BuildError => "does not compile",
        Verdict::NotAllowed => "not allowed",
        Verdict::Pending => "not done yet",
        Verdict::WrongOutput => "wrong output",
        Verdict::Panic => "panic",
        Verdict::Deadlock => "deadlock",
        Verdict::Livelock => "livelock",
        Verdict::EndlessLoop => "endless loop",
        Verdict::DataRace => "data race",
        Verdict::WrongOrder => "wrong order",
        Verdict::Requirement => "requirement not met",
        Verdict::Leak => "something left behind",
        Verdict::TooMuchOutput => "too much output",
        Verdict::OutOfMemory => "out of memory",
        Verdict::OverLimit => "over a limit",
        Verdict::Inconclusive => "inconclusive",
        Verdict::Passed => "passed",
    }
}

/// The same of a finding: where nothing is there to be judged, that is what it is called.
pub fn headline_of(verdict: Verdict, finding: Option<&Finding>) -> &'static str {
    let fact = finding.map(|it| &it.fact);
    if matches!(fact, Some(Fact::NotHandedIn(_))) {
        grade::not_handed_in()
    } else if matches!(fact, Some(Fact::NotTaken(_))) {
        grade::not_taken()
    } else {
        headline(verdict)
    }
}

/// Whether there is nothing to be judged, so that nothing is to be said about a program.
pub fn is_nothing(outcome: &Outcome) -> bool {
    let fact = outcome.finding.as_ref().map(|it| &it.fact);
    matches!(fact, Some(Fact::NotHandedIn(_) | Fact::NotTaken(_)))
}

/// What an outcome means, for who meets it for the first time.
pub fn meaning_of(outcome: &Outcome) -> String {
    match is_nothing(outcome) {
        true => "There is no answer that could be checked.".to_owned(),
        false => meaning(outcome.verdict, outcome.nothing_expected, who(outcome)),
    }
}

/// What the tasks of an outcome are called, if all are of a kind. Main alone says nothing.
fn who(outcome: &Outcome) -> Option<Tasks> {
    let run = outcome.counterexample.as_ref().map(|it| &it.failing.run);
    let tasks = run.into_iter().flat_map(|run| {
        let started = run.tasks.iter().enumerate().skip(1);
        let started = started.filter(|(id, _)| !run.serves(*id));
        started.map(|(id, task)| task.process == id)
    });
    let mut kinds: Vec<bool> = tasks.collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds[..] {
        [] if outcome.nothing_expected => None,
        [] | [true] => Some(Tasks::Processes),
        [false] => Some(Tasks::Threads),
        _ => None,
    }
}

/// What a verdict means, for who meets it for the first time; `who`: what the tasks are.
pub fn meaning(verdict: Verdict, nothing_expected: bool, who: Option<Tasks>) -> String {
    let one = who.map_or("task", Tasks::one);
    let all = who.map_or("tasks", Tasks::name);
    match verdict {
        Verdict::WrongOutput => {
            format!("The output is wrong already when each {one} runs undisturbed, as by hand.")
        }
        Verdict::Panic if who == Some(Tasks::Processes) => {
            "A process ended with a panic, or with an exit status that is not 0.".to_owned()
        }
        Verdict::Panic => {
            format!("A {one} ended with a panic, or the program with an exit status that is not 0.")
        }
        Verdict::EndlessLoop => {
            format!("A {one} computes for ever and never comes to its next step.")
        }
        Verdict::DataRace => format!(
            "Two {all} use the same memory at the same time, one of them writes, and nothing orders \
             them. That is wrong even where the output happens to be right."
        ),
        Verdict::WrongOrder if !nothing_expected => format!(
            "The output is right when each {one} runs undisturbed, but not in every order in which \
             they may run."
        ),
        other => of_all(other).to_owned(),
    }
}

/// What a verdict means, whatever the tasks are.
fn of_all(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::BuildError => "The compiler does not accept the program, so nothing was run.",
        Verdict::NotAllowed => {
            "Your part uses or changes what is the given part's own. Nothing was run."
        }
        Verdict::Pending => "The exercise is judged once every todo!() is replaced.",
        Verdict::Deadlock => {
            "The program can never go on: someone waits for something that cannot happen any more."
        }
        Verdict::Livelock => {
            "The program is busy for ever: the same steps repeat, and nothing changes."
        }
        Verdict::WrongOrder
        | Verdict::WrongOutput
        | Verdict::Panic
        | Verdict::EndlessLoop
        | Verdict::DataRace => {
            "What the program prints depends on the order in which its tasks happen to run. Which \
             output is the right one, the checker cannot know."
        }
        Verdict::Requirement => "The output is right, but the program does not work as asked.",
        Verdict::Leak => "The output is right, but the program does not tidy up.",
        Verdict::TooMuchOutput => "The program printed more than any answer needs.",
        Verdict::OutOfMemory => "The program asked for more memory than any answer needs.",
        Verdict::OverLimit => {
            "The program itself reaches this limit, which no answer comes near, each time it is \
             checked. So nothing more can be said of it."
        }
        Verdict::Inconclusive => "The checker cannot tell. This is no verdict on your program.",
        Verdict::Passed => "No schedule that was tried broke the program.",
    }
}

/// What to do about a verdict. Ends with a colon, since the command to check again follows.
pub fn what_to_do(outcome: &Outcome, file: &str) -> String {
    if is_nothing(outcome) {
        return format!("Hand in {file}, which is checked as by:");
    }
    match outcome.verdict.traits().blame {
        Blame::Unfinished => {
            format!("Open {file}, read the task at its top, replace the todo!(), then run again:")
        }
        // What the program does reaches it each time.
        Blame::Checker if limit_reached(outcome).is_some() => {
            format!(
                "This limit is reached each time. Let the program do less, by a shorter loop or by \
                 its arguments; {file} is then checked again by:"
            )
        }
        Blame::Checker => "To try again:".to_owned(),
        Blame::Program | Blame::Nobody => format!("Change {file}, then check it again:"),
    }
}

/// The limit of a run that made it inconclusive, if it was one.
fn limit_reached(outcome: &Outcome) -> Option<Excess> {
    match &outcome.finding.as_ref()?.fact {
        Fact::Ended(Ended::GaveUp(reason)) => Excess::of(reason),
        _ => None,
    }
}

/// The line that says what an exercise came to.
pub fn result(outcome: &Outcome) -> String {
    format!("{}: {}", outcome.exercise, came_to(outcome))
}

fn came_to(outcome: &Outcome) -> String {
    let headline = headline_of(outcome.verdict, outcome.finding.as_ref());
    let mut parts = vec![headline.to_owned()];
    // The others show only what was also seen. Of an exercise all count in the same way.
    if let Some(showed) = outcome.showed.filter(|_| outcome.max_points == 0) {
        let schedules = if showed == 1 { "schedule" } else { "schedules" };
        parts[0] = format!("{headline} in {showed} {schedules}");
    }
    // For a stub, the number of failed schedules means nothing.
    if outcome.schedules > 0 && outcome.verdict != Verdict::Pending {
        parts.push(schedules_failed(
            outcome.verdict,
            outcome.failed_schedules,
            outcome.schedules,
        ));
    }
    if let Some(exhaustive) = outcome.exhaustive.filter(|it| it.schedules > 0) {
        parts.push(how_far(exhaustive));
    }
    if outcome.liberties > 0 {
        let such = match outcome.weak {
            true => "older values of atomics",
            false => "wake-ups for no reason, switches at the count of an Arc",
        };
        let taken = outcome.liberties;
        parts.push(format!("nor did any of {taken} with {such} and the like"));
    }
    // Programs that are no exercises have no points.
    if outcome.max_points > 0 {
        parts.push(points(outcome.points, outcome.max_points));
    }
    parts.join(", ")
}

/// How far a systematic exploration came.
fn how_far(exhaustive: Exhaustive) -> String {
    let Exhaustive {
        preemptions,
        schedules,
        complete,
        besides,
    } = exhaustive;
    let times = if preemptions == 1 {
        "preemption"
    } else {
        "preemptions"
    };
    if complete && besides {
        format!("nor did any of all {schedules} with up to {preemptions} {times}")
    } else if complete {
        format!("these are all schedules with up to {preemptions} {times}")
    } else {
        format!("there are more schedules with up to {preemptions} {times}")
    }
}

/// Why the task that asked could not start a process.
pub fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::Daemon => "a daemon may not",
        Refusal::Threads => "its process has other threads",
        Refusal::System => "the system allows no more",
    }
}

/// A run with the same choices went another way.
pub fn not_repeatable() -> String {
    "the program did something else when the same choices were made again; this is the checker's \
     fault, not yours"
        .to_owned()
}

/// How many of the schedules failed, or could not be judged.
pub fn schedules_failed(verdict: Verdict, failed: u32, all: u32) -> String {
    match verdict.traits().blame {
        Blame::Checker => format!("{failed} of {all} schedules not judged"),
        Blame::Nobody | Blame::Unfinished | Blame::Program => {
            format!("{failed} of {all} schedules failed")
        }
    }
}

fn points(reached: u32, all: u32) -> String {
    format!("{reached} of {all} points")
}

/// What is noted below the finding.
pub fn notes(outcome: &Outcome) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(failure) = &outcome.first_failure {
        notes.push(first_seen(failure, outcome.only_these));
    }
    if let Some(cause) = &outcome.cause {
        notes.push(format!("cause: {}", cause.words()));
    }
    // A stub is known to do nothing yet.
    if !outcome.also.is_empty() && outcome.verdict != Verdict::Pending {
        let names: Vec<_> = outcome
            .also
            .iter()
            .map(|&verdict| headline(verdict))
            .collect();
        notes.push(format!("also seen: {}", names.join(", ")));
    }
    notes
}

fn first_seen(failure: &FirstFailure, only_these: bool) -> String {
    let (schedule, row) = (failure.schedule, with_arguments(&failure.args));
    let always = match (only_these, &failure.args[..]) {
        (false, _) => "",
        (true, []) => " (always without arguments, never with some)",
        (true, [_]) => " (always with this one, never with others)",
        (true, _) => " (always with these, never with others)",
    };
    format!("first seen in schedule {schedule}{row}{always}")
}

/// Which schedule shows something, not escaped.
pub fn shown_by(first: &FirstFailure, seed: u64) -> String {
    let row = with_arguments(&first.args);
    format!("schedule {}{row}, seed {seed}", first.schedule)
}

/// A row of arguments, not escaped.
fn with_arguments(row: &[String]) -> String {
    match row {
        [] => String::new(),
        [one] => format!(", with the argument {one}"),
        several => format!(", with the arguments {}", several.join(" ")),
    }
}

/// How to look at a failing schedule.
pub fn see_it_again(replay: &str) -> String {
    format!("See it step by step:\n{}", command(replay))
}

/// How to get the next hint, or the first one.
pub fn another_hint(hint: &str, next: bool) -> String {
    let which = if next { "another" } else { "a" };
    format!("For {which} hint:\n{}", command(hint))
}

/// A command to be copied.
pub fn command(line: &str) -> String {
    format!("    {line}\n")
}

/// What a pass says, and what it does not say; `all_few`: for some exercise all schedules with few
/// preemptions were run, too.
pub fn what_a_pass_means(all_few: bool) -> String {
    let few = if all_few {
        " Where it is said above, all schedules with up to 2 preemptions (a task that could go on \
         is left for another) were run as well."
    } else {
        ""
    };
    format!(
        "A pass means that none of these schedules broke the program. The first few are fixed \
         (nobody is disturbed; a switch at every step; the youngest first), the others are drawn \
         at random.{few} It is no proof: a fault that needs a rarer order, or other arguments, \
         would have been missed. To look for longer: --schedules 5000"
    )
}

/// The heading of the table at the end.
pub fn totals(outcomes: &[Outcome]) -> String {
    let passed = outcomes
        .iter()
        .filter(|it| it.verdict == Verdict::Passed)
        .count();
    let reached: u32 = outcomes.iter().map(|it| it.points).sum();
    let all: u32 = outcomes.iter().map(|it| it.max_points).sum();
    if all == 0 {
        return format!("{passed} of {} programs passed\n", outcomes.len());
    }
    format!(
        "{passed} of {} exercises passed, {}\n",
        outcomes.len(),
        points(reached, all)
    )
}

/// How the points stand in the line that says what an exercise came to.
pub fn with_points(reached: u32, all: u32) -> String {
    format!(", {}", points(reached, all))
}

/// A line of the table at the end; exercises are padded to `width`.
pub fn summary_line(outcome: &Outcome, width: usize) -> String {
    let points = format!("{}/{}", outcome.points, outcome.max_points);
    let headline = headline_of(outcome.verdict, outcome.finding.as_ref());
    let exercise = &outcome.exercise;
    if outcome.max_points == 0 {
        return format!("  {exercise:width$}  {headline}\n");
    }
    format!("  {exercise:width$}  {points:>5}  {headline}\n")
}

/// Text in the colour of a verdict.
pub fn paint(verdict: Verdict, text: &str) -> String {
    let colour = match verdict.traits().blame {
        Blame::Nobody => AnsiColor::Green,
        Blame::Unfinished => AnsiColor::Cyan,
        Blame::Checker => AnsiColor::Yellow,
        Blame::Program => AnsiColor::Red,
    };
    let style = Style::new().bold().fg_color(Some(colour.into()));
    format!("{style}{}{style:#}\n", text.trim_end_matches('\n'))
}

/// How long the steps took.
pub fn timings(exercise: &str, timings: &Timings) -> String {
    let Timings {
        compile,
        explore,
        explain,
        explored,
        started,
    } = *timings;
    let part = |time: Duration, runs: u64| format!("{} ({runs} runs)", milliseconds(time));
    format!(
        "{exercise}: compile {}, explore {}, explain {}; together {}, {} processes and {} more \
         threads, work {}, {} of a core",
        milliseconds(compile),
        part(explore, explored.runs),
        part(explain, started.runs - explored.runs),
        milliseconds(compile + explore + explain),
        started.processes,
        started.threads,
        started.work,
        milliseconds(started.cpu),
    )
}

fn milliseconds(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}

/// What a replay found, if nothing.
pub fn nothing_found() -> &'static str {
    "Nothing is wrong in this schedule."
}

/// A signal ended `course` before it was done.
pub fn interrupted() -> &'static str {
    "interrupted: the check was not finished"
}

/// An error that ends `course`, with its causes.
pub fn error(error: &anyhow::Error) -> String {
    let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
    format!(
        "{style}error{style:#}: {}",
        plain::block(&format!("{error:#}"))
    )
}

/// The checker itself failed.
pub fn tool_failed(error: &anyhow::Error) -> String {
    format!("the check could not be done: {error:#}")
}

/// The end of a sentence on a name that is not known.
pub fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |it| format!("; did you mean `{it}`?"))
}

/// A failure that the checker saw once and could not show again.
pub fn not_reproduced(schedule: u32) -> String {
    format!(
        "schedule {schedule} failed, and did not when it was run again: the program does not do the \
         same each time, so it depends on something that the checker does not control, such as \
         what /proc says, memory addresses or files outside"
    )
}
