//! What is checked, and as what.

use std::path::PathBuf;
use std::sync::Arc;

use crate::course::Exercise;
use crate::course::text::{Absent, Text};
use crate::course::workspace::Workspace;
use crate::facts::{Edition, given};
use crate::program::source;

/// What is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// As what.
    pub kind: Kind,
    /// Its text.
    pub text: Text,
}

/// Whose a text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The learner's.
    Learner,
    /// The solution.
    Solution,
    /// Another answer to the same exercise.
    Other,
    /// A learner's, handed in; reported as if it were in the course's folder.
    HandedIn,
    /// A program that is no exercise, of this edition.
    Program(Expected, Edition),
}

/// What a program that is no exercise is to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The lines of this file.
    File(PathBuf),
    /// The same lines in every schedule.
    Same,
    /// What schedules without preemptions print: the same lines, or different ones.
    Open,
}

impl Subject {
    /// The learner's answer.
    pub fn learner(workspace: &Workspace, exercise: &Exercise) -> Subject {
        Subject::read(Kind::Learner, workspace.exercise_file(exercise))
    }

    /// The solution.
    pub fn solution(workspace: &Workspace, exercise: &Exercise) -> Subject {
        Subject::read(Kind::Solution, workspace.solution_file(exercise))
    }

    /// Another answer.
    pub fn other(workspace: &Workspace, exercise: &Exercise, file: PathBuf) -> Subject {
        Subject {
            kind: Kind::Other,
            text: source::completed(workspace, exercise, Text::read(file)),
        }
    }

    /// A program that is no exercise.
    pub fn program(file: PathBuf, expected: Expected, edition: Edition) -> Subject {
        Subject::read(Kind::Program(expected, edition), file)
    }

    /// What was handed in, or why there is nothing.
    pub fn handed_in(
        workspace: &Workspace,
        exercise: &Exercise,
        bytes: Result<Arc<[u8]>, Absent>,
    ) -> Subject {
        Subject {
            kind: Kind::HandedIn,
            text: Text::handed_in(workspace.exercise_file(exercise), bytes),
        }
    }

    fn read(kind: Kind, file: PathBuf) -> Subject {
        let text = Text::read(file);
        Subject { kind, text }
    }

    /// Whether it is an answer of a learner, in the place where learners have theirs.
    pub fn is_learners(&self) -> bool {
        matches!(self.kind, Kind::Learner | Kind::HandedIn)
    }

    /// Whether it is a program that is no exercise.
    pub fn is_program(&self) -> bool {
        matches!(self.kind, Kind::Program(..))
    }

    /// The line from which on it is as it was given.
    pub fn given(&self) -> Option<u32> {
        let text = self.text.as_str().filter(|_| !self.is_program());
        text.and_then(given::line)
    }
}
