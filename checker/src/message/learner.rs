//! What the learner's own commands say: list, hint, reset, solution, read, one function a message.

use anstyle::{AnsiColor, Style};

use crate::facts::Verdict;
use crate::facts::standing::{Best, Standing};
use crate::message::headline;
use crate::message::plain;

/// The file with the progress could not be understood.
pub fn broken_record(file: &str, why: &str, aside: &str) -> String {
    format!(
        "note: your progress in {file} cannot be read ({why}).\nIt is kept as {aside}; from here on \
         a new file is written.",
        why = plain::line(why)
    )
}

/// The progress could not be written; the check itself was done.
pub fn not_recorded(error: &anyhow::Error) -> String {
    format!(
        "note: your progress could not be saved: {}\nThe verdict above holds all the same.",
        plain::block(&format!("{error:#}"))
    )
}

/// How far the learner is with an exercise, in two words.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NotStarted => "not started",
        Standing::Tried(Verdict::Pending) => "begun",
        Standing::Tried(verdict) | Standing::FailsNow(verdict) => headline(verdict),
        Standing::Passed => "passed",
        Standing::ChangedSince => "changed since",
    }
}

/// The same as one sign.
pub fn sign(standing: Standing) -> char {
    match standing {
        Standing::NotStarted | Standing::Tried(Verdict::Pending) => '·',
        Standing::Tried(_) => '✗',
        Standing::Passed => '✓',
        Standing::ChangedSince | Standing::FailsNow(_) => '~',
    }
}

/// Text in the colour of a standing.
pub fn paint(standing: Standing, text: &str) -> String {
    let colour = match standing {
        Standing::NotStarted | Standing::Tried(Verdict::Pending) => return text.to_owned(),
        Standing::Tried(_) => AnsiColor::Red,
        Standing::Passed => AnsiColor::Green,
        Standing::ChangedSince | Standing::FailsNow(_) => AnsiColor::Yellow,
    };
    let style = Style::new().fg_color(Some(colour.into()));
    format!("{style}{text}{style:#}")
}

/// Begins the line of the list that is meant.
pub const MARK: char = '>';

/// The heading of the list.
pub fn list_heading() -> String {
    format!(
        "    {:21}  {:21}  {:>6}  best\n",
        "exercise", "state", "points"
    )
}

/// A line of the list.
pub fn list_line(
    (name, current): (&str, bool),
    standing: Standing,
    best: Option<Best>,
    max_points: u32,
) -> String {
    let points = best.map_or("-".to_owned(), |best| best.points.to_string());
    let points = format!("{points}/{max_points}");
    let best = match best {
        Some(best) if best.verdict != Verdict::Pending => headline(best.verdict),
        _ => "-",
    };
    let mark = if current { MARK } else { ' ' };
    let state = format!("{:21}", self::standing(standing));
    let sign = paint(standing, &sign(standing).to_string());
    let state = paint(standing, &state);
    format!("{mark} {sign} {name:21}  {state}  {points:>6}  {best}\n")
}

/// What follows the list.
pub fn list_end(done: usize, all: usize, points: (u32, u32), next: Option<&str>) -> String {
    let (reached, all_points) = points;
    let mut text =
        format!("\n{done} of {all} exercises passed, {reached} of {all_points} points\n");
    text.push_str(&match (all, next) {
        (0, _) => "This course has no exercises: exercises/course.toml names none.\n".to_owned(),
        (_, None) => "You have passed them all.\n".to_owned(),
        (_, Some(next)) => format!(
            "Go on with one of them, or have them checked at each save:\n    course check {next}\n    \
             course watch\n"
        ),
    });
    text
}

/// The heading of a hint: which of how many, and what it is about.
pub fn hint_title(exercise: &str, level: usize, levels: usize, seen: Option<Verdict>) -> String {
    let about = match seen {
        None | Some(Verdict::Pending | Verdict::Passed) => "how to begin".to_owned(),
        Some(verdict) => headline(verdict).to_owned(),
    };
    format!("{exercise}: hint {level} of {levels} ({about})\n")
}

/// After a hint that is not the last.
pub fn more_hints() -> &'static str {
    "There is more: ask again."
}

/// After the last hint; `solved`: there is a solution to be shown.
pub fn last_hint(exercise: &str, topic: &str, solved: bool) -> String {
    let solution = match solved {
        true => {
            format!("The solution, once you have tried:\n    course solution {exercise} --force\n")
        }
        false => String::new(),
    };
    format!(
        "That was the last one. What the course says about it:\n    course read {topic}\n{solution}"
    )
}

/// There is no hint at all.
pub fn no_hint(exercise: &str, topic: &str) -> String {
    format!(
        "There is no hint for {exercise}. Read what the course says:\n    course read {topic}\n"
    )
}

/// A level of hints that there is not.
pub fn no_such_level(level: usize, levels: usize) -> String {
    format!("there is no hint {level}: the last one is number {levels}")
}

/// The learner's file was put back to how it was handed out.
pub fn was_reset(file: &str, backup: Option<&str>) -> String {
    let kept = backup.map_or_else(String::new, |backup| {
        format!(
            "What you had is kept in {backup}.\nTo take it back:\n    course reset {file} --undo\n"
        )
    });
    format!("{file} is as it was handed out.\n{kept}")
}

/// It was so already.
pub fn nothing_to_reset(file: &str) -> String {
    format!("{file} is as it was handed out: there is nothing to reset.\n")
}

/// A reset was taken back.
pub fn reset_undone(file: &str, kept: Option<&str>) -> String {
    let kept = kept.map_or_else(String::new, |kept| {
        format!("What was in the file just now is kept in {kept}.\n")
    });
    format!("{file} is again what you had before the reset.\n{kept}")
}

/// There is no reset to take back.
pub fn nothing_to_undo(file: &str) -> String {
    format!("{file} was never reset: there is no backup of it to take back")
}

/// How an exercise was handed out is not known.
pub fn no_stub(file: &str) -> String {
    format!(
        "how {file} was handed out is not known to this version of course: it is an exercise of a \
         course of its own"
    )
}

/// The solution was left out when the folder was made.
pub fn no_solution(exercise: &str) -> String {
    format!("the solution of {exercise} was not handed out with this folder")
}

/// The solution is not shown yet.
pub fn solution_after_passing(exercise: &str) -> String {
    format!(
        "the solution of {exercise} is shown once yours has passed\nA hint may be enough:\n    course \
         hint {exercise}\nTo see it all the same:\n    course solution {exercise} --force"
    )
}

/// The heading of the difference between the learner's part and the solution's.
pub fn solution_title(exercise: &str) -> String {
    format!(
        "From your answer to {exercise} (-) to the course's (+). Yours need not be like it: there are \
         many right ones.\n\n"
    )
}

/// The learner's part and the solution's are the same.
pub fn solution_is_yours(exercise: &str) -> String {
    format!("Your answer to {exercise} is the same as the course's.\n")
}

/// No section of course.md is called so.
pub fn no_such_section(name: &str, sections: &[String]) -> String {
    format!(
        "course.md has no section `{}`; it has:\n    {}",
        plain::line(name),
        sections.join("\n    ")
    )
}

/// A course without exercises.
pub fn no_exercises() -> String {
    "this course has no exercises: exercises/course.toml names none".to_owned()
}

/// The manual pages lie there.
pub fn pages_written(folder: &str) -> String {
    format!("The pages are in {folder}. To read the first:\n    man {folder}/course.1\n")
}
