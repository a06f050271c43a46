//! Whether the files of the course are those that `exercises/course.toml` names, in its order.

use std::collections::BTreeSet;
use std::path::Path;

use crate::commands::author::rules;
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::facts::named::nearest;
use crate::message::author as message;
use crate::program::source;

/// What is wrong with the course as a whole.
pub fn course(workspace: &Workspace) -> Vec<String> {
    let exercises = &workspace.course.exercises;
    let mut wrong = Vec::new();
    let solutions = workspace.relative(&workspace.solutions());
    for (folder, suffix) in [("exercises", ""), (&*solutions, "-solution")] {
        let file = format!("{folder}/Cargo.toml");
        let expected: Vec<_> = exercises.iter().map(|it| program(it, suffix)).collect();
        wrong.extend(match read(workspace, &file).and_then(|it| bins(&it)) {
            Ok(found) => rules::lists(&file, &found, &expected, message::UPDATE),
            Err(why) => Some(message::unreadable(&file, &why)),
        });
    }
    let entry = |it: &Exercise| (it.id.clone(), it.title.to_lowercase());
    let expected: Vec<_> = exercises.iter().map(entry).collect();
    wrong.extend(match read(workspace, "course.md") {
        Ok(text) => rules::lists("course.md", &listed(&text), &expected, message::LIST),
        Err(why) => Some(message::unreadable("course.md", &why)),
    });
    wrong.extend(orphans(workspace));
    wrong
}

/// The exercises of `course.toml` without a program, each with what to say about it.
pub fn missing(workspace: &Workspace) -> Vec<(String, String)> {
    let exercises = &workspace.course.exercises;
    let missing = exercises
        .iter()
        .filter(|it| !workspace.exercise_file(it).is_file());
    let files = files_below(&workspace.root.join("exercises"), "");
    let programs: Vec<&str> = files
        .iter()
        .filter_map(|it| it.strip_suffix(".rs"))
        .collect();
    let of_none = |id: &&str| exercises.iter().all(|it| it.id != **id);
    let told = |it: &Exercise| {
        let file = workspace.relative(&workspace.exercise_file(it));
        let like = nearest(&it.id, programs.iter().copied().filter(|id| of_none(id)));
        (it.id.clone(), message::no_program(&file, &it.id, like))
    };
    missing.map(told).collect()
}

/// The rows of an exercise whose expected transcript is missing.
pub fn snapshots(workspace: &Workspace, exercise: &Exercise) -> Vec<String> {
    let files = exercise.rows.iter();
    let files = files.map(|row| workspace.snapshot_file(exercise, row));
    let missing = files.filter(|file| !file.is_file());
    missing
        .map(|file| message::no_snapshot(&workspace.relative(&file), &exercise.id))
        .collect()
}

fn read(workspace: &Workspace, file: &str) -> Result<String, String> {
    std::fs::read_to_string(workspace.root.join(file)).map_err(|error| error.to_string())
}

/// The name and path of an exercise's program in its package.
fn program(exercise: &Exercise, suffix: &str) -> (String, String) {
    let name = exercise.bin_name() + suffix;
    (name, format!("{}.rs", exercise.id))
}

/// The names and paths of a manifest's programs, in order.
fn bins(manifest: &str) -> Result<Vec<(String, String)>, String> {
    let manifest: toml::Table = manifest
        .parse()
        .map_err(|error: toml::de::Error| error.message().to_owned())?;
    let bins = manifest.get("bin").and_then(toml::Value::as_array);
    let word = |bin: &toml::Value, key: &str| {
        let word = bin.get(key).and_then(toml::Value::as_str);
        word.unwrap_or_default().to_owned()
    };
    let bins = bins.into_iter().flatten();
    Ok(bins
        .map(|bin| (word(bin, "name"), word(bin, "path")))
        .collect())
}

/// The exercises that the text of the course lists, by name and title in lower case.
fn listed(text: &str) -> Vec<(String, String)> {
    let entry = |line: &str| {
        let (id, title) = line.strip_prefix("- `")?.split_once("`: ")?;
        Some((id.to_owned(), title.to_lowercase()))
    };
    text.lines().filter_map(entry).collect()
}

/// Programs, answers and transcripts that belong to no exercise.
fn orphans(workspace: &Workspace) -> Vec<String> {
    let exercises = &workspace.course.exercises;
    let programs = exercises.iter().map(|it| format!("{}.rs", it.id));
    let programs: BTreeSet<String> = programs.collect();
    let ids: BTreeSet<&str> = exercises.iter().map(|it| it.id.as_str()).collect();
    let rows = |it: &Exercise| -> Vec<String> {
        let names = it.rows.iter().map(|row| it.snapshot_name(row));
        names.collect()
    };
    let snapshots: BTreeSet<String> = exercises.iter().flat_map(rows).collect();
    let of_an_answer = |file: &str| {
        let exercise = file.rsplit_once('/').map(|(folder, _)| folder);
        exercise.is_some_and(|exercise| ids.contains(exercise))
    };
    let mut orphans = Vec::new();
    type Known<'a> = &'a dyn Fn(&str) -> bool;
    type Told<'a> = &'a dyn Fn(&str) -> Option<String>;
    let mut look = |folder: &str, ending: &str, known: Known, told: Told| {
        for file in files_below(&workspace.root.join(folder), "") {
            if file.ends_with(ending) && !known(&file) {
                let orphan = || message::orphan(&format!("{folder}/{file}"));
                orphans.push(told(&file).unwrap_or_else(orphan));
            }
        }
    };
    let none = |_: &str| None;
    let solutions = workspace.relative(&workspace.solutions());
    for folder in ["exercises", &*solutions] {
        look(folder, ".rs", &|file| programs.contains(file), &none);
    }
    for folder in source::ANSWERS {
        look(folder, "", &of_an_answer, &none);
    }
    let folder = workspace.relative(&workspace.snapshots());
    let of_a_row = |file: &str| {
        let mut whose = exercises.iter();
        let whose = whose.find(|it| it.owns_snapshot(file))?;
        Some(message::stale(&format!("{folder}/{file}"), &whose.id))
    };
    look(&folder, "", &|file| snapshots.contains(file), &of_a_row);
    orphans
}

/// The files below a folder, by their paths from there, sorted; none if there is no such folder.
fn files_below(folder: &Path, prefix: &str) -> Vec<String> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files.extend(files_below(&entry.path(), &format!("{name}/")));
        } else {
            files.push(name);
        }
    }
    files.sort();
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::workspace::Workspace;

    /// A course of two exercises with everything it needs except programs.
    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let exercise = |id: &str, title: &str| {
            format!("[exercise.\"{id}\"]\ntitle = \"{title}\"\nview = \"exact\"\npoints = 1\n")
        };
        let course = exercise("05_lock/1_a", "One") + &exercise("05_lock/2_b", "Two");
        let bin = |id: &str, suffix: &str| {
            let name = id.replace('/', "-") + suffix;
            format!("[[bin]]\nname = \"{name}\"\npath = \"{id}.rs\"\n")
        };
        let bins = |suffix| bin("05_lock/1_a", suffix) + &bin("05_lock/2_b", suffix);
        for (file, text) in [
            ("exercises/course.toml", course),
            ("exercises/Cargo.toml", bins("")),
            ("solutions/Cargo.toml", bins("-solution")),
            (
                "course.md",
                "- `05_lock/1_a`: one\n\n- `05_lock/2_b`: Two\n".to_owned(),
            ),
            ("exercises/05_lock/1_a.rs", String::new()),
            ("solutions/05_lock/2_b.rs", String::new()),
            ("solutions/snapshots/05_lock-1_a.snap", String::new()),
            ("tests/wrong/05_lock/1_a/x.rs", String::new()),
        ] {
            let file = folder.path().join(file);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("is made");
            std::fs::write(file, text).expect("is written");
        }
        folder
    }

    fn wrong(folder: &Path) -> Vec<String> {
        course(&Workspace::find_from(folder).expect("a course"))
    }

    #[test]
    fn a_course_that_agrees_with_itself_is_fine() {
        let folder = tree();
        assert_eq!(wrong(folder.path()), Vec::<String>::new());
        let workspace = Workspace::find_from(folder.path()).expect("a course");
        let missing = |at: usize| snapshots(&workspace, &workspace.course.exercises[at]).len();
        assert_eq!((missing(0), missing(1)), (0, 1));
    }

    #[test]
    fn each_file_that_disagrees_is_told() {
        for (file, from, to) in [
            ("exercises/Cargo.toml", "1_a.rs", "1_b.rs"),
            ("solutions/Cargo.toml", "-solution", ""),
            ("course.md", "one", "first"),
            ("course.md", "- `05_lock/2_b`: Two\n", ""),
        ] {
            let folder = tree();
            let path = folder.path().join(file);
            let text = std::fs::read_to_string(&path).expect("is read");
            std::fs::write(path, text.replace(from, to)).expect("is written");
            let told = wrong(folder.path());
            assert!(told.len() == 1 && told[0].starts_with(file), "{told:?}");
        }
    }

    #[test]
    fn files_of_no_exercise_are_told() {
        for file in [
            "exercises/05_lock/3_c.rs",
            "solutions/06_x/1_a.rs",
            "tests/wrong/05_lock/1_c/x.rs",
            "tests/right/stray.rs",
            "solutions/snapshots/05_lock-1_a@5.snap",
        ] {
            let folder = tree();
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("is made");
            std::fs::write(path, "").expect("is written");
            let told = wrong(folder.path());
            assert!(told.len() == 1 && told[0].starts_with(file), "{told:?}");
            let stale = file.contains("1_a@5");
            assert_eq!(told[0].contains("bless 05_lock/1_a` removes it"), stale);
        }
    }

    #[test]
    fn an_exercise_without_a_program_is_told_with_the_nearest_one() {
        let folder = tree();
        let file = |name: &str| folder.path().join("exercises/05_lock").join(name);
        std::fs::write(file("2_bb.rs"), "").expect("is written");
        let workspace = Workspace::find_from(folder.path()).expect("a course");
        let told = missing(&workspace);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(
            told[0].1.contains("did you mean `05_lock/2_bb`?"),
            "{told:?}"
        );
    }
}
