//! Puts the files of the course into the command: `course init` writes them out again, with the address
//! from which others can install the command.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that go into the command, with all that learners compile or are checked with.
const FOLDERS: &[&str] = &[
    "checker/mp/src",
    "checker/sched/model/src",
    "checker/sched/runtime/src",
    "checker/sched/segment/src",
    "checker/std/src",
    "exercises",
    "solutions",
];
/// Single files.
const FILES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "checker/mp/Cargo.toml",
    "checker/sched/model/Cargo.toml",
    "checker/sched/runtime/Cargo.toml",
    "checker/sched/segment/Cargo.toml",
    "checker/std/Cargo.toml",
    "course.md",
];
/// Whatever else lies there, such as an editor's copy, is nobody's to hand out.
const ENDINGS: &[&str] = &["rs", "snap", "toml"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let mut files: Vec<PathBuf> = FILES.iter().map(|file| root.join(file)).collect();
    for folder in FOLDERS {
        println!("cargo:rerun-if-changed={folder}");
        files_below(&root.join(folder), &mut files)?;
    }
    for file in FILES {
        println!("cargo:rerun-if-changed={file}");
    }
    files.sort();
    let mut list = "&[\n".to_owned();
    for file in &files {
        let path = file.strip_prefix(&root).map_err(io::Error::other)?;
        let path = path.to_str().ok_or_else(|| unreadable(file))?;
        let full = file.to_str().ok_or_else(|| unreadable(file))?;
        list.push_str(&format!("    ({path:?}, include_bytes!({full:?})),\n"));
    }
    list.push_str("]\n");
    println!("cargo:rerun-if-env-changed=COURSE_REPOSITORY");
    println!("cargo:rustc-env=COURSE_REPOSITORY={}", repository(&root));
    fs::write(
        Path::new(&variable("OUT_DIR")?).join("course_files.rs"),
        list,
    )
}

/// The address of this repository; empty if none is known that others can use.
fn repository(root: &Path) -> String {
    if let Ok(said) = variable("COURSE_REPOSITORY") {
        return said;
    }
    let mut git = Command::new("git");
    git.current_dir(root)
        .args(["config", "--get", "remote.origin.url"]);
    let output = git.output().map(|it| it.stdout).unwrap_or_default();
    let address = String::from_utf8(output).unwrap_or_default();
    let address = address.trim();
    // What stands before an `@` may be a password.
    let is_public = address.starts_with("https://") && !address.contains('@');
    if is_public {
        address.to_owned()
    } else {
        String::new()
    }
}

fn files_below(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        if path.is_dir() {
            files_below(&path, files)?;
        } else if ending.is_some_and(|ending| ENDINGS.contains(&ending)) {
            files.push(path);
        }
    }
    Ok(())
}

fn variable(name: &str) -> io::Result<String> {
    std::env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}

fn unreadable(file: &Path) -> io::Error {
    io::Error::other(format!("{} is not UTF-8", file.display()))
}
