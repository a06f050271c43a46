//! What was typed after `course init`, checked.

use std::path::PathBuf;

use crate::cli::learner::InitArgs;
use crate::course::workspace;
use crate::message;
use crate::support::exit_code::UsageError;

/// What `course init` needs to know.
pub struct InitOptions {
    /// The full path of the folder.
    pub folder: PathBuf,
    /// The folder as it was typed.
    pub shown: String,
    /// Whether it is the current one.
    pub is_here: bool,
    /// Whether to bring it up to date.
    pub update: bool,
}

impl InitOptions {
    /// Checks what was typed; there need not be a course yet.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] where it is not said what folder to make, inside of a course.
    pub fn new(args: &InitArgs) -> Result<Self, UsageError> {
        let here = std::env::current_dir().unwrap_or_default();
        let folder = match &args.folder {
            Some(folder) => folder.clone(),
            None if args.update => PathBuf::from("."),
            None => match workspace::root_above(&here) {
                Some(root) if workspace::is_repository(root) => {
                    return Err(UsageError(message::init::inside_repository().to_owned()));
                }
                Some(root) => return Err(UsageError(message::init::inside_course(root))),
                None => PathBuf::from("course"),
            },
        };
        // What is there is called by its own name, without links and dots.
        let full = folder.canonicalize();
        let full = full.or_else(|_| std::path::absolute(&folder));
        let full = full.map_err(|error| UsageError(format!("{}: {error}", folder.display())))?;
        Ok(InitOptions {
            is_here: full == here.canonicalize().unwrap_or(here),
            folder: full,
            shown: folder.display().to_string(),
            update: args.update,
        })
    }
}
