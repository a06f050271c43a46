//! The answers of a class in the folders that tools for comparing them read: Dolos and JPlag.
//!
//! For each exercise a folder with a folder a learner, which is what JPlag takes; `info.csv` beside
//! them names all files, which is what Dolos takes. Only the learners' own parts are in them, and
//! the part that all were given to begin with is beside them, for both to leave it out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;

use super::class::{Submission, file_name};
use super::result;
use super::summary::{Class, guarded};
use crate::course::Exercise;
use crate::course::submission::Handed;
use crate::course::workspace::Workspace;
use crate::facts::given;
use crate::message::grade as message;
use crate::options::GradeOptions;
use crate::support::write;

/// The folder of all answers.
pub const FOLDER: &str = "answers";
/// What all were given, beside the learners' folders.
const BASE: &str = "given";

/// Writes what a learner handed in, in place of an earlier try.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(
    options: &GradeOptions,
    submission: &Submission,
    handed: &[Handed],
) -> anyhow::Result<()> {
    for (exercise, handed) in options.exercises.iter().zip(handed) {
        let folder = options.out.join(FOLDER).join(exercise.bin_name());
        let folder = folder.join(learner(submission));
        match handed {
            Handed::File { bytes, .. } => {
                let text = String::from_utf8_lossy(bytes);
                result::make(&folder)?;
                write::one_of_many(&folder.join(file(exercise)), own(&text))?;
            }
            Handed::Missing | Handed::Refused(_) => result::remove(&folder)?,
        }
    }
    Ok(())
}

/// Writes what all were given, and the list of all files; removes answers of an earlier run that nobody
/// handed in now.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn finish(
    workspace: &Workspace,
    options: &GradeOptions,
    class: &Class,
    tries: &[Submission],
) -> anyhow::Result<()> {
    let called: BTreeMap<&str, Cow<str>> = class
        .graded
        .iter()
        .map(|it| (it.name.as_str(), class.called(it)))
        .collect();
    for exercise in &options.exercises {
        let folder = options.out.join(FOLDER).join(exercise.bin_name());
        let stub = workspace.exercise_file(exercise);
        let text = fs::read_to_string(&stub).with_context(|| message::not_read(&stub))?;
        let base = folder.with_extension(BASE);
        result::make(&base)?;
        write::one_of_many(&base.join(file(exercise)), own(&text))?;
        result::make(&folder)?;
        tidy(&folder, tries)?;
        let mut list = "filename,full_name\n".to_owned();
        for submission in tries {
            let path = format!("{}/{}", learner(submission), file(exercise));
            let name = called.get(submission.name.as_str());
            if let Some(name) = name.filter(|_| folder.join(&path).is_file()) {
                let name = guarded(name).replace('"', "\"\"");
                list.push_str(&format!("\"{path}\",\"{name}\"\n"));
            }
        }
        write::one_of_many(&folder.join("info.csv"), list)?;
    }
    Ok(())
}

/// Removes what is of nobody.
fn tidy(folder: &Path, tries: &[Submission]) -> anyhow::Result<()> {
    let there: BTreeSet<String> = tries.iter().map(learner).collect();
    let not_read = || message::not_read(folder);
    for entry in fs::read_dir(folder).with_context(not_read)? {
        let path = entry.with_context(not_read)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_dir() && !there.contains(&*name) {
            result::remove(&path)?;
        }
    }
    Ok(())
}

/// The folder of a learner's try.
fn learner(submission: &Submission) -> String {
    let name = file_name(&submission.name);
    match submission.attempt {
        0 => name,
        attempt => format!("{name}~try{}", attempt + 1),
    }
}

/// The name of an answer's file.
fn file(exercise: &Exercise) -> String {
    format!("{}.rs", exercise.bin_name())
}

/// What is the learner's of a text.
fn own(text: &str) -> &str {
    given::split(text).map_or(text, |(own, _)| own)
}
