//! A schedule in a file: which exercise, with which arguments, and where it leaves the natural one.

use std::path::Path;

use sched_model::run::{Deviation, Liberty};
use serde::{Deserialize, Serialize};

use crate::message::step as message;
use crate::support::exit_code::UsageError;

/// How the names of such files end.
pub const EXTENSION: &str = "schedule";

/// A schedule as it is saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Saved {
    /// The exercise, or the program's file.
    pub exercise: String,
    /// The program's arguments.
    pub args: Vec<String>,
    /// The choices that differ from the natural ones, in order.
    #[serde(default, rename = "choice")]
    choices: Vec<Chosen>,
    /// The liberties that are taken, in order.
    #[serde(default, rename = "liberty", skip_serializing_if = "Vec::is_empty")]
    liberties: Vec<Taken>,
}

/// A choice: whose turn it was, which of its turns, and who went on instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    holder: usize,
    turn: u64,
    task: usize,
}

/// A liberty: who takes it, at which of the places where it could, and which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Taken {
    task: usize,
    turn: u32,
    way: u32,
}

impl Saved {
    /// These choices and liberties.
    pub fn new(
        exercise: &str,
        args: &[String],
        choices: &[Deviation],
        liberties: &[Liberty],
    ) -> Saved {
        let taken = |it: &Liberty| Taken {
            task: it.task,
            turn: it.turn,
            way: it.way,
        };
        let chosen = |it: &Deviation| Chosen {
            holder: it.holder,
            turn: it.turn,
            task: it.task,
        };
        Saved {
            exercise: exercise.to_owned(),
            args: args.to_vec(),
            choices: choices.iter().map(chosen).collect(),
            liberties: liberties.iter().map(taken).collect(),
        }
    }

    /// The liberties, to be taken again.
    pub fn liberties(&self) -> Vec<Liberty> {
        let liberty = |it: &Taken| Liberty {
            task: it.task,
            turn: it.turn,
            way: it.way,
        };
        self.liberties.iter().map(liberty).collect()
    }

    /// The choices, to be made again.
    pub fn choices(&self) -> Vec<Deviation> {
        let choice = |it: &Chosen| Deviation {
            holder: it.holder,
            turn: it.turn,
            task: it.task,
        };
        self.choices.iter().map(choice).collect()
    }

    /// The file's text; `replay` is the command to see it again.
    ///
    /// # Errors
    ///
    /// When it cannot be written as TOML, which a test excludes.
    pub fn text(&self, replay: &str) -> anyhow::Result<String> {
        let text = toml::to_string(self)?;
        Ok(format!("{}{text}", message::head_of_file(replay)))
    }

    /// Reads a file of that kind.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] when there is no such file, or another text in it.
    pub fn load(file: &Path) -> Result<Saved, UsageError> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| UsageError(message::unreadable(file, &error.to_string())))?;
        let read = toml::from_str(&text);
        read.map_err(|error| UsageError(message::unreadable(file, error.message())))
    }
}

/// A schedule of a row of arguments.
pub enum Which {
    /// The one of this number.
    Number(u32),
    /// One that was saved to a file.
    Saved(String, Saved),
    /// The natural one, as a beginning.
    Natural,
}

impl Which {
    /// What was named: a file, a number, or nothing.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] when the file holds no schedule of this exercise.
    pub fn new(
        file: Option<&Path>,
        number: Option<u32>,
        exercise: &str,
    ) -> Result<Which, UsageError> {
        let Some(file) = file else {
            return Ok(number.map_or(Which::Natural, Which::Number));
        };
        let saved = Saved::load(file)?;
        if saved.exercise != exercise {
            let message = message::other_exercise(file, &saved.exercise, exercise);
            return Err(UsageError(message));
        }
        Ok(Which::Saved(file.display().to_string(), saved))
    }

    /// The arguments, where they belong to the schedule.
    pub fn args(&self) -> Option<&Vec<String>> {
        match self {
            Which::Saved(_, saved) => Some(&saved.args),
            Which::Number(_) | Which::Natural => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_saved_is_read_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("mine.schedule");
        let deviation = |holder, turn, task| Deviation { holder, turn, task };
        let choices = [deviation(0, 3, 1), deviation(1, 2, 0)];
        let args = ["5".to_owned(), "a \"b\"\n".to_owned()];
        let liberty = Liberty {
            task: 2,
            turn: 7,
            way: 1,
        };
        for (choices, liberties) in [(&choices[..], &[liberty][..]), (&[], &[])] {
            let saved = Saved::new("05_lock/1_two_lines", &args, choices, liberties);
            let text = saved.text("course replay ..").expect("it is TOML");
            std::fs::write(&file, text).expect("a file");
            assert_eq!(Saved::load(&file), Ok(saved.clone()));
            assert_eq!(saved.choices(), choices);
            assert_eq!(saved.liberties(), liberties);
        }
    }

    #[test]
    fn another_file_is_refused_with_the_reason() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("mine.schedule");
        let told = |text: &str| {
            std::fs::write(&file, text).expect("a file");
            Saved::load(&file).expect_err("no schedule").0
        };
        assert!(told("fn main() {}").contains("is no schedule"));
        assert!(told("exercise = \"a/b\"\nargs = []\nmore = 1\n").contains("unknown field"));
        let missing = Saved::load(&folder.path().join("no"))
            .expect_err("no file")
            .0;
        assert!(missing.contains("No such file"), "{missing}");
    }
}
