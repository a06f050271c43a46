//! What is wrong how often: failures of a class by cause, and within that by what their first
//! sentence says, with an example to show.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::result::{Graded, Marked};
use crate::facts::{Cause, Verdict};

/// A way to be wrong, and who is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The exercise.
    pub exercise: String,
    /// What was found; `None`: nothing was handed in that could be checked.
    pub verdict: Option<Verdict>,
    /// Its cause.
    pub cause: Option<Cause>,
    /// Who, by name.
    pub names: Vec<String>,
    /// What was said of them, the most frequent first.
    #[serde(default)]
    pub sentences: Vec<Sentence>,
}

/// A sentence that was said of several, but for its numbers and quotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// As it was said of the first.
    pub sentence: String,
    /// Of whom, by name.
    pub names: Vec<String>,
    /// The report on the first of them that has one, from the folder of all results.
    pub report: Option<String>,
    /// The page of the schedule that shows it, likewise.
    pub page: Option<String>,
}

/// All ways to be wrong, by exercise.
pub fn of<'e>(exercises: impl IntoIterator<Item = &'e str>, graded: &[Graded]) -> Vec<Pattern> {
    let exercises = exercises.into_iter().enumerate();
    let of = |(index, exercise)| of_one(index, exercise, graded);
    exercises.flat_map(of).collect()
}

fn of_one(index: usize, exercise: &str, graded: &[Graded]) -> Vec<Pattern> {
    let mut kinds: BTreeMap<_, Vec<(&str, &Marked)>> = BTreeMap::new();
    for graded in graded {
        if let Some(marked) = graded.results.get(index)
            && marked.verdict != Some(Verdict::Passed)
        {
            let kind = kinds.entry((marked.verdict, marked.cause)).or_default();
            kind.push((&graded.name, marked));
        }
    }
    let pattern = |((verdict, cause), all): (_, Vec<(&str, &Marked)>)| Pattern {
        exercise: exercise.to_owned(),
        verdict,
        cause,
        names: all.iter().map(|(name, _)| (*name).to_owned()).collect(),
        sentences: sentences(&all),
    };
    let mut patterns: Vec<Pattern> = kinds.into_iter().map(pattern).collect();
    // Stable: among equally frequent ones the order is that of verdict and cause.
    patterns.sort_by_key(|pattern| Reverse(pattern.names.len()));
    patterns
}

fn sentences(all: &[(&str, &Marked)]) -> Vec<Sentence> {
    let mut shapes: BTreeMap<String, Vec<(&str, &Marked)>> = BTreeMap::new();
    for it in all {
        shapes.entry(shape(&it.1.message)).or_default().push(*it);
    }
    let sentence = |of: Vec<(&str, &Marked)>| {
        let shown = of.iter().find(|(_, it)| it.page.is_some());
        let (_, shown) = shown.unwrap_or(&of[0]);
        Sentence {
            sentence: shown.message.clone(),
            names: of.iter().map(|(name, _)| (*name).to_owned()).collect(),
            report: shown.report.clone(),
            page: shown.page.clone(),
        }
    };
    let mut sentences: Vec<Sentence> = shapes.into_values().map(sentence).collect();
    sentences.sort_by_key(|it| Reverse(it.names.len()));
    sentences
}

/// What a sentence says, whoever it is said of: without its numbers (lines, processes, amounts) and
/// without what it quotes.
fn shape(sentence: &str) -> String {
    let mut shape = String::new();
    let (mut in_number, mut quoted) = (false, None);
    for c in sentence.chars() {
        if let Some(quote) = quoted {
            if c == quote {
                quoted = None;
                shape.push(c);
            }
            continue;
        }
        if c.is_ascii_digit() {
            if !in_number {
                shape.push('0');
            }
        } else {
            shape.push(c);
        }
        in_number = c.is_ascii_digit();
        if c == '"' || c == '`' {
            quoted = Some(c);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::super::result::tests::graded;
    use super::*;

    #[test]
    fn sentences_differ_by_more_than_numbers_and_quotations() {
        let same = [
            "Process-2 waits for Lock-1 (line 11), which Process-1 took at line 9",
            "Process-13 waits for Lock-2 (line 7), which Process-1 took at line 110",
        ];
        assert_eq!(shape(same[0]), shape(same[1]));
        let quoted = [
            "main printed \"a 1\" where \"b\" was",
            "main printed \"\" where \"c d\" was",
        ];
        assert_eq!(shape(quoted[0]), shape(quoted[1]));
        assert_ne!(
            shape("main waits for a message"),
            shape("main waits for the lock")
        );
    }

    #[test]
    fn failures_are_grouped_by_cause_and_sentence_with_an_example() {
        let class = [
            graded("ada", Some(Verdict::Deadlock), "a waits for 1", None),
            graded(
                "ben",
                Some(Verdict::Deadlock),
                "b never ends",
                Some("ben.html"),
            ),
            graded(
                "cleo",
                Some(Verdict::Deadlock),
                "a waits for 2",
                Some("cleo.html"),
            ),
            graded("dora", Some(Verdict::Passed), "fine", None),
            graded("eve", None, "not handed in", None),
        ];
        let patterns = of(["05_lock/1_two_lines"], &class);
        let told: Vec<_> = patterns
            .iter()
            .map(|it| (it.verdict, it.names.len()))
            .collect();
        assert_eq!(told, [(Some(Verdict::Deadlock), 3), (None, 1)]);
        let [most, other] = patterns[0].sentences.as_slice() else {
            panic!("{patterns:?}");
        };
        assert_eq!(most.names, ["ada", "cleo"]);
        assert_eq!(most.sentence, "a waits for 2", "that of the page");
        assert_eq!(most.page.as_deref(), Some("cleo.html"));
        assert_eq!(other.names, ["ben"]);
    }
}
