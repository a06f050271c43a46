//! A git repository for the learner's folder, where git is there: never a reason to fail.

use std::path::Path;
use std::process::{Command, Stdio};

/// Variables by which git would use another repository.
const FOREIGN: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];

/// Makes the folder a repository, unless it lies in one. What goes into it, and when, is the
/// learner's to say.
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
