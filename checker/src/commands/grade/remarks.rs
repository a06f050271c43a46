//! What a submission's grades do not say by themselves, in words: why something got no points, and
//! what was not taken.

use super::result::{Graded, Marked};
use crate::facts::Verdict;
use crate::message::grade as message;
use crate::message::plain;

/// Entries that are named, of those that were not taken.
const SHOWN: usize = 5;

/// The remarks on a submission, each one line.
pub fn remarks(graded: &Graded) -> Vec<String> {
    let failed = graded.results.iter();
    let failed = failed.filter(|it| it.verdict != Some(Verdict::Passed));
    let mut remarks: Vec<String> = failed.map(reason).collect();
    remarks.extend(not_taken(graded));
    remarks
}

/// What was handed in and not taken, though it may have been meant.
pub fn not_taken(graded: &Graded) -> Option<String> {
    let all = graded.ignored.mattering();
    message::ignored_were(all.take(SHOWN).map(|it| (&*it.path, &*it.reason)))
}

fn reason(marked: &Marked) -> String {
    plain::line(&message::reason(
        &marked.exercise,
        marked.verdict,
        &marked.message,
    ))
}
