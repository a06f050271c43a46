//! Brings a folder up to date, file by file, without touching what is the learner's.
//!
//! Each file is looked at by itself and compared with what the manifest says was written, so that
//! an update that was interrupted is finished by doing it again: the manifest comes last.

use std::fs;
use std::path::Path;

use crate::commands::init::content::TEXT;
use crate::commands::init::embedded::Files;
use crate::commands::init::manifest::{self, Manifest, Origin, Written};
use crate::commands::init::place;
use crate::facts::Changes;
use crate::report::json;
use crate::support::{hash, interrupt};

/// Files in which a learner may have own settings, or exercises. They stay the learner's as long as the course
/// has nothing new in them.
const OWN: &[&str] = &[
    ".devcontainer/",
    ".gitattributes",
    ".gitignore",
    ".helix/",
    ".vscode/",
    ".zed/",
    "README.md",
    TEXT,
    "rust-analyzer.toml",
];

/// What to do with a file.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// It is as it should be, or the learner's.
    Leave,
    /// It is written.
    Write(Vec<u8>),
    /// It is written, and what it was is kept beside.
    KeepAndWrite(Vec<u8>),
    /// It cannot be told what of it is the learner's.
    LeaveAndTell,
}

/// Writes what is missing or old, and the manifest last. `None` if a signal interrupted this.
///
/// # Errors
///
/// When a file cannot be read or written; what was done so far stays done.
pub fn bring(
    root: &Path,
    files: &Files,
    before: &Manifest,
    origin: &Origin,
) -> anyhow::Result<Option<Changes>> {
    let mut changes = Changes::default();
    let mut after = Manifest::begun(origin);
    for (path, new) in files {
        if interrupt::requested() {
            return Ok(None);
        }
        one(root, path, new, before.files.get(path), &mut changes)?;
        after.files.insert(path.clone(), Written::of(path, new));
    }
    remove_gone(root, files, before, &mut changes);
    after.complete = true;
    if after != *before {
        after.write(root)?;
    }
    Ok(Some(changes))
}

fn one(
    root: &Path,
    path: &str,
    new: &[u8],
    before: Option<&Written>,
    changes: &mut Changes,
) -> anyhow::Result<()> {
    let Some(now) = place::read(root, path)? else {
        changes.added.push(path.to_owned());
        return place::write(root, path, new);
    };
    let text = match step(path, &now, new, before) {
        Step::Leave => return Ok(()),
        Step::LeaveAndTell => {
            changes.left.push(path.to_owned());
            return Ok(());
        }
        Step::Write(text) => text,
        Step::KeepAndWrite(text) => {
            changes.kept.push(place::keep(root, path, &now)?);
            text
        }
    };
    changes.renewed.push(path.to_owned());
    place::write(root, path, &text)
}

/// What to do with a file that is there.
fn step(path: &str, now: &[u8], new: &[u8], before: Option<&Written>) -> Step {
    if now == new {
        return Step::Leave;
    }
    if manifest::is_exercise(path) {
        return exercise(now, new, before);
    }
    let was = before.map(|written| written.given.as_str());
    if was == Some(manifest::hash(now).as_str()) {
        return Step::Write(new.to_vec());
    }
    // Whoever adds exercises lists them at its end.
    let end = was
        .filter(|_| path == TEXT)
        .and_then(|was| hash::end_of(now, was));
    if let Some(end) = end {
        return match [new, &now[end..]].concat() {
            same if same == now => Step::Leave,
            longer => Step::Write(longer),
        };
    }
    let is_own = OWN.iter().any(|own| path.starts_with(own));
    if is_own && was == Some(manifest::hash(new).as_str()) {
        return Step::Leave;
    }
    Step::KeepAndWrite(new.to_vec())
}

/// The learner's part stays, unless nobody touched it; the given part is the new one.
fn exercise(now: &[u8], new: &[u8], before: Option<&Written>) -> Step {
    let (Some((learner, given)), Some((stub, new_given))) =
        (manifest::split(now), manifest::split(new))
    else {
        return Step::LeaveAndTell;
    };
    let hash = |part: &str| Some(manifest::hash(part.as_bytes()));
    let untouched = before.is_some_and(|written| written.learner == hash(learner));
    let text = manifest::join(if untouched { stub } else { learner }, new_given);
    if text == now {
        return Step::Leave;
    }
    let was = before.map(|written| written.given.clone());
    if given == new_given || was == hash(given) {
        Step::Write(text)
    } else {
        Step::KeepAndWrite(text)
    }
}

/// Removes files that the course no longer has, if nobody changed them. Exercises always stay.
fn remove_gone(root: &Path, files: &Files, before: &Manifest, changes: &mut Changes) {
    for (path, written) in &before.files {
        if files.contains_key(path) || manifest::is_exercise(path) {
            continue;
        }
        let now = place::read(root, path).ok().flatten();
        let unchanged = now.is_some_and(|now| manifest::hash(&now) == written.given);
        // What cannot be removed does no harm.
        if unchanged && fs::remove_file(root.join(path)).is_ok() {
            changes.removed.push(path.clone());
        }
    }
}

/// The version of `course` that wrote the folder, if it was another one.
pub fn other_version(before: &Manifest) -> Option<&str> {
    Some(before.tool.as_str()).filter(|tool| !tool.is_empty() && *tool != json::TOOL)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::init::manifest::join;

    const EXERCISE: &str = "exercises/05_lock/1_a.rs";

    /// What becomes of a file that was `old` when it was written and is `now`.
    fn of(path: &str, old: &[u8], now: &[u8], new: &[u8]) -> Step {
        step(path, now, new, Some(&Written::of(path, old)))
    }

    #[test]
    fn an_exercise_that_nobody_touched_is_the_new_one() {
        let (old, new) = (join("stub\n", "given"), join("new stub\n", "new given"));
        assert_eq!(of(EXERCISE, &old, &old, &new), Step::Write(new));
    }

    #[test]
    fn a_learners_part_stays_and_gets_the_new_given_part() {
        let (old, new) = (join("stub\n", "given"), join("new stub\n", "new given"));
        let now = join("mine\n", "given");
        let merged = join("mine\n", "new given");
        assert_eq!(of(EXERCISE, &old, &now, &new), Step::Write(merged.clone()));
        // Interrupted after that, and done again.
        assert_eq!(of(EXERCISE, &old, &merged, &new), Step::Leave);
    }

    #[test]
    fn a_changed_given_part_is_kept() {
        let old = join("stub\n", "given");
        let now = join("mine\n", "given, changed");
        let merged = join("mine\n", "given");
        assert_eq!(of(EXERCISE, &old, &now, &old), Step::KeepAndWrite(merged));
        let now = join("stub\n", "given, changed");
        let new = join("new stub\n", "new given");
        assert_eq!(of(EXERCISE, &old, &now, &new), Step::KeepAndWrite(new));
    }

    #[test]
    fn an_exercise_that_cannot_be_split_is_left_alone() {
        let old = join("stub\n", "given");
        for now in ["mine, without the line", "", "\u{0}"] {
            assert_eq!(of(EXERCISE, &old, now.as_bytes(), &old), Step::LeaveAndTell);
        }
        assert_eq!(of(EXERCISE, &old, b"\xff", &old), Step::LeaveAndTell);
    }

    #[test]
    fn without_a_manifest_everything_that_differs_counts_as_changed() {
        let (now, new) = (join("mine\n", "given"), join("stub\n", "new given"));
        let merged = join("mine\n", "new given");
        assert_eq!(step(EXERCISE, &now, &new, None), Step::KeepAndWrite(merged));
        let written = Step::KeepAndWrite(b"new".to_vec());
        assert_eq!(step("course.md", b"now", b"new", None), written);
    }

    #[test]
    fn other_files_are_replaced_and_kept_if_they_were_changed() {
        let new = || b"new".to_vec();
        let of = |path, now: &[u8]| of(path, b"old", now, b"new");
        assert_eq!(of("course.md", b"old"), Step::Write(new()));
        assert_eq!(of("course.md", b"mine"), Step::KeepAndWrite(new()));
        assert_eq!(of("course.md", b"new"), Step::Leave);
        assert_eq!(of(".gitignore", b"mine"), Step::KeepAndWrite(new()));
    }

    #[test]
    fn what_was_added_to_the_text_of_the_course_stays_at_its_end() {
        let (old, new) = (&b"old\ntext\n"[..], &b"new\n"[..]);
        let now = b"old\ntext\n\n## Mine\n";
        let longer = b"new\n\n## Mine\n".to_vec();
        assert_eq!(of("course.md", old, now, new), Step::Write(longer));
        assert_eq!(of("course.md", old, now, old), Step::Leave);
        let kept = Step::KeepAndWrite(new.to_vec());
        assert_eq!(of("course.md", old, b"old, mine\ntext\n", new), kept);
    }

    #[test]
    fn settings_of_the_learners_own_stay_where_the_course_has_nothing_new() {
        let step = of(".vscode/settings.json", b"old", b"mine", b"old");
        assert_eq!(step, Step::Leave);
        let step = of("checker/mp/src/lib.rs", b"old", b"mine", b"old");
        assert_eq!(step, Step::KeepAndWrite(b"old".to_vec()));
    }
}
