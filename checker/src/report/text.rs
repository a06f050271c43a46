//! The report for people.

use crate::facts::table::Kind;
use crate::facts::{Counterexample, Finding, Outcome, Verdict};
use crate::message;
use crate::message::plain;
use crate::report::again::Again;
use crate::report::excerpt::{Source, excerpt};
use crate::report::table;

/// The report on one exercise: what it came to, where, why, and what to do next.
pub fn outcome(outcome: &Outcome, again: &Again, source: Source) -> String {
    let mut report = message::paint(outcome.verdict, &plain::wrap("", &message::result(outcome)));
    if outcome.verdict == Verdict::Passed {
        for detail in &outcome.details {
            report.push_str(&plain::wrap("", &message::detail::detail(detail)));
        }
        return report;
    }
    report.push('\n');
    if let Some(finding) = &outcome.finding {
        report.push_str(&excerpt(finding, &message::notes(outcome), source));
        report.push('\n');
    }
    report.push_str(&plain::wrap(
        "",
        message::meaning(outcome.verdict, outcome.nothing_expected),
    ));
    if let Some(counterexample) = &outcome.counterexample {
        if let Some(explanation) = &counterexample.explanation {
            report.push('\n');
            let why = message::cause::why(&counterexample.failing.run, &explanation.why);
            report.push_str(&plain::wrap("why: ", &plain::line(&why)));
        }
        report.push_str(&steps(counterexample, &again.file));
    }
    for detail in &outcome.details {
        report.push('\n');
        let detail = plain::block(&message::detail::detail(detail));
        report.push_str(&match outcome.verdict {
            // What the compiler says has an order of its own.
            Verdict::BuildError => detail + "\n",
            _ => plain::fitted(&detail),
        });
    }
    if let Some(hint) = &outcome.hint {
        report.push('\n');
        report.push_str(&plain::wrap("hint: ", &plain::block(hint)));
    }
    report.push('\n');
    report.push_str(&next(outcome, again));
    report.push('\n');
    report
}

/// The steps that matter, as a table, where more than one task took part.
fn steps(counterexample: &Counterexample, file: &str) -> String {
    let Counterexample {
        failing, switches, ..
    } = counterexample;
    let (run, Some(table)) = (&failing.run, &counterexample.table) else {
        return String::new();
    };
    let delays = table.rows.iter().any(|row| row.kind == Kind::Delay);
    let title = message::steps::smallest_run(*switches, delays);
    let mut steps = format!("\n{}\n", plain::wrap("", &title));
    steps.push_str(&table::table(table, run, file));
    steps.push_str(&table::legend(table, run, file));
    if table.left_out {
        steps.push_str(&plain::wrap("", message::steps::others_left_out()));
    }
    steps
}

/// What to do next, as commands to copy.
fn next(outcome: &Outcome, again: &Again) -> String {
    let mut next = String::new();
    if let (Some(failure), true) = (&outcome.first_failure, outcome.verdict.traits().has_steps) {
        next.push_str(&message::see_it_again(&again.replay(failure)));
    }
    if again.hints && outcome.hints > 1 {
        next.push_str(&message::another_hint(&again.hint()));
    }
    let what = message::what_to_do(outcome.verdict, &plain::line(&again.file));
    next.push_str(&plain::wrap("", &what));
    next.push_str(&message::command(&again.check()));
    next
}

/// The findings of a replayed schedule, most severe first.
pub fn findings<'a>(findings: impl IntoIterator<Item = &'a Finding>, source: Source) -> String {
    let findings = findings.into_iter();
    let excerpts: Vec<String> = findings.map(|it| excerpt(it, &[], source)).collect();
    if excerpts.is_empty() {
        return plain::wrap("", message::nothing_found());
    }
    excerpts.join("\n")
}

/// What follows the reports: what the passes mean, and a table if there were several exercises.
pub fn summary(outcomes: &[Outcome]) -> String {
    let mut summary = String::new();
    if outcomes
        .iter()
        .any(|outcome| outcome.verdict == Verdict::Passed)
    {
        let few = |it: &Outcome| it.exhaustive.is_some_and(|it| it.besides);
        let meaning = message::what_a_pass_means(outcomes.iter().any(few));
        summary.push_str(&plain::wrap("", &meaning));
    }
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

#[cfg(test)]
#[path = "text_tests.rs"]
pub mod tests;
