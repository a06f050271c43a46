//! A git repository for the learner's folder, where git is there: never a reason to fail.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::message;

/// Variables by which git would use another repository.
const FOREIGN: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// What makes a first commit slow and is of no use to it: what is in it can be written again.
const FAST: &[&str] = &[
    "-c",
    "core.fsync=none",
    "-c",
    "core.looseCompression=0",
    "-c",
    "gc.auto=0",
    "-c",
    "maintenance.auto=false",
];

/// Makes the folder a repository, unless it lies in one, and commits what is in it if git knows
/// who the learner is.
pub fn start(folder: &Path) {
    let is_inside = folder.ancestors().any(|it| it.join(".git").exists());
    if is_inside || git(folder, &["init"]).is_none() {
        return;
    }
    let who = ["config", "--get-regexp", r"^user\.(name|email)$"];
    let who = git(folder, &who).unwrap_or_default();
    let knows = |name| who.lines().any(|line| line.starts_with(name));
    if knows("user.name ") && knows("user.email ") && git(folder, &["add", "--all"]).is_some() {
        let title = message::init::first_commit();
        // Nothing of the learner's own that asks, or takes long.
        let commit = ["commit", "--no-verify", "--no-gpg-sign", "--message", title];
        git(folder, &commit);
    }
}

/// What git prints, if it does what it is asked.
fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let mut git = Command::new("git");
    git.args(FAST)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    for variable in FOREIGN {
        git.env_remove(variable);
    }
    let output = git.output().ok().filter(|it| it.status.success())?;
    String::from_utf8(output.stdout).ok()
}
