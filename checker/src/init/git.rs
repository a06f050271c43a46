//! A git repository for the learner's folder, where git is there: never a reason to fail.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::message;

/// Variables by which git would use another repository.
const FOREIGN: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// Makes the folder a repository, unless it lies in one, and commits what is in it if git knows
/// who the learner is.
pub fn start(folder: &Path) {
    if succeeds(folder, &["rev-parse", "--is-inside-work-tree"]) || !succeeds(folder, &["init"]) {
        return;
    }
    let knows = |name| succeeds(folder, &["config", name]);
    if knows("user.name") && knows("user.email") && succeeds(folder, &["add", "--all"]) {
        let title = message::init::first_commit();
        // Nothing of the learner's own that asks, or takes long.
        let commit = ["commit", "--no-verify", "--no-gpg-sign", "--message", title];
        succeeds(folder, &commit);
    }
}

fn succeeds(folder: &Path, arguments: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for variable in FOREIGN {
        git.env_remove(variable);
    }
    git.status().is_ok_and(|status| status.success())
}
