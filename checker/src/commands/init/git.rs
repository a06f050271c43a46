//! Makes the learner's folder a git repository if git is installed; an error here never fails the
//! command.

use std::path::Path;
use std::process::{Command, Stdio};

/// Variables by which git would use another repository.
const FOREIGN: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// Makes the folder a repository, unless it lies in one. What is committed, and when, is up to the
/// learner.
pub fn start(folder: &Path) {
    if folder.ancestors().any(|it| it.join(".git").exists()) {
        return;
    }
    let mut git = Command::new("git");
    git.args(["init", "--quiet"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for variable in FOREIGN {
        git.env_remove(variable);
    }
    // Without it everything works.
    let _ = git.status();
}
