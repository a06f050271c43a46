//! The exercises of a course, from the command or from a folder: what learners get of them.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};

use crate::commands::init::embedded::{self, Bytes, Files};
use crate::commands::init::manifest::{Kind, Manifest, Origin};
use crate::course::select::topic;
use crate::course::workspace::{COURSE_FILE, STUBS, Workspace, is_repository};
use crate::course::{Course, Exercise, lists};
use crate::facts::given;
use crate::message;

/// The text of the course.
pub const TEXT: &str = "course.md";

/// The exercises of a course.
pub struct Content {
    /// The exercises, in order.
    pub exercises: Vec<Exercise>,
    /// `course.toml`
    course: String,
    /// `course.md`, and licences: files that lie where the course does.
    beside: Files,
    /// By exercise, as they are handed out.
    stubs: Files,
    /// By exercise; those that there are.
    solutions: Files,
    /// The expected transcripts, by the names of their files.
    snapshots: Files,
    /// Programs of exercises that a folder has besides, by their paths.
    besides: BTreeSet<String>,
}

impl Content {
    /// The course in the command.
    ///
    /// # Errors
    ///
    /// When it is not as it must be. A test shows that it is.
    pub fn built_in() -> anyhow::Result<Content> {
        let course = embedded::text(COURSE_FILE)?;
        let mut content = Content::of(course.to_owned())?;
        content
            .beside
            .insert(TEXT.to_owned(), embedded::text(TEXT)?.as_bytes().into());
        for exercise in &content.exercises {
            let id = &exercise.id;
            let program = |folder| embedded::text(&format!("{folder}/{id}.rs"));
            content
                .stubs
                .insert(id.clone(), program("exercises")?.as_bytes().into());
            content
                .solutions
                .insert(id.clone(), program("solutions")?.as_bytes().into());
            for row in &exercise.rows {
                let name = exercise.snapshot_name(row);
                let text = embedded::text(&format!("solutions/snapshots/{name}"))?;
                content.snapshots.insert(name, text.as_bytes().into());
            }
        }
        Ok(content)
    }

    /// The course in a folder: one in which it is written, or one of a learner's.
    ///
    /// # Errors
    ///
    /// When something of it is missing or not as it must be.
    pub fn read(root: &Path) -> anyhow::Result<Content> {
        let read =
            |file: &str| fs::read(root.join(file)).with_context(|| message::init::not_read(file));
        let course =
            String::from_utf8(read(COURSE_FILE)?).context(message::init::not_read(COURSE_FILE))?;
        let mut content = Content::of(course)?;
        let workspace = Workspace::find_from(root)?;
        let stubs = Stubs::of(&workspace);
        for exercise in &content.exercises {
            let shown = |path: &Path| workspace.relative(path);
            let stub = match stubs.get(&workspace, exercise) {
                Some(stub) if !workspace.is_written_here() => stub,
                _ => read(&shown(&workspace.exercise_file(exercise)))?.into(),
            };
            if !std::str::from_utf8(&stub).is_ok_and(|it| given::split(it).is_some()) {
                bail!(message::author::no_marker(&shown(
                    &workspace.exercise_file(exercise)
                )));
            }
            content.stubs.insert(exercise.id.clone(), stub);
            let solution = workspace.solution_file(exercise);
            if solution.is_file() {
                content
                    .solutions
                    .insert(exercise.id.clone(), read(&shown(&solution))?.into());
            }
            for row in &exercise.rows {
                let file = workspace.snapshot_file(exercise, row);
                if !file.is_file() {
                    bail!(message::author::no_snapshot(&shown(&file), &exercise.id));
                }
                content
                    .snapshots
                    .insert(exercise.snapshot_name(row), read(&shown(&file))?.into());
            }
        }
        content.beside = beside(root)?;
        Ok(content)
    }

    fn of(course: String) -> anyhow::Result<Content> {
        let exercises = Course::load_text(&course)?.exercises;
        Ok(Content {
            exercises,
            course,
            beside: Files::new(),
            stubs: Files::new(),
            solutions: Files::new(),
            snapshots: Files::new(),
            besides: BTreeSet::new(),
        })
    }

    /// Adds the exercises that somebody has added to a folder of this course: those that it lists, and
    /// that the course neither has nor had.
    pub fn keep_own(&mut self, root: &Path, before: &Manifest) {
        let listed = fs::read_to_string(root.join(COURSE_FILE)).unwrap_or_default();
        // What cannot be read is kept beside, and told.
        let exercises = Course::load_text(&listed).map_or_else(|_| Vec::new(), |it| it.exercises);
        for exercise in exercises {
            let id = &exercise.id;
            let was_given = before.files.contains_key(&format!("exercises/{id}.rs"));
            if was_given || self.exercises.iter().any(|it| it.id == *id) {
                continue;
            }
            if let Some(block) = lists::exercise(&listed, id) {
                self.course = lists::with_exercise(&self.course, id, block);
                let files = ["exercises", ".course/solutions"].map(|it| format!("{it}/{id}.rs"));
                let there = files.into_iter().filter(|file| root.join(file).is_file());
                self.besides.extend(there);
            }
        }
        if let Ok(course) = Course::load_text(&self.course) {
            self.exercises = course.exercises;
        }
    }

    /// The manifest of the package of exercises or of solutions, as it is in the command, with the
    /// programs of this course.
    pub fn manifest(&self, folder: &str, text: &str) -> String {
        let (programs, place, suffix) = match folder {
            "solutions" => (&self.solutions, ".course/solutions", "-solution"),
            _ => (&self.stubs, folder, ""),
        };
        let is_there = |id: &&str| {
            programs.contains_key(*id) || self.besides.contains(&format!("{place}/{id}.rs"))
        };
        let ids = self.exercises.iter().map(|it| it.id.as_str());
        lists::manifest(text, ids.filter(is_there), suffix)
    }

    /// Adds the files of a learner's folder.
    pub fn place(&self, origin: &Origin, files: &mut Files) {
        let mut put = |folder: &str, ending: &str, some: &Files| {
            let some = some.iter();
            files.extend(
                some.map(|(name, bytes)| (format!("{folder}/{name}{ending}"), bytes.clone())),
            );
        };
        put("exercises", ".rs", &self.stubs);
        put(".course/solutions/snapshots", "", &self.snapshots);
        if !origin.without_solutions {
            put(".course/solutions", ".rs", &self.solutions);
        }
        if origin.kind == Kind::Own || origin.without_solutions {
            put(STUBS, ".rs", &self.stubs);
        }
        files.extend(self.beside.clone());
        files.insert(
            COURSE_FILE.to_owned(),
            self.course.clone().into_bytes().into(),
        );
    }

    /// A template with the course's title and its example filled in.
    pub fn filled_in(&self, template: &str) -> String {
        // Where the command's own course is meant, its best known exercise is shown.
        let known = self
            .exercises
            .iter()
            .find(|it| it.id == "05_lock/1_two_lines");
        let example = known.or(self.exercises.first());
        let id = example.map_or("01_topic/1_exercise", |it| it.id.as_str());
        let row = example.and_then(|it| it.rows.first());
        let row = row.map_or_else(String::new, |row| {
            row.iter().map(|it| format!(" {it}")).collect()
        });
        template
            .replace("@TITLE@", self.title().unwrap_or(message::init::TITLE))
            .replace("@EXERCISE@", id)
            .replace("@TOPIC@", topic(id))
            .replace("@ROW@", &row)
    }

    /// What the course calls itself: the first heading of its text.
    fn title(&self) -> Option<&str> {
        let text = std::str::from_utf8(self.beside.get(TEXT)?).ok()?;
        text.lines().find_map(|line| line.strip_prefix("# "))
    }
}

/// The text of the course, and the licences that lie beside it.
fn beside(root: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    let entries = fs::read_dir(root).with_context(message::init::folder_not_read)?;
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if (name == TEXT || name.starts_with("LICENSE")) && entry.path().is_file() {
            let bytes = fs::read(entry.path()).with_context(|| message::init::not_read(&name))?;
            files.insert(name, bytes.into());
        }
    }
    Ok(files)
}

/// How the exercises of a folder were handed out.
pub struct Stubs {
    /// Files that the folder got from the command; `None` where that is not known.
    given: Option<BTreeSet<String>>,
    has_built_in: bool,
}

impl Stubs {
    /// Reads what is known of a folder.
    pub fn of(workspace: &Workspace) -> Stubs {
        let manifest = Manifest::read(&workspace.root);
        let is_known = !manifest.files.is_empty();
        let written = workspace.is_written_here() && !is_repository(&workspace.root);
        Stubs {
            has_built_in: manifest.origin.kind == Kind::BuiltIn && !written,
            given: is_known.then(|| manifest.files.into_keys().collect()),
        }
    }

    /// An exercise as it was handed out, if that is known.
    pub fn get(&self, workspace: &Workspace, exercise: &Exercise) -> Option<Bytes> {
        if let Ok(stub) = fs::read(workspace.stub_file(exercise)) {
            return Some(Cow::Owned(stub));
        }
        let path = format!("exercises/{}.rs", exercise.id);
        let given = self.given.as_ref();
        let is_ours = self.has_built_in && given.is_none_or(|it| it.contains(&path));
        is_ours
            .then(|| embedded::stub(&exercise.id))
            .flatten()
            .map(Cow::Borrowed)
    }
}
