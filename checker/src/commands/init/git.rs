//! Makes the learner's folder a git repository with a first commit if git is installed, so that `git diff`
//! shows what the learner changed; an error here never fails the command.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::message::init as message;

/// Variables by which git would use another repository, or commit in another's name.
const FOREIGN: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_AUTHOR_NAME",
    "GIT_AUTHOR_EMAIL",
    "GIT_COMMITTER_NAME",
    "GIT_COMMITTER_EMAIL",
];

/// Settings for the first commit: whoever uses git for the first time has told it no name yet, and nothing
/// of the user's own is to run or to ask for a passphrase.
const ALONE: &[&str] = &[
    "-c",
    "user.name=course",
    "-c",
    "user.email=course@localhost",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "core.hooksPath=/dev/null",
    "-c",
    "core.autocrlf=false",
];

/// Makes the folder a repository, unless it lies in one, and commits all that was handed out. What is
/// committed later, and when, is up to the learner.
pub fn start(folder: &Path) {
    if folder.ancestors().any(|it| it.join(".git").exists()) {
        return;
    }
    let commit = ["commit", "--quiet", "--no-verify", "--message"];
    let commit: Vec<&str> = commit
        .into_iter()
        .chain([message::first_commit()])
        .collect();
    // Without it everything works.
    let _ =
        git(folder, &["init", "--quiet"]) && git(folder, &["add", "--all"]) && git(folder, &commit);
}

/// Whether git did this.
fn git(folder: &Path, args: &[&str]) -> bool {
    let mut git = command();
    git.args(ALONE)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    git.status().is_ok_and(|status| status.success())
}

/// A call of git that means the repository which it is told, whoever calls.
pub fn command() -> Command {
    let mut git = Command::new("git");
    for variable in FOREIGN {
        git.env_remove(variable);
    }
    git
}
