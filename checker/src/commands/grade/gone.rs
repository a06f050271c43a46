//! Results of learners who are not in the class any more: put aside, so that what is there is the
//! class, and nothing is lost.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context;

use super::class::{Submission, file_name};
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
    let mut gone = results(out)?;
    gone.retain(|name| !there.contains(name));
    for name in &gone {
        let feedback = ["html", "md"].map(|ending| format!("feedback/{name}.{ending}"));
        let rest = [format!("reports/{name}"), format!("results/{name}.json")];
        for place in feedback.into_iter().chain(rest) {
            aside(out, &place)?;
        }
    }
    Ok(gone)
}

/// Puts results aside of tries that nobody handed in now. Says whose they were, and which, from 1.
///
/// # Errors
///
/// When the results cannot be listed, or one not be moved.
pub fn withdrawn(tries: &[Submission], out: &Path) -> anyhow::Result<Vec<(String, usize)>> {
    let there: BTreeSet<String> = tries
        .iter()
        .map(|it| format!("{}results/{}.json", it.place, file_name(&it.name)))
        .collect();
    let mut withdrawn = Vec::new();
    for attempt in 1.. {
        let place = format!("tries/{attempt}");
        if !out.join(&place).is_dir() {
            break;
        }
        for name in results(&out.join(&place))? {
            let result = format!("{place}/results/{name}.json");
            if !there.contains(&result) {
                aside(out, &format!("{place}/reports/{name}"))?;
                aside(out, &result)?;
                withdrawn.push((name, attempt));
            }
        }
    }
    Ok(withdrawn)
}

/// The names of the files of all results, in order.
fn results(out: &Path) -> anyhow::Result<Vec<String>> {
    let folder = out.join("results");
    let not_read = || message::not_read(&folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(not_read)? {
        let name = entry.with_context(not_read)?.file_name();
        let name = name.to_string_lossy();
        if let Some(name) = name.strip_suffix(".json").filter(|it| !it.starts_with('.')) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
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
