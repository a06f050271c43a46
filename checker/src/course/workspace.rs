//! The course's folder: where it is and where things are in it.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::course::{Course, Exercise};
use crate::message;

/// The file by which the folder is known.
pub const COURSE_FILE: &str = "exercises/course.toml";

/// Where the solutions are: in the repository, and in a learner's folder.
pub const SOLUTIONS: [&str; 2] = ["solutions", ".course/solutions"];

/// Where exercises are as they were handed out, if the command has not got them.
pub const STUBS: &str = ".course/stubs";

/// Whether a folder is a course's.
pub fn is_course(folder: &Path) -> bool {
    folder.join(COURSE_FILE).is_file()
}

/// Whether a course's folder is the repository that learners' folders are made from.
pub fn is_repository(root: &Path) -> bool {
    root.join("checker/src/main.rs").is_file()
}

/// The course's folder that `start` is or lies in.
pub fn root_above(start: &Path) -> Option<&Path> {
    start.ancestors().find(|folder| is_course(folder))
}

/// The course's folder.
#[derive(Clone, Debug)]
pub struct Workspace {
    /// Absolute path of the folder.
    pub root: PathBuf,
    /// The course as `exercises/course.toml` describes it.
    pub course: Course,
    /// The folder from which reports name files.
    pub seen_from: PathBuf,
}

impl Workspace {
    /// Finds the course's folder: the current folder, or the nearest above it.
    pub fn find() -> anyhow::Result<Workspace> {
        let here = std::env::current_dir().context("failed to tell the current folder")?;
        Workspace::find_from(&here)
    }

    /// Finds the course's folder from a given one upward.
    pub fn find_from(start: &Path) -> anyhow::Result<Workspace> {
        let Some(root) = root_above(start) else {
            bail!(message::init::no_course(start));
        };
        let course = Course::load(&root.join(COURSE_FILE), COURSE_FILE)?;
        Ok(Workspace {
            root: root.to_owned(),
            course,
            seen_from: root.to_owned(),
        })
    }

    /// The names of all exercises, in the order of the course.
    pub fn ids(&self) -> Vec<&str> {
        let exercises = self.course.exercises.iter();
        exercises.map(|exercise| exercise.id.as_str()).collect()
    }

    /// Where `course` keeps what it knows about the learner.
    pub fn own_folder(&self) -> PathBuf {
        self.root.join(".course")
    }

    /// The learner's file.
    pub fn exercise_file(&self, exercise: &Exercise) -> PathBuf {
        self.root
            .join("exercises")
            .join(format!("{}.rs", exercise.id))
    }

    /// Whether the course is written here: its solutions are in sight.
    pub fn is_written_here(&self) -> bool {
        self.root.join(SOLUTIONS[0]).is_dir()
    }

    /// The folder of the solutions: in a learner's folder they lie out of sight.
    pub fn solutions(&self) -> PathBuf {
        let [in_sight, hidden] = SOLUTIONS.map(|folder| self.root.join(folder));
        if in_sight.is_dir() { in_sight } else { hidden }
    }

    /// The solution.
    pub fn solution_file(&self, exercise: &Exercise) -> PathBuf {
        self.solutions().join(format!("{}.rs", exercise.id))
    }

    /// The exercise as it was handed out, in a learner's folder of a course of one's own.
    pub fn stub_file(&self, exercise: &Exercise) -> PathBuf {
        self.root.join(STUBS).join(format!("{}.rs", exercise.id))
    }

    /// The file with the course's own given part: the solution, or where the solutions were left out
    /// the exercise as it was handed out, which has the same.
    pub fn given_file(&self, exercise: &Exercise) -> PathBuf {
        if self.is_without_solution(exercise) {
            return self.stub_file(exercise);
        }
        self.solution_file(exercise)
    }

    /// Whether the solution of an exercise was left out when the folder was made.
    pub fn is_without_solution(&self, exercise: &Exercise) -> bool {
        !self.solution_file(exercise).is_file() && self.stub_file(exercise).is_file()
    }

    /// The folder of the expected transcripts.
    pub fn snapshots(&self) -> PathBuf {
        self.solutions().join("snapshots")
    }

    /// The expected transcripts of one row of arguments.
    pub fn snapshot_file(&self, exercise: &Exercise, row: &[String]) -> PathBuf {
        self.snapshots().join(exercise.snapshot_name(row))
    }

    /// Where checks keep what they compile.
    pub fn check_folder(&self) -> PathBuf {
        self.root.join("target/course/check")
    }

    /// The same course, for files that lie elsewhere: reports name them from `here`.
    #[must_use]
    pub fn seen_from(self, here: PathBuf) -> Workspace {
        Workspace {
            seen_from: here,
            ..self
        }
    }

    /// Whether it was made for programs that lie elsewhere, and nobody works in it.
    pub fn is_made_for_programs(&self) -> bool {
        self.seen_from != self.root
    }

    /// A path as reports show it: relative to the course's folder, or whatever else files are named
    /// from, where it lies inside, with forward slashes.
    pub fn relative(&self, path: &Path) -> String {
        path_from(&self.seen_from, path).replace('\\', "/")
    }
}

/// A path as it is shortest to type in a folder: relative to it where it lies inside, or where it was
/// typed so.
pub fn path_from(folder: &Path, path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let inside = |path: &Path| path.strip_prefix(folder).ok().map(Path::to_owned);
    // `..` and links are followed only if the path as written is not clearly inside.
    let plain = !absolute.components().any(|part| part.as_os_str() == "..");
    let shown = inside(&absolute)
        .filter(|_| plain)
        .or_else(|| inside(&absolute.canonicalize().ok()?))
        .or_else(|| inside(&absolute))
        .unwrap_or(absolute);
    shown.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir_all(folder.path().join("exercises/05_lock")).expect("a folder");
        let text =
            "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 1\n";
        std::fs::write(folder.path().join(COURSE_FILE), text).expect("a file");
        std::fs::create_dir(folder.path().join("solutions")).expect("a folder");
        folder
    }

    #[test]
    fn the_folder_is_found_from_inside() {
        let folder = course();
        let found = Workspace::find_from(&folder.path().join("exercises/05_lock"));
        let workspace = found.expect("is found");
        assert_eq!(workspace.root, folder.path());
        let exercise = &workspace.course.exercises[0];
        let file = workspace.exercise_file(exercise);
        assert_eq!(
            workspace.relative(&file),
            "exercises/05_lock/1_two_lines.rs"
        );
        let file = workspace.solution_file(exercise);
        assert_eq!(
            workspace.relative(&file),
            "solutions/05_lock/1_two_lines.rs"
        );
    }

    #[test]
    fn a_learners_folder_has_its_solutions_out_of_sight() {
        let folder = course();
        std::fs::remove_dir(folder.path().join("solutions")).expect("is there");
        let workspace = Workspace::find_from(folder.path()).expect("is found");
        let shown = |path: &Path| workspace.relative(path);
        assert_eq!(
            shown(&workspace.solution_file(&workspace.course.exercises[0])),
            ".course/solutions/05_lock/1_two_lines.rs"
        );
        assert_eq!(shown(&workspace.snapshots()), ".course/solutions/snapshots");
    }

    #[test]
    fn a_file_beside_the_folder_is_named_as_it_was_typed_there() {
        let from = |path: &str| path_from(Path::new("/nowhere/here"), Path::new(path));
        assert_eq!(from("/nowhere/here/a.rs"), "a.rs");
        assert_eq!(from("/nowhere/here/../there/a.rs"), "../there/a.rs");
        assert_eq!(from("/nowhere/there/a.rs"), "/nowhere/there/a.rs");
    }

    #[test]
    fn outside_the_message_says_what_to_do() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = Workspace::find_from(folder.path()).expect_err("there is no course");
        assert!(error.to_string().contains("course init"));
    }

    #[test]
    fn paths_with_dots_are_shown_relative_too() {
        let folder = course();
        let root = folder.path().canonicalize().expect("a real path");
        let workspace = Workspace::find_from(&root).expect("is found");
        let dotted = root.join("exercises/05_lock/../course.toml");
        assert_eq!(workspace.relative(&dotted), "exercises/course.toml");
        assert_eq!(
            workspace.relative(Path::new("/elsewhere/a.rs")),
            "/elsewhere/a.rs"
        );
    }
}
