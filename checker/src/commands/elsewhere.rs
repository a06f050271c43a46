//! Programs of one's own where there is no course: what they are checked with lies in a folder of the
//! user's cache, made at the first use.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::commands::init;
use crate::course::workspace::{self, Workspace};
use crate::message;
use crate::support::exit_code::usage;
use crate::support::terminal;

/// The course of the current folder; where there is none, and each of `what` is a program's file or a
/// folder, one that is made for them.
///
/// # Errors
///
/// When there is no course and something else is meant, or none can be made.
pub fn course_for<'a>(what: impl Iterator<Item = &'a str>) -> anyhow::Result<Workspace> {
    let here = std::env::current_dir().context("failed to tell the current folder")?;
    let what: Vec<&Path> = what.map(Path::new).collect();
    let is_rust = |it: &&Path| it.is_dir() || it.extension().is_some_and(|it| it == "rs");
    if workspace::root_above(&here).is_some() || what.is_empty() || !what.iter().all(is_rust) {
        return Workspace::find_from(&here).map_err(usage);
    }
    if let Some(missing) = what.iter().find(|it| !it.exists()) {
        return Err(usage(anyhow::anyhow!(message::typed::no_such_file(
            missing
        ))));
    }
    let folder = cache()?.join("course").join(init::built_in_hash());
    if !init::is_complete(&folder) {
        terminal::tell(&message::program::made_in_cache(&folder));
        // Somebody else may have made it meanwhile.
        if let Err(error) = init::make_for_programs(&folder)
            && !init::is_complete(&folder)
        {
            return Err(error);
        }
    }
    Ok(Workspace::find_from(&folder)?.seen_from(here))
}

/// The folder for what can be made again (XDG Base Directory Specification, section 3).
fn cache() -> anyhow::Result<PathBuf> {
    let folder = |name: &str| {
        let folder = std::env::var_os(name).map(PathBuf::from);
        folder.filter(|it| it.is_absolute())
    };
    match folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(".cache"))) {
        Some(cache) => Ok(cache),
        None => bail!(message::program::no_cache()),
    }
}
