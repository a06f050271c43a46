//! Builds the libraries of a new folder while its owner reads, by a process of its own that goes on when
//! `course init` has ended.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::course::workspace::Workspace;
use crate::message;
use crate::program::provide;
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// How much others come first.
const NICE: i32 = 10;

/// Begins it. Where that cannot be done, the first check builds them.
pub fn begin(folder: &Path) {
    let Ok(course) = std::env::current_exe() else {
        return;
    };
    let mut build = Command::new(course);
    build.args(["init", "--only-build"]).arg(folder);
    build.stdin(Stdio::null());
    build.stdout(Stdio::null()).stderr(Stdio::null());
    // Neither Ctrl-C nor the end of the terminal is meant for it.
    build.process_group(0);
    if build.spawn().is_ok() {
        terminal::tell(message::init::meanwhile());
    }
}

/// What the process of [`begin`] does. A check that comes before its end waits for it.
///
/// # Errors
///
/// When there is no course, or the libraries cannot be built; nobody reads that.
pub fn build(folder: &Path) -> anyhow::Result<ExitCode> {
    // Where it cannot give way, it is as quick as others.
    let _ = rustix::process::nice(NICE);
    provide::find(&Workspace::find_from(folder)?)?;
    Ok(ExitCode::Passed)
}
