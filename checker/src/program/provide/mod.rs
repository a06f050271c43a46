//! The libraries that programs are compiled against: built by cargo, then found again without it.
//!
//! A stamp remembers what cargo built from which inputs. While none of them changed, a check reads the
//! stamp and starts neither cargo nor rustc's version query.

mod cargo;
mod stamp;

use std::path::PathBuf;

pub use self::cargo::PROFILE;
use self::stamp::Inputs;
use crate::course::workspace::Workspace;
use crate::facts::progress::Tell;
use crate::message::program as message;
use crate::program::compile;
use crate::program::libraries::Libraries;
use crate::support::progress;

/// The folder that cargo builds them in.
pub fn target(workspace: &Workspace) -> PathBuf {
    workspace.root.join("target/checked")
}

/// Finds the libraries, building them where anything changed, with a bar that shows how far that is.
///
/// # Errors
///
/// When they cannot be built.
pub fn find(workspace: &Workspace) -> anyhow::Result<Libraries> {
    let title = message::building_libraries();
    progress::of_libraries(title, |tell| find_telling(workspace, tell))
}

/// The same, where somebody else shows how far that is.
///
/// # Errors
///
/// As [`find`].
pub fn find_telling(workspace: &Workspace, tell: Tell) -> anyhow::Result<Libraries> {
    let target = target(workspace);
    let inputs = Inputs::read(&workspace.root)?;
    if let Some(libraries) = stamp::remembered(&target, &inputs) {
        return Ok(libraries);
    }
    let mut libraries = cargo::build(workspace, &target, tell)?;
    compile::probe(&mut libraries, &target);
    // Cargo may have written Cargo.lock.
    stamp::remember(&target, Inputs::read(&workspace.root)?, libraries)
}
