//! The submissions of a class: who handed in what, by name.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::course::grading::moment::Moment;
use crate::course::grading::roster::Learner;
use crate::course::submission::{kind, learner};
use crate::message::grade as message;
use crate::message::plain;
use crate::support::exit_code::UsageError;
use crate::support::hash;

/// The longest name of a file that every file system takes.
const LONGEST_NAME: usize = 200;

/// What one learner handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The learner: the name of the folder, of the archive without its ending, or what a platform
    /// or an answer's own name tells.
    pub name: String,
    /// Where it is; several files where a platform hands them out one by one.
    pub paths: Vec<PathBuf>,
    /// Which of the learner's tries it is, from 0.
    pub attempt: usize,
    /// Where its result belongs, below the folder of all results.
    pub place: String,
    /// When it was handed in, if that is known.
    pub submitted: Option<Moment>,
    /// Who handed it in, if that is known.
    pub learner: Option<Learner>,
}

impl Submission {
    /// The only try of somebody of whom nothing else is known.
    pub fn new(name: String, paths: Vec<PathBuf>) -> Submission {
        Submission {
            name,
            paths,
            attempt: 0,
            place: String::new(),
            submitted: None,
            learner: None,
        }
    }
}

/// All submissions of a class, and what in its folder is none.
#[derive(Debug)]
pub struct Found {
    /// In the order of their names.
    pub submissions: Vec<Submission>,
    /// Files that belong to nobody, by name.
    pub nobodys: Vec<String>,
}

/// Finds the submissions of a folder or a list; `course` names all exercises.
///
/// # Errors
///
/// A [`UsageError`] if there are none, if a listed one does not exist, or if two have the same
/// name.
pub fn find(class: &Path, course: &[&str]) -> anyhow::Result<Found> {
    let paths = if class.is_dir() {
        in_folder(class)?
    } else if class.is_file() && kind::kind(&class.to_string_lossy()).is_some() {
        return Err(UsageError(message::archive_of_class(class)).into());
    } else if class.is_file() {
        in_list(class)?
    } else {
        return Err(UsageError(message::no_such_submission(class)).into());
    };
    let mut submissions: BTreeMap<String, (Whose, Submission)> = BTreeMap::new();
    let mut nobodys = Vec::new();
    for path in paths {
        // Who lists paths means them; a link in a folder may have been handed in.
        let link = class.is_dir() && path.is_symlink();
        let Some((whose, name)) = learner(&path, course).filter(|_| !link) else {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            nobodys.push(match link {
                true => message::with_reason(&name, message::link()),
                false => name.into_owned(),
            });
            continue;
        };
        match submissions.entry(name.clone()) {
            Entry::Vacant(free) => {
                free.insert((whose, Submission::new(name, vec![path])));
            }
            Entry::Occupied(mut known) if whose.joins() && known.get().0.joins() => {
                known.get_mut().1.paths.push(path);
            }
            Entry::Occupied(known) => {
                let message = message::same_name(&name, [&known.get().1.paths[0], &path]);
                return Err(UsageError(message).into());
            }
        }
    }
    if submissions.is_empty() {
        return Err(UsageError(message::no_submissions(class)).into());
    }
    Ok(Found {
        submissions: submissions.into_values().map(|(_, it)| it).collect(),
        nobodys,
    })
}

/// Refuses to write where it would be taken for a submission.
///
/// # Errors
///
/// A [`UsageError`] if the folder for what comes out lies in that of the class or of a learner.
pub fn refuse_inside(out: &Path, class: &Path, found: &Found) -> Result<(), UsageError> {
    let out = real(out);
    let learners = found.submissions.iter().flat_map(|it| &it.paths);
    let folders = learners.map(PathBuf::as_path).chain([class]);
    let mut inside = folders.filter(|it| it.is_dir() && out.starts_with(real(it)));
    inside.next().map_or(Ok(()), |folder| {
        Err(UsageError(message::out_in_class(&out, folder)))
    })
}

/// The path without links, of which the end need not be there yet.
fn real(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = path
        .ancestors()
        .find_map(|it| Some((it, it.canonicalize().ok()?)));
    there.map_or(path.clone(), |(part, real)| {
        real.join(path.strip_prefix(part).unwrap_or(Path::new("")))
    })
}

fn in_folder(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    let entries = fs::read_dir(folder);
    for entry in entries.with_context(|| message::not_read(folder))? {
        let path = entry.with_context(|| message::not_read(folder))?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}

fn in_list(list: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let text = fs::read(list).with_context(|| message::not_read(list))?;
    let text = String::from_utf8(text).map_err(|_| UsageError(message::no_list(list)))?;
    let beside = list.parent().unwrap_or(Path::new(""));
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    // As in other files that name files: beside the list, or else where the command was typed.
    let path = |line: &str| match beside.join(line) {
        there if there.exists() => there,
        _ => PathBuf::from(line),
    };
    let paths: Vec<PathBuf> = lines.map(path).collect();
    match paths.iter().find(|path| !path.exists()) {
        Some(missing) => Err(UsageError(message::no_such_submission(missing)).into()),
        None => Ok(paths),
    }
}

/// How a name came about.
#[derive(Clone, Copy, PartialEq)]
enum Whose {
    /// A folder or an archive has it, so two of a name are a mistake.
    Own,
    /// It is in the names of several files of a learner.
    Shared,
}

impl Whose {
    fn joins(self) -> bool {
        self == Whose::Shared
    }
}

/// The learner who handed in what is at a path.
fn learner(path: &Path, course: &[&str]) -> Option<(Whose, String)> {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = path.file_name().or(full.file_name()).unwrap_or_default();
    let name = name.to_string_lossy();
    let (whose, learner) = if let Some(learner) = learner::by_platform(&name) {
        (Whose::Shared, learner)
    } else if path.is_dir() {
        (Whose::Own, name.into_owned())
    } else if let Some(learner) = kind::whose(&name) {
        // Of one that cannot be taken, its learner is to read why.
        (Whose::Own, learner.to_owned())
    } else {
        (Whose::Shared, learner::by_answer(&name, course)?)
    };
    Some((whose, plain::line(&learner)))
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
        for file in [
            "ada.tar.gz",
            "README",
            "cleo.7z",
            "dora.rar",
            "1_two_lines.rs",
        ] {
            fs::write(path(file), "").expect("a file");
        }
        let find = |class: &Path| find(class, &["05_lock/1_two_lines", "05_lock/2_guard"]);
        let names = |all: Found| {
            all.submissions
                .into_iter()
                .map(|it| it.name)
                .collect::<Vec<_>>()
        };
        let all = find(folder.path()).expect("there are some");
        assert_eq!(all.nobodys, ["1_two_lines.rs", "README"]);
        assert_eq!(names(all), ["ada", "ben.zip", "cleo", "dora"]);
        fs::create_dir(path("ada")).expect("a folder");
        let error = find(folder.path()).expect_err("two of a name");
        assert!(error.to_string().contains("ada"), "{error}");
        let list = path("list");
        let line = path("cleo.7z").display().to_string();
        fs::write(&list, format!("# a comment\n\n{line}\n")).expect("a file");
        assert_eq!(names(find(&list).expect("there is one")), ["cleo"]);
        fs::write(&list, "cleo.7z\n").expect("a file");
        assert_eq!(names(find(&list).expect("beside the list")), ["cleo"]);
        let error = find(&path("cleo.7z")).expect_err("no class").to_string();
        assert!(error.contains("unpack it"), "{error}");
        fs::write(&list, "nobody.zip\n").expect("a file");
        assert!(find(&list).is_err());
    }

    #[test]
    fn files_that_a_platform_hands_out_one_by_one_are_one_submission() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for file in [
            "adal_1_10_1_two_lines.rs",
            "adal_LATE_1_11_2_guard-1.rs",
            "Ben B_7_assignsubmission_file_1_two_lines.rs",
            "Ben B_7_assignsubmission_file_rest.zip",
            "Ben B_7_assignsubmission_file_words.pdf",
        ] {
            fs::write(folder.path().join(file), "").expect("a file");
        }
        let text = "Ben B_7_assignsubmission_onlinetext_";
        fs::create_dir(folder.path().join(text)).expect("a folder");
        let course = ["05_lock/1_two_lines", "05_lock/2_guard"];
        let found = find(folder.path(), &course).expect("there are some");
        let all = found.submissions.iter();
        let all: Vec<_> = all.map(|it| (it.name.as_str(), it.paths.len())).collect();
        assert_eq!(all, [("Ben B_7", 4), ("adal_1", 2)]);
        assert!(found.nobodys.is_empty());
    }

    #[test]
    fn what_comes_out_does_not_lie_among_what_was_handed_in() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let class = folder.path().join("class");
        fs::create_dir_all(class.join("ada")).expect("folders");
        std::os::unix::fs::symlink(&class, folder.path().join("link")).expect("a link");
        std::os::unix::fs::symlink("/etc", class.join("eve")).expect("a link");
        let found = find(&class, &[]).expect("there is one");
        assert_eq!(found.submissions.len(), 1);
        assert!(found.nobodys[0].contains("eve") && found.nobodys[0].contains("link"));
        let refused = |out: &str| refuse_inside(&folder.path().join(out), &class, &found).is_err();
        for out in ["class", "class/out", "class/ada/out/more", "link/out"] {
            assert!(refused(out), "{out}");
        }
        assert!(!refused("out") && !refused("class-out"));
    }
}
