//! The submissions of a class: who handed in what, by name.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::course::submission::archive;
use crate::message::grade as message;
use crate::message::plain;
use crate::support::exit_code::UsageError;
use crate::support::hash;

/// The longest name of a file that every file system takes.
const LONGEST_NAME: usize = 200;

/// What one learner handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The learner: the name of the folder, or of the archive without its ending.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// All submissions of a folder or a list, in the order of their names.
///
/// # Errors
///
/// A [`UsageError`] if there are none, if a listed one does not exist, or if two have the same
/// name.
pub fn find(class: &Path) -> anyhow::Result<Vec<Submission>> {
    let mut all = if class.is_dir() {
        in_folder(class)?
    } else if class.is_file() {
        in_list(class)?
    } else {
        return Err(UsageError(message::no_such_submission(class)).into());
    };
    if all.is_empty() {
        return Err(UsageError(message::no_submissions(class)).into());
    }
    all.sort_by(|a, b| a.name.cmp(&b.name));
    for pair in all.windows(2) {
        if pair[0].name == pair[1].name {
            let message = message::same_name(&pair[0].name, [&pair[0].path, &pair[1].path]);
            return Err(UsageError(message).into());
        }
    }
    Ok(all)
}

fn in_folder(folder: &Path) -> anyhow::Result<Vec<Submission>> {
    let mut all = Vec::new();
    let entries = fs::read_dir(folder);
    for entry in entries.with_context(|| message::not_read(folder))? {
        let path = entry.with_context(|| message::not_read(folder))?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && (path.is_dir() || named(&path).is_some()) {
            all.push(submission(path));
        }
    }
    Ok(all)
}

fn in_list(list: &Path) -> anyhow::Result<Vec<Submission>> {
    let text = fs::read_to_string(list).with_context(|| message::not_read(list))?;
    let mut all = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let path = PathBuf::from(line);
        if !path.is_dir() && (named(&path).is_none() || !path.is_file()) {
            return Err(UsageError(message::no_such_submission(&path)).into());
        }
        all.push(submission(path));
    }
    Ok(all)
}

/// The name that an archive gives.
fn named(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    archive::stem(&name).map(str::to_owned)
}

fn submission(path: PathBuf) -> Submission {
    let full = path.canonicalize().unwrap_or_else(|_| path.clone());
    let folder = path.file_name().or(full.file_name()).unwrap_or_default();
    let archive = named(&path).filter(|_| !path.is_dir());
    let name = archive.unwrap_or_else(|| folder.to_string_lossy().into_owned());
    Submission {
        name: plain::line(&name),
        path,
    }
}

/// A learner's name as a file name, different for different names. A character that may be special
/// to a file system, a shell or a browser becomes `~` and its number.
pub fn file_name(name: &str) -> String {
    let mut safe = String::new();
    for (index, c) in name.char_indices() {
        let plain = c.is_alphanumeric() || "_-+@".contains(c) || (c == '.' && index > 0);
        if plain && !(c == '-' && index == 0) {
            safe.push(c);
        } else {
            safe.push_str(&format!("~{:x}.", u32::from(c)));
        }
    }
    if safe.len() > LONGEST_NAME {
        let cut = (0..=LONGEST_NAME - 20)
            .rev()
            .find(|at| safe.is_char_boundary(*at));
        safe.truncate(cut.unwrap_or(0));
        safe.push_str(&format!("~{}", hash::hex(name.as_bytes())));
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_safe_and_stay_different() {
        assert_eq!(file_name("ada.l-2@x"), "ada.l-2@x");
        assert_eq!(file_name("小明"), "小明");
        assert_eq!(file_name("a b"), "a~20.b");
        assert_eq!(file_name("../x"), "~2e..~2f.x");
        assert_eq!(file_name("-rf"), "~2d.rf");
        assert_ne!(file_name("~20."), file_name(" "));
        let long = |end: &str| file_name(&format!("{}{end}", "ä".repeat(200)));
        assert!(long("a").len() <= LONGEST_NAME);
        assert_ne!(long("a"), long("b"));
    }

    #[test]
    fn folders_and_archives_are_submissions_and_other_files_are_not() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("ben.zip")).expect("a folder with a misleading name");
        fs::create_dir(path(".git")).expect("a folder");
        for file in ["ada.tar.gz", "README", "cleo.zip"] {
            fs::write(path(file), "").expect("a file");
        }
        let names = |all: Vec<Submission>| all.into_iter().map(|it| it.name).collect::<Vec<_>>();
        let all = find(folder.path()).expect("there are some");
        assert_eq!(names(all), ["ada", "ben.zip", "cleo"]);
        fs::create_dir(path("ada")).expect("a folder");
        let error = find(folder.path()).expect_err("two of a name");
        assert!(error.to_string().contains("ada"), "{error}");
        let list = path("list");
        let line = path("cleo.zip").display().to_string();
        fs::write(&list, format!("# a comment\n\n{line}\n")).expect("a file");
        assert_eq!(names(find(&list).expect("there is one")), ["cleo"]);
        fs::write(&list, "nobody.zip\n").expect("a file");
        assert!(find(&list).is_err());
    }
}
