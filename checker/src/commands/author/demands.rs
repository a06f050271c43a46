//! `exercises/DEMANDS.md`: each sentence of the headers with what checks it. The file is held against
//! the headers, and what it names against the course.

use std::collections::HashMap;
use std::path::Path;

use crate::commands::author::sentences;
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::facts::Requirement;
use crate::message::author as message;
use crate::program::source;
use crate::support::write;

/// Where it is.
const FILE: &str = "exercises/DEMANDS.md";
/// What stands beside a sentence that demands nothing.
const TELLS: &str = "tells";

/// A sentence with its check, as the file has them.
struct Entry<'a> {
    /// The line of the check, from 1.
    line: usize,
    exercise: &'a str,
    sentence: &'a str,
    /// Empty where nobody has said it yet.
    check: &'a str,
}

/// Writes the file anew: the sentences of today's headers, each with the check that it had.
///
/// # Errors
///
/// When it cannot be written.
pub fn update(workspace: &Workspace) -> anyhow::Result<()> {
    add(workspace, "")
}

/// Writes it anew with the sentences and checks of another exercise.
///
/// # Errors
///
/// When it cannot be written.
pub fn add(workspace: &Workspace, demands: &str) -> anyhow::Result<()> {
    let before = read(workspace);
    let now = list(workspace, &format!("{before}\n{demands}"));
    if now != before {
        write::whole(&workspace.root.join(FILE), now)?;
    }
    Ok(())
}

/// Whether the file has other sentences than today's headers.
pub fn out_of_date(workspace: &Workspace) -> Option<String> {
    let text = read(workspace);
    let now = list(workspace, &text);
    let same = text
        .lines()
        .zip(now.lines())
        .take_while(|(is, now)| is == now);
    (text != now).then(|| message::demands_out_of_date(FILE, same.count() + 1))
}

/// What is wrong with the checks of an exercise's sentences.
pub fn checks(workspace: &Workspace, exercise: &Exercise) -> Vec<String> {
    of_text(&read(workspace), exercise, &workspace.root)
}

fn of_text(text: &str, exercise: &Exercise, root: &Path) -> Vec<String> {
    let entries: Vec<_> = entries(text);
    let entries = entries.iter().filter(|it| it.exercise == exercise.id);
    let mut wrong = Vec::new();
    let mut demanded = Vec::new();
    for entry in entries {
        let told = faults(entry, exercise, root).into_iter();
        wrong.extend(told.map(|told| format!("{FILE}:{}: {told}", entry.line)));
        demanded.extend(names(entry.check).filter(|(kind, _)| *kind == "require"));
    }
    let required = exercise.require.made().into_iter().map(Requirement::name);
    let nowhere = required.filter(|it| demanded.iter().all(|(_, name)| name != it));
    wrong.extend(nowhere.map(|it| message::demanded_nowhere(it, FILE)));
    wrong
}

/// What is wrong with the check of one sentence.
fn faults(entry: &Entry, exercise: &Exercise, root: &Path) -> Vec<String> {
    let check = entry.check;
    if check == TELLS {
        return Vec::new();
    }
    if check.is_empty() {
        return vec![message::unchecked(entry.sentence, &exercise.id)];
    }
    let unknown = names(check).filter(|(kind, name)| !exists(kind, name, exercise, root));
    let unknown = unknown.map(|(kind, name)| message::no_such_check(kind, name, &exercise.id));
    let proved = names(check).any(|(kind, _)| matches!(kind, "wrong" | "right"));
    let unproved = (!proved).then(|| message::unproved(entry.sentence));
    unknown.chain(unproved).collect()
}

/// What a check names, each with its kind: `wrong: a, b; row: 3 5`.
fn names(check: &str) -> impl Iterator<Item = (&str, &str)> {
    check.split("; ").flat_map(|part| {
        let (kind, names) = part.split_once(": ").unwrap_or((part, ""));
        names.split(", ").map(move |name| (kind, name))
    })
}

/// Whether the exercise has what a check names.
fn exists(kind: &str, name: &str, exercise: &Exercise, root: &Path) -> bool {
    let [wrong, right] = source::ANSWERS;
    let answer = |folder| {
        root.join(folder)
            .join(&exercise.id)
            .join(format!("{name}.rs"))
    };
    match kind {
        "wrong" => answer(wrong).is_file(),
        "right" => answer(right).is_file(),
        "row" => exercise.rows.iter().any(|row| row.join(" ") == name),
        "require" => exercise.require.made().iter().any(|it| it.name() == name),
        _ => false,
    }
}

/// The text of the file, empty where there is none.
fn read(workspace: &Workspace) -> String {
    std::fs::read_to_string(workspace.root.join(FILE)).unwrap_or_default()
}

/// The file as it should be, with the checks that stand in `before`.
fn list(workspace: &Workspace, before: &str) -> String {
    let known = entries(before).into_iter();
    let known: HashMap<_, _> = known
        .map(|it| ((it.exercise, it.sentence), it.check))
        .collect();
    let mut list = message::DEMANDS.to_owned();
    for exercise in &workspace.course.exercises {
        list += &format!("\n## {}\n\n", exercise.id);
        let stub = std::fs::read_to_string(workspace.exercise_file(exercise)).unwrap_or_default();
        for sentence in sentences::of(&stub) {
            let kept = known.get(&(&*exercise.id, &*sentence.text)).copied();
            let check = kept.unwrap_or(if sentence.demands { "" } else { TELLS });
            list += &format!(
                "- {}\n{}\n",
                sentence.text,
                format!("  - {check}").trim_end()
            );
        }
    }
    list
}

/// The sentences of the file.
fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut entries = Vec::new();
    let (mut exercise, mut sentence) = ("", "");
    for (line, text) in (1..).zip(text.lines()) {
        if let Some(id) = text.strip_prefix("## ") {
            exercise = id;
        } else if let Some(text) = text.strip_prefix("- ") {
            sentence = text;
        } else if let Some(check) = text.strip_prefix("  -") {
            let check = check.trim();
            entries.push(Entry {
                line,
                exercise,
                sentence,
                check,
            });
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const COURSE: &str = "[exercise.\"05_lock/1_a\"]\ntitle = \"One\"\nview = \"exact\"\npoints = 1\n\
                          args = [[\"3\", \"5\"]]\nrequire = { overlap = 2 }\n";
    const STUB: &str =
        "//! A.\n//!\n//! The task: do it. Then rest.\n//!\n//! Why it matters: b.\n";

    /// A course of one exercise, with a wrong and a right answer.
    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (file, text) in [
            ("exercises/course.toml", COURSE),
            ("exercises/05_lock/1_a.rs", STUB),
            ("tests/wrong/05_lock/1_a/idle.rs", ""),
            ("tests/right/05_lock/1_a/restless.rs", ""),
        ] {
            let file = folder.path().join(file);
            fs::create_dir_all(file.parent().expect("a folder")).expect("is made");
            fs::write(file, text).expect("is written");
        }
        folder
    }

    fn workspace(folder: &tempfile::TempDir) -> Workspace {
        Workspace::find_from(folder.path()).expect("a course")
    }

    fn told(workspace: &Workspace) -> Vec<String> {
        of_text(
            &read(workspace),
            &workspace.course.exercises[0],
            &workspace.root,
        )
    }

    /// Writes a check beside a sentence.
    fn fill(workspace: &Workspace, sentence: &str, check: &str) {
        let text = read(workspace);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = lines.iter().position(|it| *it == format!("- {sentence}"));
        lines[at.expect("is listed") + 1] = format!("  - {check}");
        fs::write(workspace.root.join(FILE), lines.join("\n") + "\n").expect("is written");
    }

    #[test]
    fn each_sentence_is_listed_and_those_that_demand_are_to_be_filled_in() {
        let folder = tree();
        let workspace = workspace(&folder);
        let missing = out_of_date(&workspace).expect("there is none");
        assert!(missing.contains("exercises/DEMANDS.md"), "{missing}");
        update(&workspace).expect("is written");
        assert_eq!(out_of_date(&workspace), None);
        let text = read(&workspace);
        let listed = "\n## 05_lock/1_a\n\n- A.\n  - tells\n- The task: do it.\n  -\n- Then rest.\n  -\n\
                      - Why it matters: b.\n  - tells\n";
        assert!(text.ends_with(listed), "{text}");
        let told = told(&workspace);
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("The task: do it.") && told[0].contains("wrong: "));
        assert!(told[2].contains("overlap"), "{told:?}");
    }

    #[test]
    fn what_a_check_names_must_exist_and_prove_something() {
        let folder = tree();
        let workspace = workspace(&folder);
        update(&workspace).expect("is written");
        let good = "wrong: idle; right: restless; row: 3 5; require: overlap";
        fill(&workspace, "The task: do it.", good);
        for (check, says) in [
            ("tells", None),
            ("right: restless", None),
            ("wrong: idle, lazy", Some("lazy")),
            ("right: idle", Some("idle")),
            ("wrong: idle; row: 3", Some("row: 3")),
            ("wrong: idle; require: orders", Some("orders")),
            ("row: 3 5", Some("Then rest.")),
            ("looks right; wrong: idle", Some("looks right")),
        ] {
            fill(&workspace, "Then rest.", check);
            let told = told(&workspace);
            assert_eq!(told.len(), usize::from(says.is_some()), "{told:?}");
            assert!(
                told.iter().all(|it| it.contains(says.unwrap_or_default())),
                "{told:?}"
            );
        }
    }

    #[test]
    fn checks_stay_with_their_sentences_and_go_with_them() {
        let folder = tree();
        let workspace = workspace(&folder);
        update(&workspace).expect("is written");
        fill(
            &workspace,
            "The task: do it.",
            "wrong: idle; require: overlap",
        );
        fill(&workspace, "Then rest.", "tells");
        let now = STUB.replace("do it. Then rest.", "first sing. Then\n//! rest. Then eat.");
        fs::write(workspace.exercise_file(&workspace.course.exercises[0]), now)
            .expect("is written");
        let told = out_of_date(&workspace).expect("there are new ones");
        let lines: Vec<String> = read(&workspace).lines().map(str::to_owned).collect();
        let at = lines.iter().position(|it| *it == "- The task: do it.");
        let at = at.expect("is listed") + 1;
        assert!(told.contains(&format!("line {at} ")), "{told}");
        update(&workspace).expect("is written");
        let text = read(&workspace);
        assert!(
            text.contains("- Then rest.\n  - tells\n- Then eat.\n  -\n"),
            "{text}"
        );
        assert!(!text.contains("do it") && !text.contains("idle"), "{text}");
    }
}
