//! What a submission's grades do not say by themselves, in words: why something got no points, and
//! what was not taken.

use super::result::{Graded, Marked};
use crate::facts::{Cause, Verdict};
use crate::message;
use crate::message::{grade, plain};

/// Entries that are named, of those that were not taken.
const SHOWN: usize = 5;

/// Why exercises did not pass, each in one line.
pub fn reasons(graded: &Graded) -> impl Iterator<Item = String> {
    graded
        .results
        .iter()
        .filter(|it| !it.passed())
        .map(|marked| {
            let told = plain::line(&marked.message);
            grade::reason(&marked.exercise, marked.verdict, &told)
        })
}

/// What was handed in and not taken, though it may have been meant.
pub fn not_taken(graded: &Graded) -> Option<String> {
    let all = graded.ignored.mattering();
    grade::ignored_were(all.take(SHOWN).map(|it| (&*it.path, &*it.reason)))
}

/// What an exercise came to, in few words.
pub fn result(marked: &Marked) -> String {
    match marked.verdict {
        None if marked.is_there() => grade::not_taken().to_owned(),
        verdict => headline(verdict, marked.cause),
    }
}

/// A verdict with its cause, in few words.
pub fn headline(verdict: Option<Verdict>, cause: Option<Cause>) -> String {
    let headline = verdict.map_or(grade::not_handed_in(), message::headline);
    match cause {
        Some(cause) => format!("{headline}: {}", cause.words()),
        None => headline.to_owned(),
    }
}
