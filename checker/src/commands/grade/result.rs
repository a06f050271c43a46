//! The result of a submission: one JSON file. From it a later run knows that nothing is left to do.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::class::file_name;
use crate::course::submission::Handed;
use crate::course::submission::ignored::NotTaken;
use crate::facts::{Cause, FirstFailure, Place, Started, Verdict};
use crate::message::grade as message;
use crate::report::json;
use crate::support::write;

/// The version of the format.
pub const VERSION: u32 = 1;

/// What a submission came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Graded {
    /// The version of the format.
    pub version: u32,
    /// Who made it.
    pub tool: String,
    /// The learner.
    pub name: String,
    /// What it depends on.
    pub key: Key,
    /// Points reached.
    pub points: u32,
    /// Points there are.
    pub max_points: u32,
    /// The exercises, in the order of the course.
    pub results: Vec<Marked>,
    /// What was handed in and is no answer, with the reasons.
    #[serde(default)]
    pub ignored: NotTaken,
    /// What differs from run to run, and is part of no comparison.
    pub environment: Environment,
}

/// Everything that a result depends on. As long as it is the same, nothing has to be checked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// A hash of the files that were handed in for the exercises.
    pub submission: String,
    /// A hash of what the course adds to them.
    pub course: String,
    /// The seed.
    pub seed: u64,
    /// Schedules for each exercise.
    pub schedules: u32,
    /// Whether there are pages.
    pub pages: bool,
    /// Whether reports have hints.
    #[serde(default = "yes")]
    pub hints: bool,
}

fn yes() -> bool {
    true
}

/// What an exercise came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Marked {
    /// `05_lock/1_two_lines`.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// The verdict; `None` where nothing was handed in that could be checked.
    pub verdict: Option<Verdict>,
    /// The cause, where one was found.
    #[serde(default, deserialize_with = "Cause::known")]
    pub cause: Option<Cause>,
    /// Points reached.
    pub points: u32,
    /// The rung of the ladder that they are for, of four.
    pub rung: u32,
    /// Points there are.
    pub max_points: u32,
    /// What was found, in one line.
    pub message: String,
    /// The line that matters most.
    pub at: Option<Place>,
    /// Schedules judged.
    pub schedules: u32,
    /// How many of them showed something wrong.
    pub failed_schedules: u32,
    /// The first of them.
    pub first_failure: Option<FirstFailure>,
    /// The file in the submission.
    pub file: Option<String>,
    /// The report, from the folder of all results.
    pub report: Option<String>,
    /// The page of the schedule that shows it.
    pub page: Option<String>,
    /// Whether it must be tried again, because the checker could not tell.
    pub again: bool,
}

/// What differs from run to run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Environment {
    /// What each exercise took.
    pub took: BTreeMap<String, Took>,
    /// Which exercises were checked twice, because the checker could not tell at first.
    pub retried: Vec<String>,
    /// What contained the programs; `None` if nothing is known about that.
    pub sandbox: Option<Vec<String>>,
}

/// What the check of an exercise took, on one core.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Took {
    /// All of it, in milliseconds.
    pub milliseconds: u64,
    /// The compiler, in milliseconds.
    pub compiling: u64,
    /// What was started.
    #[serde(flatten)]
    pub started: Started,
}

impl Graded {
    /// Whether some of it must be tried again.
    pub fn again(&self) -> bool {
        self.results.iter().any(|marked| marked.again)
    }

    /// Writes it below the folder of all results.
    ///
    /// # Errors
    ///
    /// When it cannot be written; what was there before stays.
    pub fn write(&self, out: &Path) -> anyhow::Result<()> {
        let path = path(out, &self.name);
        if let Some(folder) = path.parent() {
            make(folder)?;
        }
        write::whole(&path, json::pretty(self)?)
    }
}

impl Marked {
    /// Whether all is well.
    pub fn passed(&self) -> bool {
        self.verdict == Some(Verdict::Passed)
    }

    /// Whether something was handed in for it, be it taken or not.
    pub fn is_there(&self) -> bool {
        self.verdict.is_some() || self.message != message::not_handed_in()
    }
}

/// Where the result of a learner is, below the folder of all results.
pub fn path(out: &Path, name: &str) -> PathBuf {
    out.join("results")
        .join(format!("{}.json", file_name(name)))
}

/// The result of a learner, if there is one that can be understood.
pub fn read(out: &Path, name: &str) -> Option<Graded> {
    let text = fs::read(path(out, name)).ok()?;
    let graded: Graded = serde_json::from_slice(&text).ok()?;
    (graded.version == VERSION && graded.name == name).then_some(graded)
}

/// Makes a folder and those above it.
///
/// # Errors
///
/// When it cannot be made.
pub fn make(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| message::not_made(folder))
}

/// Removes a file, or a folder with all that is in it, if it is there.
///
/// # Errors
///
/// When it cannot be removed.
pub fn remove(path: &Path) -> anyhow::Result<()> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(anyhow::Error::from(error).context(message::not_removed(path)))
        }
        _ => Ok(()),
    }
}

/// A hash of what was handed in for some exercises.
pub fn hash<'a>(handed: impl IntoIterator<Item = (&'a str, &'a Handed)>) -> String {
    let mut hash = Hash::default();
    for (id, handed) in handed {
        hash.add(id.as_bytes());
        match handed {
            Handed::Missing => hash.add(b"missing"),
            Handed::Refused(reason) => {
                hash.add(b"refused");
                hash.add(reason.as_bytes());
            }
            Handed::File { path, bytes } => {
                hash.add(b"file");
                hash.add(path.as_bytes());
                hash.add(bytes);
            }
        }
    }
    hash.end()
}

/// A hash of several texts, each preceded by its length, so that different lists of texts have
/// different hashes.
#[derive(Default)]
pub struct Hash(Sha256);

impl Hash {
    /// Adds a text.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update((bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
    }

    /// The hash, as it is written.
    pub fn end(self) -> String {
        let digest = self.0.finalize();
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A submission of one exercise that came to this.
    pub fn graded(
        name: &str,
        verdict: Option<Verdict>,
        message: &str,
        page: Option<&str>,
    ) -> Graded {
        let marked = Marked {
            exercise: "05_lock/1_two_lines".to_owned(),
            title: "T".to_owned(),
            verdict,
            cause: None,
            points: 0,
            rung: 0,
            max_points: 4,
            message: message.to_owned(),
            at: None,
            schedules: 0,
            failed_schedules: 0,
            first_failure: None,
            file: None,
            report: None,
            page: page.map(str::to_owned),
            again: false,
        };
        Graded {
            version: VERSION,
            tool: String::new(),
            name: name.to_owned(),
            key: Key {
                submission: String::new(),
                course: String::new(),
                seed: 0,
                schedules: 200,
                pages: true,
                hints: true,
            },
            points: 0,
            max_points: 4,
            results: vec![marked],
            ignored: NotTaken::default(),
            environment: Environment::default(),
        }
    }

    fn file(path: &str, text: &str) -> Handed {
        Handed::File {
            path: path.to_owned(),
            bytes: text.as_bytes().into(),
        }
    }

    #[test]
    fn whatever_is_handed_in_otherwise_has_another_hash() {
        let all = [
            Handed::Missing,
            Handed::Refused("missing".to_owned()),
            file("a.rs", "x"),
            file("a.rs", "y"),
            file("b.rs", "x"),
            file("a.r", "sx"),
        ];
        let hashes: std::collections::BTreeSet<String> = all
            .iter()
            .map(|it| hash([("05_lock/1_two_lines", it)]))
            .collect();
        assert_eq!(hashes.len(), all.len());
    }
}
