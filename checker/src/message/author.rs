//! What `course author check` says, one function a message.

use crate::facts::fact::{Fact, Unmet};
use crate::facts::named::nearest;
use crate::facts::{Cause, Finding, FirstFailure, Outcome, Verdict};
use crate::message::did_you_mean;
use crate::message::finding::sentence;
use crate::message::plain;

/// With this paragraph of a header begins what it demands.
pub const TASK: &str = "The task:";
/// With this one, the next, that is over.
pub const WHY: &str = "Why it matters:";
/// The last one.
pub const TRY: &str = "Try it by hand:";

/// A program without the line that divides it, or with more than one.
pub fn no_marker(file: &str) -> String {
    let line = crate::facts::given::MARKER;
    format!(
        "{file} must have the line `{line}` exactly once: put it between the learner's part and \
         what is given"
    )
}

/// A header that is too long, or none.
pub fn long_header(file: &str, lines: usize, most: usize) -> String {
    match lines {
        0 => format!(
            "{file} has no header: begin it with lines `//! ...`, which say what it is about, `{TASK}`, \
             `{WHY}`, and how to try it"
        ),
        _ => format!("the header of {file} has {lines} lines; at most {most} are read: shorten it"),
    }
}

/// A line of the header that is too long.
pub fn long_line(file: &str, line: usize, columns: usize, most: usize) -> String {
    format!("{file}:{line} has {columns} columns; at most {most} fit: break the line")
}

/// A command that the header does not name.
pub fn no_command(file: &str, command: &str) -> String {
    let before = match command.contains(" run ") {
        true => "Try it by hand: ",
        false => "Check it:       ",
    };
    format!("the header of {file} does not name a command: add `//! {before} `{command}``")
}

/// A header without one of its paragraphs.
pub fn no_paragraph(file: &str, begins: &str) -> String {
    format!(
        "the header of {file} has no paragraph that begins with `{begins}`: add a line `//!` and, \
         below it, `//! {begins} ...`"
    )
}

/// The head of the list of demands.
pub const DEMANDS: &str = "\
# What headers demand, and what checks it

Each sentence of the exercises' headers and of what they leave to do, with its check.
`course author check` holds this list against the headers and against the course, and with `--update`
writes it anew: a check stays with its sentence, and a new sentence has none yet. A check is `tells`
for a sentence that demands nothing. Otherwise it names, as in `wrong: no_lock, sleeps; require: overlap`,

- `wrong`: answers below tests/wrong that do all else but not this, and are found;
- `right`: answers below tests/right that use the freedom which the sentence gives;
- `row`: the row of arguments in exercises/course.toml that shows it, as it is typed: `row: 0 2`;
- `require`: the requirement there that sees it;

among them a wrong or a right answer, which proves it.
";

/// The list of demands has other sentences than the headers.
pub fn demands_out_of_date(file: &str, line: usize) -> String {
    format!(
        "{file} does not list what the headers say, from line {line} on; `course author check \
         --update` writes it anew"
    )
}

/// A sentence whose check nobody has named.
pub fn unchecked(sentence: &str, exercise: &str) -> String {
    format!(
        "nothing checks \"{sentence}\" yet; write here `wrong: NAME` (an answer in \
         tests/wrong/{exercise} that does all but this), `right: NAME` if it leaves a choice, or \
         `tells` if it demands nothing"
    )
}

/// A check that names what is not there.
pub fn no_such_check(kind: &str, name: &str, exercise: &str) -> String {
    let must = match kind {
        "wrong" | "right" => format!("there is no tests/{kind}/{exercise}/{name}.rs"),
        "row" => format!(
            "{exercise} has no such row of arguments in exercises/course.toml; write one as it is typed: \
             `row: 0 2`"
        ),
        "require" => format!("{exercise} has no such requirement in exercises/course.toml"),
        _ => "a check is `tells`, or names `wrong`, `right`, `row` and `require`".to_owned(),
    };
    let named = if name.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}: {name}")
    };
    format!("`{named}`: {must}")
}

/// A check without a known answer.
pub fn unproved(sentence: &str) -> String {
    format!(
        "no known answer proves that \"{sentence}\" is checked; name a `wrong` one that is found, or a \
         `right` one that uses the choice"
    )
}

/// A requirement that no sentence demands.
pub fn demanded_nowhere(requirement: &str, file: &str) -> String {
    format!(
        "exercises/course.toml requires `{requirement}`, but no sentence in {file} names it: the \
         header has to demand it, and the list to say so"
    )
}

/// A header and the requirement `no_polling` that do not agree; `forbidden`: by the header.
pub fn polling(file: &str, id: &str, forbidden: bool) -> String {
    if forbidden {
        format!(
            "the header of {file} says not to ask again and again, and nothing checks it: add \
             `require.no_polling = true` below [exercise.\"{id}\"] in exercises/course.toml"
        )
    } else {
        format!(
            "exercises/course.toml requires `no_polling` of {id}, and the header of {file} does not say \
             so: add `Nobody asks again and again.` to the task"
        )
    }
}

/// A stub that does not say where to write.
pub fn no_todo(file: &str, todo: &str) -> String {
    let todo = todo.trim();
    format!(
        "{file} has no `{todo}`: put `// TODO: what to do` and `todo!()` where learners are to write"
    )
}

/// A solution with something left to do.
pub fn todo_left(file: &str, todo: &str) -> String {
    format!("{file} still has a `{todo}`: solve it, and say in its place why it is so")
}

/// Stub and solution begin differently.
pub fn another_header(file: &str, stub: &str) -> String {
    format!("the header of {file} is not that of {stub}: copy its lines `//! ...` from there")
}

/// A given part that differs.
pub fn another_given_part(file: &str, stub: &str) -> String {
    format!(
        "the given part of {file} is another one than in {stub}: copy all below the line from there"
    )
}

/// Stub and solution declare what the given part uses in other ways.
pub fn other_signatures(file: &str, stub: &str) -> String {
    format!(
        "{stub} does not declare what the given part uses as {file} does: give its functions the same \
         signatures"
    )
}

/// An answer with the given part in it.
pub fn more_than_the_learners_part(file: &str) -> String {
    let line = crate::facts::given::MARKER;
    format!("{file} must end above the line `{line}`: the course puts that and the rest behind it")
}

/// An answer whose first line does not declare what it must.
pub fn undeclared(file: &str, unknown: Option<&str>) -> String {
    let line = if file.contains("tests/right/") {
        "//! verdict: passed"
    } else {
        "//! verdict: deadlock, cause: lock_cycle"
    };
    let unknown = unknown.map_or_else(String::new, |name| {
        let verdicts = Verdict::ALL.iter().map(|it| it.name());
        let names = verdicts.chain(Cause::ALL.iter().map(|it| it.name()));
        let like = did_you_mean(nearest(name, names));
        format!("; {name:?} is neither a verdict nor a cause{like}")
    });
    format!("the first line of {file} must declare what it gets, as in `{line}`{unknown}")
}

/// Too few wrong answers.
pub fn few_wrong(id: &str, count: usize, fewest: usize) -> String {
    format!(
        "there are {count} wrong answers; {fewest} are the fewest: write the learner's part with a \
         mistake into tests/wrong/{id}/NAME.rs, and on its first line what it gets, as in `//! verdict: \
         wrong_output` ({})",
        see(id, &format!("tests/wrong/{id}/NAME.rs"))
    )
}

/// Too few right answers besides the solution.
pub fn few_right(id: &str, count: usize, fewest: usize) -> String {
    format!(
        "there are {count} other right answers; {fewest} are the fewest: write the learner's part in \
         another way into tests/right/{id}/NAME.rs, below the line `//! verdict: passed`"
    )
}

/// The command that shows what an answer gets.
fn see(id: &str, file: &str) -> String {
    format!("`course check {id} --file {file}` shows it")
}

/// The solution fails in some schedule.
pub fn solution_fails(exercise: &str, finding: &Finding, first: &FirstFailure) -> String {
    let (why, args, schedule) = (sentence(finding), &first.args, first.schedule);
    // What some schedule has to show, few arguments may leave no room for.
    let asked_of_ordinary_rows = matches!(
        &finding.fact,
        Fact::Unmet(
            Unmet::Overlap(..)
                | Unmet::Workers(..)
                | Unmet::ForShow(..)
                | Unmet::Orders(..)
                | Unmet::NeverFree(..)
                | Unmet::NeverWaited(..)
                | Unmet::Printers(..)
        )
    );
    let how = match asked_of_ordinary_rows {
        _ if matches!(&finding.fact, Fact::Unmet(Unmet::ForShow(..))) => {
            "; let the given part print a line in the marked section".to_owned()
        }
        true => format!(
            "; if that cannot be with these arguments, move them from `args` to `edges` below \
             [exercise.\"{exercise}\"] in exercises/course.toml"
        ),
        false => String::new(),
    };
    format!(
        "the solution of {exercise} cannot be blessed: {why} (arguments {args:?}, schedule \
         {schedule}){how}"
    )
}

/// The solution is no program.
pub fn no_solution(exercise: &str, finding: &Finding, details: &[String]) -> String {
    let (why, details) = (sentence(finding), details.join("\n"));
    format!("the solution of {exercise} cannot be blessed: {why}\n{details}")
}

/// In the solution's output a block is not kept together.
pub fn block_interrupted(exercise: &str, args: &[String], schedule: u32) -> String {
    format!("a block of the solution of {exercise} is interrupted ({args:?}, schedule {schedule})")
}

/// The solution prints something else in too many schedules.
pub fn many_transcripts(exercise: &str, args: &[String], most: usize) -> String {
    format!(
        "the solution of {exercise} has more than {most} different transcripts with {args:?}; a view \
         that leaves out what may differ would fit better"
    )
}

/// A hint with too few levels.
pub fn few_levels(id: &str, name: &str, count: usize, fewest: usize) -> String {
    format!(
        "hints.{name} of {id} has {count} level; {fewest} are the fewest: add one that says more to \
         its list in exercises/course.toml"
    )
}

/// A hint that is missing, and the answer that would need it.
pub fn no_hint(id: &str, name: &str, answer: Option<&str>) -> String {
    let who = answer.map_or_else(String::new, |answer| format!(", which {answer} needs"));
    format!(
        "there is no hints.{name}{who}: add `hints.{name} = [\"a nudge\", \"nearly the answer\"]` below \
         [exercise.\"{id}\"] in exercises/course.toml"
    )
}

/// Two lists that should be the same; `how` says how to make them so.
pub fn lists_differ(
    file: &str,
    found: Option<String>,
    expected: Option<String>,
    how: &str,
) -> String {
    let one = |it: Option<String>| it.unwrap_or_else(|| "nothing".to_owned());
    let (found, expected) = (one(found), one(expected));
    format!(
        "{file} does not agree with exercises/course.toml: {found} where {expected} should be; {how}"
    )
}

/// How the manifests of cargo are made to agree with `course.toml`.
pub const UPDATE: &str = "`course author check --update` writes its programs anew";

/// How the text of the course is made to agree with `course.toml`.
pub const LIST: &str = "list there, in this order, a line \"- `NAME`: TITLE\" for each exercise";

/// A file that cannot be read as what it should be.
pub fn unreadable(file: &str, why: &str) -> String {
    format!("{file} cannot be read: {why}")
}

/// Nothing in the course belongs to this file.
pub fn orphan(file: &str) -> String {
    format!(
        "{file} belongs to no exercise of exercises/course.toml: remove it, or add its \
         [exercise.\"TOPIC/NAME\"] there (`course author new` adds one with all its files)"
    )
}

/// A transcript of a row of arguments that its exercise does not have.
pub fn stale(file: &str, id: &str) -> String {
    format!(
        "{file} is of a row of arguments that {id} no longer has; `course author bless {id}` removes it"
    )
}

/// An exercise of `course.toml` without a program.
pub fn no_program(file: &str, id: &str, like: Option<&str>) -> String {
    let like = did_you_mean(like);
    format!(
        "exercises/course.toml describes {id}, and there is no {file}{like}; write its name as that of \
         the file there, or take a new name to `course author new`"
    )
}

/// A row of arguments without expected transcript.
pub fn no_snapshot(file: &str, id: &str) -> String {
    format!("{file} is missing; `course author bless {id}` writes it")
}

/// A program that did not come to what it should.
pub fn another_outcome(id: &str, file: &str, expected: &str, outcome: &Outcome) -> String {
    let found = verdict_and_cause(outcome.verdict, outcome.cause);
    let told = outcome
        .finding
        .as_ref()
        .map(|it| plain::line(&sentence(it)));
    let told = told.map_or_else(String::new, |told| format!(" ({told})"));
    let fact = outcome.finding.as_ref().map(|it| &it.fact);
    let stands_in = matches!(fact, Some(Fact::Unmet(Unmet::Thread(..))));
    let unknown = told.contains(super::program::NOT_FOR_THE_CHECK);
    let how = if unknown {
        "; write such names out in the given part, as in `mp::Value`: what the learner's part imports \
         means nothing there"
            .to_owned()
    } else if stands_in {
        format!(
            "; if its tasks are threads, add `tasks = \"threads\"` below [exercise.\"{id}\"] in exercises/course.toml"
        )
    } else if file.starts_with("tests/wrong/") && outcome.verdict == Verdict::Passed {
        format!(
            "; the mistake shows in no schedule: let it print something else, or require in exercises/course.toml \
             what it breaks, below [exercise.\"{id}\"]"
        )
    } else if file.starts_with("tests/wrong/") {
        format!(
            "; if that is what the mistake should get, write `//! verdict: {found}` on its first line; {}",
            see(id, file)
        )
    } else if file.starts_with("tests/right/") {
        format!("; {}", see(id, file))
    } else if file.starts_with("exercises/") {
        "; what is left to do must be reached, as `todo!()`, with the first row of arguments"
            .to_owned()
    } else {
        format!("; `course check {id} --solutions` shows it")
    };
    format!("{file} should be {expected}, but is {found}{told}{how}")
}

/// A right program that was not free of alarms, or a wrong one that was.
pub fn alarm(id: &str, file: &str, outcome: &Outcome) -> String {
    let also: Vec<&str> = outcome.also.iter().map(|it| it.name()).collect();
    let also = if also.is_empty() {
        String::new()
    } else {
        format!(", also {}", also.join(", "))
    };
    format!(
        "{file}: {} of {} schedules failed, {} of {} points{also}; {}",
        outcome.failed_schedules,
        outcome.schedules,
        outcome.points,
        outcome.max_points,
        see(id, file)
    )
}

/// A right answer of which not all schedules were run.
pub fn cut_short(file: &str, schedules: u32, asked: u32) -> String {
    format!(
        "{file}: only {schedules} of {asked} schedules were run, because each uses up a limit: give it \
         less to do, by smaller arguments in exercises/course.toml"
    )
}

/// Known answers that were not checked, because the solution is not right itself.
pub fn not_proved(file: &str, answers: usize) -> String {
    format!("put {file} right first: {answers} known answers were not checked")
}

/// A program that could not be checked at all.
pub fn not_checked(file: &str, error: &anyhow::Error) -> String {
    format!("{file} could not be checked: {error:#}")
}

/// A wrong answer that is found too late.
pub fn late(file: &str, median: u32, most: u32) -> String {
    format!(
        "{file} gets its verdict after {median} schedules in the median; {most} are the most: let it go \
         wrong more easily, with fewer tasks or a row of arguments in exercises/course.toml that shows it; if \
         it fails sooner with another verdict, let it do only the one mistake"
    )
}

/// A wrong answer that some seeds do not find.
pub fn missed(file: &str, missed: usize, seeds: usize, schedules: u32) -> String {
    format!(
        "{file} does not get its verdict with {missed} of {seeds} seeds within {schedules} schedules: let it \
         go wrong more easily, with fewer tasks or a row of arguments in exercises/course.toml that shows it; \
         what `mp::random` draws is the same in all schedules of a seed, so whatever it draws has to show it"
    )
}

/// A wrong answer of which no more seeds are tried: each schedule costs a whole limit.
pub fn costly(file: &str, seeds: usize, asked: usize) -> String {
    format!("{file} uses up a limit in each schedule: {seeds} of {asked} seeds were tried")
}

/// A verdict with its cause, as answers declare them.
pub fn verdict_and_cause(verdict: Verdict, cause: Option<Cause>) -> String {
    let cause = cause.map_or_else(String::new, |cause| format!(", cause: {}", cause.name()));
    verdict.name().to_owned() + &cause
}

/// Above the table: what its columns are.
pub fn table_title(schedules: u32, seeds: u64) -> String {
    format!(
        "For each wrong answer: failed schedules of {schedules}; schedules until it gets its\n\
         verdict, the median of {seeds} seeds and the worst of them; what that is.\n"
    )
}

/// What did not hold, in all.
pub fn faults(count: usize) -> String {
    match count {
        0 => "Everything holds.\n".to_owned(),
        1 => "1 thing does not hold:\n".to_owned(),
        count => format!("{count} things do not hold:\n"),
    }
}

/// The expected transcripts of an exercise were written.
pub fn blessed(exercise: &str) -> String {
    format!("{exercise}: written\n")
}

/// The expected transcripts of an exercise were not written, and why.
pub fn not_blessed(exercise: &str, error: &anyhow::Error) -> String {
    format!(
        "{exercise}: not written: {}",
        plain::block(&format!("{error:#}"))
    )
}
