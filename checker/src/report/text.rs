//! The report for people.

use crate::facts::fact::Detail;
use crate::facts::table::Kind;
use crate::facts::{Counterexample, Finding, Outcome, Passing, Proof, Verdict};
use crate::message;
use crate::message::plain;
use crate::report::again::Again;
use crate::report::excerpt::{Source, excerpt, title_lines};
use crate::report::table;

/// How a report is laid out, and what stands at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Its width.
    pub width: usize,
    /// Whether it is shown where a save has it checked again, and keys give hints: then it has no
    /// commands for these.
    pub watched: bool,
    /// Whether the nearest schedule that passes is shown beside one that fails.
    pub also_passing: bool,
}

impl Layout {
    /// A report as it is printed, wherever that is.
    pub const PRINTED: Layout = Layout {
        width: plain::WIDTH,
        watched: false,
        also_passing: false,
    };
}

/// A report in two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What it came to, and the first sentence about what is wrong.
    pub head: String,
    /// All else.
    pub rest: String,
}

impl Report {
    /// The report in one piece.
    pub fn whole(self) -> String {
        self.head + &self.rest
    }
}

/// The report on one exercise: what it came to, where, why, and what to do next.
pub fn report(outcome: &Outcome, again: &Again, source: Source, layout: Layout) -> Report {
    let width = layout.width;
    let result = plain::wrap_to(width, "", &message::result(outcome));
    let mut head = message::paint(outcome.verdict, &result);
    if outcome.verdict == Verdict::Passed {
        let details = outcome.details.iter().map(|it| match it {
            Detail::LeftOpen(..) => plain::fitted(width, &message::detail::detail(it)),
            _ => plain::wrap_to(width, "", &message::detail::detail(it)),
        });
        let rest = details.collect();
        return Report { head, rest };
    }
    head.push('\n');
    let mut rest = String::new();
    if let Some(finding) = &outcome.finding {
        let excerpt = excerpt(finding, &message::notes(outcome), source, width);
        let title = title_lines(finding, width);
        let lines = excerpt.split_inclusive('\n');
        let end = lines.take(title).map(str::len).sum();
        let (title, below) = excerpt.split_at(end);
        head.push_str(title);
        rest.push_str(below);
        rest.push('\n');
    }
    rest.push_str(&explained(outcome, again, layout));
    rest.push('\n');
    rest.push_str(&next(outcome, again, layout));
    rest.push('\n');
    Report { head, rest }
}

/// What the verdict means, why it came to that, and what else there is to be seen.
fn explained(outcome: &Outcome, again: &Again, layout: Layout) -> String {
    let width = layout.width;
    let wrap = |first: &str, text: &str| plain::wrap_to(width, first, text);
    let meaning = message::meaning_of(outcome);
    let mut text = wrap("", &meaning);
    if let Some(counterexample) = &outcome.counterexample {
        if let Some(explanation) = &counterexample.explanation {
            text.push('\n');
            let why = message::cause::why(&counterexample.failing.run, &explanation.why);
            text.push_str(&wrap("why: ", &plain::line(&why)));
            if let Proof::Experiment(proof) = &explanation.proof {
                let proof = message::proof::proof(&counterexample.failing.run, proof);
                text.push_str(&wrap("     ", &plain::line(&proof)));
            }
        }
        text.push_str(&steps(counterexample, &again.file, width));
        let passing = counterexample.passing.as_ref();
        if let Some(passing) = passing.filter(|_| layout.also_passing) {
            let title = message::steps::nearest_passing();
            text.push_str(&format!("\n{}\n", wrap("", &title)));
            let Passing { run, table } = passing;
            text.push_str(&table::table(table, run, &again.file, width));
        }
    }
    for detail in &outcome.details {
        text.push('\n');
        let detail = plain::block(&message::detail::detail(detail));
        text.push_str(&match outcome.verdict {
            // What the compiler says has an order of its own.
            Verdict::BuildError => detail + "\n",
            _ => plain::fitted(width, &detail),
        });
    }
    if let Some(hint) = &outcome.hint {
        text.push('\n');
        text.push_str(&wrap("hint: ", &plain::block(hint)));
    }
    text
}

/// The steps that matter, as a table, where more than one task took part.
fn steps(counterexample: &Counterexample, file: &str, width: usize) -> String {
    let Counterexample {
        failing, switches, ..
    } = counterexample;
    let (run, Some(table)) = (&failing.run, &counterexample.table) else {
        return String::new();
    };
    let delays = table.rows.iter().any(|row| row.kind == Kind::Delay);
    let title = message::steps::smallest_run(*switches, delays, table.decides.is_some());
    let mut steps = format!("\n{}\n", plain::wrap_to(width, "", &title));
    steps.push_str(&table::table(table, run, file, width));
    steps.push_str(&table::legend(table, run, file, width));
    let gaps = table.rows.iter().filter_map(|row| match row.kind {
        Kind::Gap(steps) => Some(steps),
        _ => None,
    });
    let left_out = message::steps::left_out(gaps.sum(), run.left_out == 0, table.left_out);
    steps.push_str(&plain::wrap_to(width, "", &left_out));
    steps
}

/// What to do next, as commands to copy.
fn next(outcome: &Outcome, again: &Again, layout: Layout) -> String {
    let mut next = String::new();
    if let (Some(failure), true) = (&outcome.first_failure, outcome.verdict.traits().has_steps) {
        next.push_str(&message::see_it_again(&again.replay(failure)));
    }
    let file = plain::line(&again.file);
    if layout.watched {
        let what = message::watch::what_to_do(outcome.verdict, &file);
        next.push_str(&plain::wrap_to(layout.width, "", &what));
        return next;
    }
    let shown = usize::from(outcome.hint.is_some());
    if again.hints && outcome.hints > shown && !message::is_nothing(outcome) {
        next.push_str(&message::another_hint(&again.hint(), shown > 0));
    }
    let what = message::what_to_do(outcome, &file);
    next.push_str(&plain::wrap_to(layout.width, "", &what));
    next.push_str(&message::command(&again.check()));
    next
}

/// The findings of a replayed schedule, most severe first.
pub fn findings<'a>(findings: impl IntoIterator<Item = &'a Finding>, source: Source) -> String {
    let findings = findings.into_iter();
    let excerpts: Vec<String> = findings
        .map(|it| excerpt(it, &[], source, plain::WIDTH))
        .collect();
    if excerpts.is_empty() {
        return plain::wrap("", message::nothing_found());
    }
    excerpts.join("\n")
}

/// What follows the reports: what the passes mean, and a table if there were several exercises.
pub fn summary(outcomes: &[Outcome]) -> String {
    let mut summary = plain::wrap("", &what_passes_mean(outcomes));
    if outcomes.len() < 2 {
        return summary;
    }
    let width = outcomes.iter().map(|it| it.exercise.chars().count()).max();
    if !summary.is_empty() {
        summary.push('\n');
    }
    summary.push_str(&message::totals(outcomes));
    for outcome in outcomes {
        summary.push_str(&message::paint(
            outcome.verdict,
            &message::summary_line(outcome, width.unwrap_or(0)),
        ));
    }
    summary
}

/// What the passes mean, if there are any.
pub fn what_passes_mean(outcomes: &[Outcome]) -> String {
    if outcomes.iter().all(|it| it.verdict != Verdict::Passed) {
        return String::new();
    }
    let few = |it: &Outcome| it.exhaustive.is_some_and(|it| it.besides);
    message::what_a_pass_means(outcomes.iter().any(few))
}

#[cfg(test)]
#[path = "text_tests.rs"]
pub mod tests;
