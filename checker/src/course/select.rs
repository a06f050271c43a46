//! Which exercises a person means: by topic, by name, or by file.

use std::path::{Path, PathBuf};

use crate::course::workspace;
use crate::message;
use crate::support::exit_code::UsageError;

/// An exercise that was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its index in the course.
    pub index: usize,
    /// Whether its solution's file was named.
    pub solution: bool,
}

/// Every exercise of the course.
pub fn all(ids: &[&str]) -> Vec<Choice> {
    within(ids, "", false)
}

/// The exercises meant by `what`, each once, in the order typed.
///
/// # Errors
///
/// A [`UsageError`] for a name that fits nothing, with the nearest name.
pub fn select(ids: &[&str], root: &Path, what: &[String]) -> Result<Vec<Choice>, UsageError> {
    let mut choices = Vec::new();
    for name in what {
        for choice in find(ids, root, name)? {
            if !choices.contains(&choice) {
                choices.push(choice);
            }
        }
    }
    Ok(choices)
}

/// The one exercise meant by `what`.
///
/// # Errors
///
/// A [`UsageError`] unless it is exactly one.
pub fn select_one(ids: &[&str], root: &Path, what: &str) -> Result<Choice, UsageError> {
    match find(ids, root, what)?[..] {
        [choice] => Ok(choice),
        ref several => {
            let names: Vec<_> = several.iter().map(|choice| ids[choice.index]).collect();
            Err(UsageError(message::typed::several_exercises(what, &names)))
        }
    }
}

/// The file of a program that is no exercise of the course, nor its solution.
pub fn program(ids: &[&str], root: &Path, what: &str) -> Option<PathBuf> {
    let path = Path::new(what);
    if path.extension().is_none_or(|ending| ending != "rs") || !path.is_file() {
        return None;
    }
    let (name, solution) = of_path(root, what);
    if !within(ids, &name, solution).is_empty() {
        return None;
    }
    std::path::absolute(path).ok()
}

/// Whether this is a folder in which none of the course's exercises can be.
pub fn is_elsewhere(root: &Path, what: &str) -> bool {
    let (Ok(folder), Ok(root)) = (Path::new(what).canonicalize(), root.canonicalize()) else {
        return false;
    };
    let course = [
        "exercises",
        workspace::SOLUTIONS[0],
        workspace::SOLUTIONS[1],
    ];
    let inside = |it: &str| folder.starts_with(root.join(it));
    folder.is_dir() && !root.starts_with(&folder) && !course.into_iter().any(inside)
}

/// What one name means; never empty.
fn find(ids: &[&str], root: &Path, what: &str) -> Result<Vec<Choice>, UsageError> {
    let name = what.trim_end_matches('/');
    let mut found = within(ids, name, false);
    if found.is_empty() {
        // The name of the program, as `cargo run --bin` takes it.
        found = within(ids, &name.replacen('-', "/", 1), false);
    }
    if found.is_empty() {
        let (name, solution) = of_path(root, name);
        found = within(ids, &name, solution);
        if found.is_empty() {
            return Err(UsageError(message::typed::unknown_exercise(
                what,
                nearest(ids, &name),
            )));
        }
    }
    Ok(found)
}

/// The exercise of that name, or all of the topic of that name, or all for the empty name.
fn within(ids: &[&str], name: &str, solution: bool) -> Vec<Choice> {
    let fits = |id: &str| name.is_empty() || id == name || topic(id) == name;
    let fitting = ids.iter().enumerate().filter(|(_, id)| fits(id));
    let choice = |(index, _)| Choice { index, solution };
    fitting.map(choice).collect()
}

/// A path to a file or folder of exercises or solutions, as a name, and whether of solutions.
fn of_path(root: &Path, path: &str) -> (String, bool) {
    let full = Path::new(path).canonicalize();
    let root = root.canonicalize();
    let inside = match (&full, &root) {
        (Ok(full), Ok(root)) => full.strip_prefix(root).ok().and_then(Path::to_str),
        _ => None,
    };
    // A path that leads nowhere still says which name is meant, so that a similar one can be
    // suggested.
    let inside = inside.unwrap_or(path).trim_start_matches("./");
    let [solutions, hidden] = workspace::SOLUTIONS;
    for (folder, solution) in [("exercises", false), (solutions, true), (hidden, true)] {
        match inside.strip_prefix(folder) {
            // The folder itself means all that is in it.
            Some("") if full.is_ok() => return (String::new(), solution),
            Some(rest) if rest.starts_with('/') => {
                return (rest[1..].trim_end_matches(".rs").to_owned(), solution);
            }
            _ => {}
        }
    }
    (inside.to_owned(), false)
}

/// The name that a mistyped one probably means.
fn nearest<'a>(ids: &[&'a str], name: &str) -> Option<&'a str> {
    let names = ids.iter().flat_map(|id| [topic(id), id]);
    let short = |id: &'a str| id.split('/').next_back().unwrap_or(id);
    let distance = |id: &'a str| {
        let whole = strsim::osa_distance(id, name);
        whole.min(strsim::osa_distance(short(id), name))
    };
    let allowed = (name.chars().count() / 3).clamp(1, 4);
    let close = names
        .clone()
        .map(|id| (distance(id), id))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, id)| id);
    let contains = |id: &&str| name.len() >= 2 && id.contains(name);
    close.or_else(|| names.clone().find(contains))
}

/// The topic of an exercise's name.
pub fn topic(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: &[&str] = &[
        "04_daemon/1_daemon",
        "05_lock/1_two_lines",
        "05_lock/2_guard",
    ];

    fn found(what: &[&str]) -> Result<Vec<(usize, bool)>, String> {
        found_in(Path::new("/nowhere"), what)
    }

    fn found_in(root: &Path, what: &[&str]) -> Result<Vec<(usize, bool)>, String> {
        let what: Vec<String> = what.iter().map(|&name| name.to_owned()).collect();
        let choices = select(IDS, root, &what).map_err(|error| error.0)?;
        Ok(choices.iter().map(|it| (it.index, it.solution)).collect())
    }

    #[test]
    fn topics_exercises_and_program_names_are_found_each_once_as_typed() {
        assert_eq!(found(&["05_lock"]), Ok(vec![(1, false), (2, false)]));
        assert_eq!(found(&["05_lock/2_guard"]), Ok(vec![(2, false)]));
        assert_eq!(found(&["05_lock-2_guard"]), Ok(vec![(2, false)]));
        let twice = found(&["05_lock/2_guard", "05_lock/", "04_daemon"]);
        assert_eq!(twice, Ok(vec![(2, false), (1, false), (0, false)]));
        assert_eq!(all(IDS).len(), 3);
    }

    #[test]
    fn files_and_folders_are_found_by_their_path() {
        let root = tempfile::tempdir().expect("a temporary folder");
        let path = |name: &str| root.path().join(name).display().to_string();
        for file in [
            "exercises/05_lock/2_guard.rs",
            "solutions/05_lock/2_guard.rs",
            "notes.rs",
        ] {
            let file = root.path().join(file);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
            std::fs::write(file, "").expect("written");
        }
        let find = |name: &str| found_in(root.path(), &[&path(name)]);
        assert_eq!(find("exercises/05_lock/2_guard.rs"), Ok(vec![(2, false)]));
        assert_eq!(find("solutions/05_lock/2_guard.rs"), Ok(vec![(2, true)]));
        assert_eq!(find("exercises/05_lock/"), Ok(vec![(1, false), (2, false)]));
        assert_eq!(find("solutions").map(|all| all.len()), Ok(3));
        assert!(find("notes.rs").is_err());
        let program = |name: &str| super::program(IDS, root.path(), &path(name));
        assert_eq!(program("notes.rs"), Some(root.path().join("notes.rs")));
        for none in [
            "exercises/05_lock/2_guard.rs",
            "solutions/05_lock/2_guard.rs",
            "no.rs",
        ] {
            assert_eq!(program(none), None);
        }
    }

    #[test]
    fn a_mistyped_name_is_answered_with_the_nearest() {
        assert_eq!(nearest(IDS, "05_lokc"), Some("05_lock"));
        assert_eq!(
            nearest(IDS, "05_lock/1_two_line"),
            Some("05_lock/1_two_lines")
        );
        assert_eq!(nearest(IDS, "1_two_lines"), Some("05_lock/1_two_lines"));
        assert_eq!(nearest(IDS, "guard"), Some("05_lock/2_guard"));
        assert_eq!(nearest(IDS, "philosophers"), None);
        let error = found(&["exercises/05_lock/2_gard.rs"]).expect_err("no such file");
        assert!(error.contains("did you mean `05_lock/2_guard`?"), "{error}");
    }

    #[test]
    fn a_topic_is_not_one_exercise() {
        let error = select_one(IDS, Path::new("/nowhere"), "05_lock").expect_err("two");
        assert!(error.0.contains("05_lock/1_two_lines"), "{error}");
        assert!(select_one(IDS, Path::new("/nowhere"), "04_daemon").is_ok());
    }
}
