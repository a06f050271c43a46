//! The answers of a class in the folders that tools for comparing them read: Dolos and JPlag.
//!
//! For each exercise a folder with a folder a learner, which is what JPlag takes; `info.csv` beside
//! them names all files, which is what Dolos takes. Only the learners' own parts are in them, and
//! the part that all were given to begin with is beside them, for both to leave it out.

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
        let name = file_name(&submission.name);
        let learner = match submission.attempt {
            0 => name,
            attempt => format!("{name}~try{}", attempt + 1),
        };
        let folder = options
            .out
            .join(FOLDER)
            .join(exercise.bin_name())
            .join(learner);
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

/// Writes what all were given, and the list of all files.
///
/// # Errors
///
/// When a file cannot be read or written.
pub fn finish(workspace: &Workspace, options: &GradeOptions, class: &Class) -> anyhow::Result<()> {
    for exercise in &options.exercises {
        let folder = options.out.join(FOLDER).join(exercise.bin_name());
        let stub = workspace.exercise_file(exercise);
        let text = fs::read_to_string(&stub).with_context(|| message::not_read(&stub))?;
        let base = folder.with_extension(BASE);
        result::make(&base)?;
        write::one_of_many(&base.join(file(exercise)), own(&text))?;
        let mut list = "filename,full_name\n".to_owned();
        for graded in &class.graded {
            list.push_str(&lines(
                &folder,
                exercise,
                &graded.name,
                class.called(graded),
            ));
        }
        result::make(&folder)?;
        write::one_of_many(&folder.join("info.csv"), list)?;
    }
    Ok(())
}

/// The lines of a learner's answers, each with its path from the list.
fn lines(folder: &Path, exercise: &Exercise, name: &str, called: &str) -> String {
    let first = file_name(name);
    let more = (2..).map(|number| format!("{first}~try{number}"));
    let there = |it: &String| folder.join(it).join(file(exercise)).is_file();
    // A try may lack what an earlier or a later one has; nobody has more than a hundred.
    let all = std::iter::once(first.clone())
        .chain(more.take(99))
        .filter(there);
    let name = guarded(called).replace('"', "\"\"");
    all.map(|it| format!("\"{it}/{}\",\"{name}\"\n", file(exercise)))
        .collect()
}

/// The name of an answer's file.
fn file(exercise: &Exercise) -> String {
    format!("{}.rs", exercise.bin_name())
}

/// What is the learner's of a text.
fn own(text: &str) -> &str {
    given::split(text).map_or(text, |(own, _)| own)
}
