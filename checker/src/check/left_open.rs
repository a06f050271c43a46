//! Tells interference from freedom, where nobody said what a program is to print.
//!
//! Schedules may print different things for two reasons. Somebody came between steps that belong
//! together: then schedules in which nobody is interrupted all print the same. Or it is open by
//! design, as who comes first is: then these differ as well. In them a task goes on until it waits
//! or ends, each sleep is as long as it says, and the next task is any that can go on.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use sched_model::run::Run;
use sched_model::{FIRST_SCHEDULES, Strategy};

use super::judging::Judging;
use crate::course::snapshot::Transcript;
use crate::explore::systematic::{Bounds, Prints};
use crate::explore::{self, Judged, Plan};
use crate::facts::fact::Printed;
use crate::facts::{Cause, Found, Verdict};

/// How many schedules without preemptions are tried.
const TRIED: u32 = 100;
/// How many of the others are explained, to see whether a mistake is behind them.
const EXPLAINED: usize = 4;
/// How many of the things that a program prints are shown.
const SHOWN: usize = 6;

/// Whether all that was found in a run is what may be left open.
pub fn may_be(found: &[Found]) -> bool {
    let order = |it: &Found| it.finding.verdict == Verdict::WrongOrder;
    !found.is_empty() && found.iter().all(order)
}

/// How to judge a program that leaves open what it prints: it may print what it prints where nobody
/// is interrupted. `None` if that is always the same.
///
/// # Errors
///
/// As [`explore::explore`].
pub fn widened<'a>(plan: &Plan, judging: &Judging<'a>) -> anyhow::Result<Option<Judging<'a>>> {
    let open: Vec<Transcript> = uninterrupted(plan, judging)?.into_keys().collect();
    Ok((open.len() > 1).then(|| judging.allowing(open)))
}

/// A sleep that ends early says nothing of a program whose output differs where none does.
pub fn is_no_mistake(cause: Option<Cause>) -> bool {
    matches!(cause, None | Some(Cause::SleepAsSync))
}

/// What is printed by schedules in which nobody is interrupted.
fn uninterrupted(plan: &Plan, judging: &Judging) -> anyhow::Result<Outcomes> {
    let without = Plan {
        systematic: Some(Bounds {
            preemptions: 0,
            prints: Prints::Free,
            all_or_few: false,
        }),
        schedules: plan.schedules.min(TRIED),
        max_delay: Some(Duration::ZERO),
        ..plan.clone()
    };
    let mut open = all(&without, judging)?.outcomes(Ends::All);
    // The first ones are those of every check.
    open.retain(|_, it| it.uninterrupted);
    Ok(open)
}

/// What is printed only if somebody is interrupted: the first schedule of each such thing, those with
/// a line that is never printed otherwise first; and how many schedules there are in all.
pub fn interrupted(all: &Outcomes, wider: &Judging) -> (Vec<u32>, u32) {
    let open = wider.allowed(0).unwrap_or(&[]);
    let known: BTreeSet<&String> = open.iter().flatten().collect();
    let others = all.iter().filter(|(lines, _)| !open.contains(lines));
    let count = others.clone().map(|(_, seen)| seen.times).sum();
    let mut others: Vec<(bool, u32)> = others
        .map(|(lines, seen)| (lines.iter().all(|it| known.contains(it)), seen.schedule))
        .collect();
    others.sort_unstable();
    let first = others.into_iter().map(|(_, schedule)| schedule);
    (first.take(EXPLAINED).collect(), count)
}

/// In how many schedules something was printed, and where first.
pub struct Seen {
    /// How many.
    pub times: u32,
    /// The first one.
    pub schedule: u32,
    uninterrupted: bool,
}

/// The different things that a program printed.
pub type Outcomes = BTreeMap<Transcript, Seen>;

/// Which runs count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// Those in which all tasks come to their end.
    All,
    /// Also those in which threads are cut off by the end of main.
    Any,
}

/// What the schedules of a plan printed in which nothing else is wrong.
pub struct Printing(Vec<One>);

/// What one of them printed.
struct One {
    schedule: u32,
    uninterrupted: bool,
    cut_off: bool,
    lines: Transcript,
}

/// Runs the schedules of a plan for what they print.
///
/// # Errors
///
/// As [`explore::explore`].
pub fn all(plan: &Plan, judging: &Judging) -> anyhow::Result<Printing> {
    let judge = |row: usize, run: Run| {
        let Judged {
            stop,
            fails,
            value: lines,
        } = judging.printed(row, &run);
        let value = lines.map(|lines| One {
            schedule: run.schedule,
            uninterrupted: is_uninterrupted(&run),
            cut_off: is_cut_off(&run),
            lines,
        });
        Judged { stop, fails, value }
    };
    let explored = explore::explore(plan, &judge, &|_, _| {})?;
    let all = explored.rows.into_iter().flatten().flatten();
    Ok(Printing(all.collect()))
}

impl Printing {
    /// The different things among it.
    pub fn outcomes(&self, ends: Ends) -> Outcomes {
        let mut all = Outcomes::new();
        for one in self.0.iter().filter(|it| ends == Ends::Any || !it.cut_off) {
            let seen = all.entry(one.lines.clone()).or_insert(Seen {
                times: 0,
                schedule: one.schedule,
                uninterrupted: false,
            });
            seen.times += 1;
            seen.uninterrupted |= one.uninterrupted;
        }
        all
    }
}

/// Whether a thread did not come to its end, and was interrupted by that of main.
fn is_cut_off(run: &Run) -> bool {
    run.tasks.iter().any(|task| task.exit_code.is_none())
}

fn is_uninterrupted(run: &Run) -> bool {
    run.strategy == Strategy::Natural || run.schedule >= FIRST_SCHEDULES
}

/// What is shown of it, and how much more there is.
pub fn printed(all: &Outcomes) -> (Vec<Printed>, usize) {
    let counts: Vec<Counts> = all.keys().map(|lines| counts(lines)).collect();
    let of_all = |line: &str| {
        counts
            .iter()
            .map(|it| it.get(line).copied().unwrap_or(0))
            .min()
    };
    let own = |lines: &[String]| {
        let mut passed = Counts::new();
        let mut own = Vec::new();
        for line in lines {
            let count = passed.entry(line).or_default();
            *count += 1;
            if Some(*count) > of_all(line) {
                own.push(line.clone());
            }
        }
        own
    };
    let mut printed: Vec<Printed> = all
        .iter()
        .map(|(lines, seen)| Printed {
            times: seen.times,
            schedule: seen.schedule,
            lines: own(lines),
        })
        .collect();
    printed.sort_by_key(|it| (Reverse(it.times), it.schedule));
    let more = printed.len().saturating_sub(SHOWN);
    printed.truncate(SHOWN);
    (printed, more)
}

/// How often each line was printed.
type Counts<'a> = BTreeMap<&'a str, usize>;

fn counts(lines: &[String]) -> Counts<'_> {
    let mut counts = Counts::new();
    for line in lines {
        *counts.entry(line).or_default() += 1;
    }
    counts
}
