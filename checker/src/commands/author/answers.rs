//! The known answers to an exercise, below `tests/wrong` and `tests/right`, and what each declares.
//! They hold the learner's part alone.

use std::path::PathBuf;

use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::facts::{Blame, Cause, Verdict};
use crate::program::source;

/// What the solution is called among the answers.
pub const SOLUTION: &str = "solution";

/// A file that an exercise is proved with.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Where it is.
    pub path: PathBuf,
    /// The same as reports name it.
    pub shown: String,
    /// Its name without folder and ending; or the role that it has for the exercise.
    pub name: String,
    /// What a check of it must come to.
    pub expected: Expected,
}

/// What a check must come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// The verdict.
    pub verdict: Verdict,
    /// Its cause, which must be named exactly where one is declared.
    pub cause: Option<Cause>,
}

impl Expected {
    /// A verdict without a cause.
    pub fn just(verdict: Verdict) -> Expected {
        let cause = None;
        Expected { verdict, cause }
    }

    /// Whether this is a wrong answer.
    pub fn is_wrong(&self) -> bool {
        !matches!(
            self.verdict.traits().blame,
            Blame::Nobody | Blame::Unfinished
        )
    }
}

/// All answers that an exercise is proved with, and the paths of those that declare nothing.
#[derive(Default)]
pub struct Answers {
    /// The stub, the solution, the wrong answers and the right ones, in this order.
    pub all: Vec<Answer>,
    /// Files whose first line does not declare what it must, each with the name in it that is not
    /// known, if that is why.
    pub undeclared: Vec<(String, Option<String>)>,
}

impl Answers {
    /// Finds the answers to an exercise.
    pub fn of(workspace: &Workspace, exercise: &Exercise) -> Answers {
        let mut answers = Answers::default();
        let stub = workspace.exercise_file(exercise);
        answers.add(
            workspace,
            stub,
            "stub",
            Ok(Expected::just(Verdict::Pending)),
        );
        let solution = workspace.solution_file(exercise);
        let passes = || Ok(Expected::just(Verdict::Passed));
        answers.add(workspace, solution, SOLUTION, passes());
        for (folder, wrong) in source::ANSWERS.into_iter().zip([true, false]) {
            for path in files(&workspace.root.join(folder).join(&exercise.id)) {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let expected = match declared(&text) {
                    Ok(expected) if expected.is_wrong() != wrong => Err(None),
                    expected => expected,
                };
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                answers.add(workspace, path.clone(), &name, expected);
            }
        }
        answers
    }

    fn add(
        &mut self,
        workspace: &Workspace,
        path: PathBuf,
        name: &str,
        expected: Result<Expected, Option<String>>,
    ) {
        let shown = workspace.relative(&path);
        let expected = match expected {
            Ok(expected) => expected,
            Err(unknown) => return self.undeclared.push((shown, unknown)),
        };
        let name = name.to_owned();
        self.all.push(Answer {
            path,
            shown,
            name,
            expected,
        });
    }

    /// The wrong ones.
    pub fn wrong(&self) -> impl Iterator<Item = &Answer> {
        self.all.iter().filter(|answer| answer.expected.is_wrong())
    }

    /// The right ones besides the solution.
    pub fn right(&self) -> impl Iterator<Item = &Answer> {
        let passes = |answer: &&Answer| answer.expected.verdict == Verdict::Passed;
        self.all.iter().filter(passes).skip(1)
    }
}

/// The Rust files in a folder, by name; none where there is no such folder.
fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    files.sort();
    files
}

/// The verdict and the cause that the first line of an answer declares, as they stand there:
/// `//! verdict: deadlock, cause: lock_cycle`.
pub fn declaration(text: &str) -> Option<(&str, Option<&str>)> {
    let line = text.lines().next()?.strip_prefix("//! verdict: ")?;
    Some(match line.split_once(", cause: ") {
        Some((verdict, cause)) => (verdict, Some(cause)),
        None => (line, None),
    })
}

/// What it declares; or the name in it that is not known, if it has that form.
fn declared(text: &str) -> Result<Expected, Option<String>> {
    let (verdict, cause) = declaration(text).ok_or(None)?;
    let cause = cause.map(|name| Cause::named(name).ok_or(Some(name.to_owned())));
    Ok(Expected {
        verdict: Verdict::named(verdict).ok_or(Some(verdict.to_owned()))?,
        cause: cause.transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_declares_verdict_and_cause() {
        let of = |text: &str| declared(text).map(|it| (it.verdict, it.cause));
        let cycle = Some(Cause::LockCycle);
        assert_eq!(
            of("//! verdict: deadlock, cause: lock_cycle\n//!\n"),
            Ok((Verdict::Deadlock, cycle))
        );
        assert_eq!(of("//! verdict: passed"), Ok((Verdict::Passed, None)));
        for (wrong, unknown) in [
            ("", None),
            ("//! Why it is wrong.\n//! verdict: deadlock", None),
            ("//! verdict: dead lock", Some("dead lock")),
            ("//! verdict: deadlock, cause: bad_luck", Some("bad_luck")),
            (
                "//! verdict: deadlock cause: lock_cycle",
                Some("deadlock cause: lock_cycle"),
            ),
        ] {
            assert_eq!(of(wrong), Err(unknown.map(str::to_owned)), "{wrong}");
        }
    }
}
