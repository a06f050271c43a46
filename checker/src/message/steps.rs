//! What is said above and below the steps of a schedule, one function a message.

use sched_model::Strategy;
use sched_model::run::Run;

use crate::message::{plain, with_arguments};

/// The title of a replay.
pub fn replay_title(
    (exercise, row): (&str, &[String]),
    run: &Run,
    strategy: Strategy,
    seed: u64,
) -> String {
    let row = plain::line(&with_arguments(row));
    let (schedule, name) = (run.schedule, strategy.name());
    format!("Schedule {schedule} of {exercise}{row} (seed {seed}, strategy: {name})\n")
}

/// A replay shows a smaller run than that of the schedule.
pub fn shown_smaller((switches, before): (usize, usize)) -> String {
    format!(
        "Shown as the smallest run found that fails in the same way: {}, where the schedule itself \
         has {before}. To see that one, add --full.",
        context_switches(switches)
    )
}

/// What stands in place of a line number where a task that could have gone on is left.
pub fn switch() -> &'static str {
    "switch"
}

/// What stands there where a sleeper goes on before others that are ready.
pub fn delay() -> &'static str {
    "delay"
}

/// What stands there where steps are left out.
pub fn gap() -> &'static str {
    "..."
}

/// What stands before the numbers of lines whose order decides.
pub fn deciding() -> &'static str {
    "*"
}

/// What the table of steps shows, with these context switches, and delays or not, and two steps whose
/// order decides or not.
pub fn smallest_run(switches: usize, delays: bool, decides: bool) -> String {
    let mut text = match switches {
        0 => "How it came to that; time runs down.".to_owned(),
        1 => "How it came to that, with one context switch; time runs down.".to_owned(),
        many => format!("How it came to that, with {many} context switches; time runs down."),
    };
    if switches > 0 {
        text.push_str(
            " At a `switch` the computer goes on with somebody else although this one could go on, \
             as it may at any moment.",
        );
    }
    if delays {
        text.push_str(
            " At a `delay` a sleep is over before others that are ready had their turn, as it may \
             be on a busy computer.",
        );
    }
    if decides {
        text.push_str(&format!(" {}", self::decides()));
    }
    text
}

/// What two steps are whose order decides.
pub fn decides() -> String {
    format!(
        "Were the two steps marked {} the other way round, and all else as it is, nothing would be \
         wrong.",
        deciding()
    )
}

/// What the table of the nearest schedule that passes shows.
pub fn nearest_passing() -> String {
    let mark = deciding();
    format!(
        "The nearest schedule that passes: of the two steps marked {mark} the second one comes first."
    )
}

/// After a step that came so often in a row; `all`: whether all of them were kept.
pub fn times(count: usize, all: bool) -> String {
    match all {
        true => format!(", {count} times"),
        false => ", again and again".to_owned(),
    }
}

/// Where objects without a name were made.
pub fn made_at(line: u32, names: &[&str]) -> String {
    let (verb, names) = match names {
        [one] => ("was", (*one).to_owned()),
        [most @ .., last] => ("were", format!("{} and {last}", most.join(", "))),
        [] => return String::new(),
    };
    format!("{names} {verb} made in line {line}.")
}

/// Below a table that has not room for so many steps, or for all tasks; `all`: whether all steps were
/// kept.
pub fn left_out(steps: usize, all: bool, tasks: bool) -> String {
    let steps = match steps {
        more if more > 0 && !all => Some(format!("Many steps are left out at `{}`", gap())),
        0 => None,
        1 => Some(format!("1 step is left out at `{}`", gap())),
        many => Some(format!("{many} steps are left out at `{}`", gap())),
    };
    let tasks = tasks.then_some("other tasks took part, too");
    match (steps, tasks) {
        (None, None) => String::new(),
        (Some(some), None) if !all => format!("{some}; the replay shows more."),
        (Some(one), None) => format!("{one}; the replay shows all."),
        (None, Some(_)) => "Other tasks took part, too; the replay shows them all.".to_owned(),
        (Some(steps), Some(tasks)) if !all => {
            format!("{steps}, and {tasks}; the replay shows more.")
        }
        (Some(steps), Some(tasks)) => format!("{steps}, and {tasks}; the replay shows all."),
    }
}

/// How many context switches.
pub fn context_switches(count: usize) -> String {
    match count {
        0 => "no context switch".to_owned(),
        1 => "1 context switch".to_owned(),
        count => format!("{count} context switches"),
    }
}

#[cfg(test)]
mod tests {
    use super::{left_out, times};

    #[test]
    fn counts_are_told_only_where_all_steps_were_kept() {
        assert_eq!(times(3, true), ", 3 times");
        assert!(!times(24_126, false).contains("24126"));
        assert!(left_out(7, true, false).starts_with("7 steps are left out"));
        assert!(left_out(7, false, true).starts_with("Many steps are left out"));
        assert_eq!(left_out(0, false, false), "");
    }
}
