//! `course author new`: adds an exercise that works, and says what to fill in to make it one's own.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::commands::author::demands;
use crate::commands::author::template::{PROCESSES, THREADS, Template};
use crate::commands::init::content::TEXT;
use crate::course::select::topic;
use crate::course::workspace::{COURSE_FILE, Workspace};
use crate::course::{Course, Exercise, lists, snapshot};
use crate::message::new as message;
use crate::options::NewOptions;
use crate::program::source;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::terminal;
use crate::support::write;

/// Adds the exercise, and tells what to do next.
///
/// # Errors
///
/// A [`UsageError`] where one of its files is there already; also when a file cannot be written.
pub fn run(workspace: &Workspace, options: &NewOptions) -> anyhow::Result<ExitCode> {
    add(workspace, options)?;
    let solutions = workspace.relative(&workspace.solutions());
    terminal::print(&message::added(&options.id, &solutions))?;
    Ok(ExitCode::Passed)
}

/// Adds an exercise to a course: its files first, then the lists that name them.
///
/// # Errors
///
/// As [`run`].
pub fn add(workspace: &Workspace, options: &NewOptions) -> anyhow::Result<()> {
    let template = match options.threads {
        true => &THREADS,
        false => &PROCESSES,
    };
    let entry = template.entry(&options.id, &options.title);
    let added = Course::load_text(&entry)?;
    for exercise in &added.exercises {
        let files = files(workspace, exercise, template, &options.title);
        for (file, _) in &files {
            if workspace.root.join(file).exists() {
                return Err(UsageError(message::file_is_there(file)).into());
            }
        }
        for (file, text) in &files {
            put(workspace, file, text)?;
        }
    }
    list(workspace, options, &entry)?;
    let workspace = &Workspace::find_from(&workspace.root)?;
    demands::add(workspace, &template.demands(&options.id, &options.title))
}

/// The files of an exercise, by their paths from the course's folder.
fn files(
    workspace: &Workspace,
    exercise: &Exercise,
    template: &Template,
    title: &str,
) -> Vec<(String, String)> {
    let id = &exercise.id;
    let shown = |path: &Path| workspace.relative(path);
    let mut files = vec![
        (
            shown(&workspace.exercise_file(exercise)),
            template.stub(id, title),
        ),
        (
            shown(&workspace.solution_file(exercise)),
            template.solution(id, title),
        ),
    ];
    let answers = template.answers(id);
    files
        .extend(answers.map(|(path, text)| (format!("{}/{path}", source::TESTS), text.to_owned())));
    let solution = shown(&workspace.solution_file(exercise));
    for row in &exercise.rows {
        let file = shown(&workspace.snapshot_file(exercise, row));
        if let Some(transcript) = template.transcript(row) {
            let expression = snapshot::expression(id, row);
            files.push((
                file,
                snapshot::format(&solution, &expression, &[transcript]),
            ));
        }
    }
    files
}

/// Adds an exercise to `course.toml`, to the manifests of cargo and to the text of the course.
fn list(workspace: &Workspace, options: &NewOptions, entry: &str) -> anyhow::Result<()> {
    let (id, title) = (&options.id, &options.title);
    let read = |file: &str| fs::read_to_string(workspace.root.join(file));
    let course = read(COURSE_FILE).with_context(|| message::not_read(COURSE_FILE))?;
    let course = lists::with_exercise(&course, id, entry);
    put(workspace, COURSE_FILE, &course)?;
    manifests(&Workspace::find_from(&workspace.root)?)?;
    let text = read(TEXT).unwrap_or_default();
    let text = lists::with_line(&text, id, title, &message::section(topic(id)));
    put(workspace, TEXT, &text)
}

/// Writes into the manifests of cargo which programs there are.
///
/// # Errors
///
/// When they cannot be written.
pub fn manifests(workspace: &Workspace) -> anyhow::Result<()> {
    let solutions = workspace.relative(&workspace.solutions());
    for (folder, suffix) in [("exercises", ""), (&*solutions, "-solution")] {
        let file = format!("{folder}/Cargo.toml");
        // Where solutions were left out they have none.
        let Ok(text) = fs::read_to_string(workspace.root.join(&file)) else {
            continue;
        };
        let program = |id: &&str| workspace.root.join(format!("{folder}/{id}.rs")).is_file();
        let ids = workspace.ids().into_iter().filter(program);
        let now = lists::manifest(&text, ids, suffix);
        if now != text {
            put(workspace, &file, &now)?;
        }
    }
    Ok(())
}

fn put(workspace: &Workspace, file: &str, text: &str) -> anyhow::Result<()> {
    let path = workspace.root.join(file);
    let folder = path.parent().unwrap_or(&workspace.root);
    fs::create_dir_all(folder).with_context(|| message::not_written(file))?;
    write::whole(&path, text)
}
