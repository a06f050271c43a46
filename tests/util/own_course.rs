//! A course of the tests' own: a folder that is not the repository's, with the checker in it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");
const COURSE_FILE: &str = "exercises/course.toml";

/// The folder of the one course of all tests that need such exercises: kept, so that the libraries are
/// built only once.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("own_course")
}

/// Makes `root` a course's folder, but for the exercises: the libraries that programs are
/// compiled against can be built there.
pub fn make(root: &Path) {
    fs::create_dir_all(root).expect("a folder");
    if !root.join("checker").exists() {
        symlink(Path::new(REPOSITORY).join("checker"), root.join("checker")).expect("a link");
    }
    write(&root.join("Cargo.toml"), &manifest());
    // Cargo takes out what the checker alone needs: another change would mean another build.
    if !root.join("Cargo.lock").exists() {
        let lock = fs::read_to_string(Path::new(REPOSITORY).join("Cargo.lock")).expect("is there");
        write(&root.join("Cargo.lock"), &lock);
    }
}

/// An exercise of a test's own.
pub struct Exercise<'a> {
    /// Its name.
    pub id: &'a str,
    /// What course.toml says of it, besides title and points.
    pub settings: &'a str,
    /// The stub, and the solution.
    pub program: &'a str,
    /// The expected transcripts, by what the names of their files add to that of the exercise.
    pub transcripts: &'a [(String, String)],
}

impl Exercise<'_> {
    /// Adds it to the course in `root`, among those that other tests have there.
    pub fn add(&self, root: &Path) {
        for folder in ["exercises", "solutions"] {
            write(&root.join(format!("{folder}/{}.rs", self.id)), self.program);
        }
        let name = self.id.replace('/', "-");
        for (row, transcript) in self.transcripts {
            let file = root.join(format!("solutions/snapshots/{name}{row}.snap"));
            write(
                &file,
                &format!("---\nsource: s\nexpression: e\n---\n{transcript}"),
            );
        }
        let course = fs::read_to_string(root.join(COURSE_FILE)).unwrap_or_default();
        let mut course: toml::Table = course.parse().expect("is TOML");
        let settings = format!("title = \"T\"\npoints = 1\n{}", self.settings);
        let settings: toml::Table = settings.parse().expect("is TOML");
        let exercises = course
            .entry("exercise")
            .or_insert(toml::Table::new().into());
        let exercises = exercises.as_table_mut().expect("is a table");
        exercises.insert(self.id.to_owned(), settings.into());
        write(&root.join(COURSE_FILE), &course.to_string());
    }
}

/// Writes a file, and the folders that it lies in.
pub fn write(file: &Path, text: &str) {
    let folder = file.parent().expect("lies in a folder");
    fs::create_dir_all(folder).expect("a folder");
    fs::write(file, text).expect("can be written");
}

/// The repository's manifest with only those members that programs are checked with.
fn manifest() -> String {
    let text = fs::read_to_string(Path::new(REPOSITORY).join("Cargo.toml")).expect("is there");
    let whole: toml::Table = text.parse().expect("is TOML");
    let mut workspace = whole["workspace"].clone();
    let members = [
        "checker/sched/model",
        "checker/sched/segment",
        "checker/sched/runtime",
        "checker/mp",
        "checker/std",
    ]
    .map(toml::Value::from);
    let table = workspace.as_table_mut().expect("is a table");
    table.insert("members".into(), members.to_vec().into());
    table.remove("default-members");
    let mut part = toml::Table::new();
    part.insert("workspace".into(), workspace);
    part.insert("profile".into(), whole["profile"].clone());
    part.to_string()
}
