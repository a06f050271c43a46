//! Results of learners who are not in the class any more: put aside, so that what is there is the
//! class, and nothing is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context;

use super::class::file_name;
use super::result;
use super::summary::Class;
use crate::message::grade as message;

/// Where they are put, below the folder of all results.
pub const FOLDER: &str = "gone";

/// Puts results aside that no learner of the class has, with their reports. Says whose they were.
///
/// # Errors
///
/// When the results cannot be listed, or one not be moved.
pub fn put_aside(class: &Class, out: &Path) -> anyhow::Result<Vec<String>> {
    let there: BTreeSet<String> = class.graded.iter().map(|it| file_name(&it.name)).collect();
    let results = out.join("results");
    let entries = fs::read_dir(&results).with_context(|| message::not_read(&results))?;
    let mut gone = Vec::new();
    for entry in entries {
        let name = entry
            .with_context(|| message::not_read(&results))?
            .file_name();
        let name = name.to_string_lossy();
        if let Some(name) = name.strip_suffix(".json")
            && !name.starts_with('.')
            && !there.contains(name)
        {
            gone.push(name.to_owned());
        }
    }
    gone.sort();
    for name in &gone {
        let feedback = ["html", "md"].map(|ending| format!("feedback/{name}.{ending}"));
        let rest = [format!("reports/{name}"), format!("results/{name}.json")];
        for place in feedback.into_iter().chain(rest) {
            aside(out, &place)?;
        }
    }
    Ok(gone)
}

/// Moves a file or a folder, in place of what was put aside earlier.
fn aside(out: &Path, place: &str) -> anyhow::Result<()> {
    let (from, to) = (out.join(place), out.join(FOLDER).join(place));
    if !from.exists() {
        return Ok(());
    }
    result::remove(&to)?;
    result::make(to.parent().unwrap_or(out))?;
    fs::rename(&from, &to).with_context(|| message::not_removed(&from))
}
