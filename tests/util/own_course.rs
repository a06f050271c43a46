//! Courses of a test's own: a folder that is not the repository's, with the checker in it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

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
