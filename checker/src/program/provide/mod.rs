//! The libraries that programs are compiled against: built by cargo, then found again without it.
//!
//! A stamp remembers what cargo built from which inputs. While none of them changed, a check reads the
//! stamp and starts neither cargo nor rustc's version query.

mod cargo;
mod stamp;

use self::stamp::Inputs;
use crate::course::workspace::Workspace;
use crate::program::compile;
use crate::program::libraries::Libraries;

/// Finds the libraries, building them where anything changed.
///
/// # Errors
///
/// When they cannot be built.
pub fn find(workspace: &Workspace) -> anyhow::Result<Libraries> {
    let target = workspace.root.join("target/checked");
    let inputs = Inputs::read(&workspace.root)?;
    if let Some(libraries) = stamp::remembered(&target, &inputs) {
        return Ok(libraries);
    }
    let mut libraries = cargo::build(workspace, &target)?;
    compile::probe(&mut libraries, &target);
    // Cargo may have written Cargo.lock.
    stamp::remember(&target, Inputs::read(&workspace.root)?, libraries)
}
