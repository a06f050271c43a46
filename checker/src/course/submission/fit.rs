//! What the path of a file in a submission means: which exercise it answers, and how surely.

use std::cmp::Reverse;

use super::ignored::Reason;
use crate::facts::named::nearest;

/// The exercises that a submission is read for.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// Those whose answers are looked for.
    pub exercises: &'a [&'a str],
    /// All of the course, so that a file that answers another one is known as that.
    pub course: &'a [&'a str],
}

/// How surely a path means an exercise; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// `exercises/05_lock/1_two_lines.rs`, at the end of a path.
    Place,
    /// `05_lock/1_two_lines.rs`.
    Path,
    /// `1_two_lines.rs`, or `05_lock-1_two_lines.rs`.
    Name,
    /// The name with more words around it, as platforms write it:
    /// `lovelaceada_12345_67890_1_two_lines.rs`.
    Within,
}

impl Wanted<'_> {
    /// The number of the exercise that a path means, and how surely; or why it means none.
    ///
    /// # Errors
    ///
    /// The reason, where nothing that is looked for is meant.
    pub fn meant(&self, path: &str) -> Result<(usize, Fit), Reason> {
        let lower = path.to_ascii_lowercase();
        let Some(stem) = lower.strip_suffix(".rs") else {
            let like = self.course.iter().any(|id| fit(id, &lower).is_some());
            return Err(match like {
                true => Reason::Ending,
                false => Reason::NoExercise(None),
            });
        };
        // Of names that contain each other the longest is meant.
        let rank = |id: &str| Some((fit(id, stem)?, Reverse(name(id).len())));
        let Some(best) = self.course.iter().filter_map(|id| rank(id)).min() else {
            return Err(Reason::NoExercise(self.like(stem)));
        };
        let meant = self.course.iter().filter(|id| rank(id) == Some(best));
        let meant: Vec<&str> = meant.copied().collect();
        let wanted = |id: &&str| self.exercises.iter().position(|it| it == id);
        let places: Vec<usize> = meant.iter().filter_map(wanted).collect();
        match places.as_slice() {
            [one] => Ok((*one, best.0)),
            [] => Err(Reason::OtherExercise(meant[0].to_owned())),
            _ => Err(Reason::Ambiguous(
                meant.iter().map(|it| (*it).to_owned()).collect(),
            )),
        }
    }

    /// The exercise whose name a mistyped one may be.
    fn like(&self, stem: &str) -> Option<String> {
        let file = stem.rsplit('/').next().unwrap_or(stem);
        let names = self.course.iter().map(|id| name(id));
        nearest(file, names).map(str::to_owned)
    }
}

/// The name of an exercise without its topic.
pub fn name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// How surely a path without its ending means an exercise, if it may at all.
fn fit(id: &str, stem: &str) -> Option<Fit> {
    let (folder, file) = stem.rsplit_once('/').unwrap_or(("", stem));
    let (before, after) = around(file, name(id))?;
    // What browsers and platforms add to a second copy is a number: ` (1)`, `-1`.
    let copy = !after.chars().any(char::is_alphabetic);
    let topic = id.split('/').next().unwrap_or_default();
    let in_folder = |end: &str| {
        let before = folder.strip_suffix(end);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    Some(if !copy {
        Fit::Within
    } else if before.is_empty() && in_folder(&format!("exercises/{topic}")) {
        Fit::Place
    } else if before.is_empty() && in_folder(topic) {
        Fit::Path
    } else if before.is_empty() || before == format!("{topic}-") {
        Fit::Name
    } else {
        Fit::Within
    })
}

/// What stands before and behind a name in a text, where it stands there as a word of its own.
pub fn around<'t>(text: &'t str, name: &str) -> Option<(&'t str, &'t str)> {
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.rmatch_indices(name).find_map(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let alone = apart(before.chars().next_back()) && apart(after.chars().next());
        alone.then_some((before, after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: &[&str] = &[
        "05_lock/1_two",
        "05_lock/1_two_lines",
        "06_wait/2_intro",
        "07_bar/2_intro",
    ];

    #[track_caller]
    fn is(path: &str, expected: Result<(usize, Fit), Reason>) {
        let wanted = Wanted {
            exercises: &COURSE[1..],
            course: COURSE,
        };
        assert_eq!(wanted.meant(path), expected, "{path}");
    }

    #[test]
    fn a_file_is_known_by_its_place_its_path_or_its_name() {
        for (path, fit) in [
            ("a/exercises/05_lock/1_two_lines.rs", Fit::Place),
            ("week 5/05_lock/1_two_lines.rs", Fit::Path),
            ("xexercises/05_lock/1_two_lines.rs", Fit::Path),
            ("1_two_lines.rs", Fit::Name),
            ("05_lock-1_two_lines.rs", Fit::Name),
            ("A/1_Two_Lines.RS", Fit::Name),
        ] {
            is(path, Ok((0, fit)));
        }
        is("06_wait/2_intro.rs", Ok((1, Fit::Path)));
    }

    #[test]
    fn names_that_browsers_and_platforms_make_of_it_are_known() {
        for path in [
            "1_two_lines (1).rs",
            "1_two_lines-2.rs",
            "1_two_lines(12).rs",
        ] {
            is(path, Ok((0, Fit::Name)));
        }
        is("exercises/05_lock/1_two_lines (1).rs", Ok((0, Fit::Place)));
        for path in [
            "lovelaceada_12345_67890_1_two_lines.rs",
            "lovelaceada_LATE_12345_67890_1_two_lines-1.rs",
            "Ada Lovelace_123456_assignsubmission_file_1_two_lines.rs",
            "Sheet 5_ada_attempt_2026-05-01-12-00-00_1_two_lines.rs",
            "1_two_lines - Kopie.rs",
            "1_two_lines_old.rs",
        ] {
            is(path, Ok((0, Fit::Within)));
        }
    }

    #[test]
    fn what_is_no_answer_to_what_is_looked_for_has_a_reason() {
        is(
            "05_lock/1_two.rs",
            Err(Reason::OtherExercise(COURSE[0].into())),
        );
        let both = COURSE[2..].iter().map(|it| (*it).to_owned()).collect();
        is("2_intro.rs", Err(Reason::Ambiguous(both)));
        is(
            "11_two_lines.rs",
            Err(Reason::NoExercise(Some("1_two_lines".into()))),
        );
        is(
            "1_tow_lines.rs",
            Err(Reason::NoExercise(Some("1_two_lines".into()))),
        );
        is(
            "x1_two_lines.rs",
            Err(Reason::NoExercise(Some("1_two_lines".into()))),
        );
        is("Cargo.toml", Err(Reason::NoExercise(None)));
        is("1_two_lines.rs.txt", Err(Reason::Ending));
        is("1_two_lines.pdf", Err(Reason::Ending));
    }
}
