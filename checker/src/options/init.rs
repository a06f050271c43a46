//! What was typed after `course init` and `course author init`, checked.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::cli::author::AuthorInitArgs;
use crate::cli::learner::InitArgs;
use crate::course::workspace;
use crate::message;
use crate::support::exit_code::UsageError;

/// Where a course is taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A folder.
    Folder(PathBuf),
    /// A file with a folder in it.
    Archive(PathBuf),
    /// The address of a Git repository.
    Git(String),
}

/// What `course init` needs to know.
pub struct InitOptions {
    /// The folder.
    pub place: Place,
    /// Whether to bring it up to date.
    pub update: bool,
    /// Where the exercises come from; `None`: from the command, or from where they came before.
    pub from: Option<Source>,
    /// Whether to leave the solutions out; `None`: as it is usual.
    pub without_solutions: Option<bool>,
    /// Whether to build the libraries at once.
    pub build: bool,
    /// Whether to do nothing else.
    pub only_build: bool,
}

/// A folder that is to be made or changed.
pub struct Place {
    /// The full path of the folder.
    pub folder: PathBuf,
    /// The folder as it was typed.
    pub shown: String,
    /// Whether it is the current one.
    pub is_here: bool,
}

impl Source {
    /// What is meant by what was typed.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] where there is no such folder or archive.
    pub fn new(typed: &str) -> Result<Source, UsageError> {
        let path = Path::new(typed);
        // `git@github.com:owner/course.git`, and any address.
        let host = typed.split_once(':').map(|(host, _)| host);
        let is_address = typed.contains("://") || host.is_some_and(|it| it.contains('@'));
        match std::fs::canonicalize(path) {
            Ok(full) if full.is_dir() => Ok(Source::Folder(full)),
            Ok(full) => Ok(Source::Archive(full)),
            Err(_) if is_address => Ok(Source::Git(typed.to_owned())),
            Err(_) => Err(UsageError(message::init::no_source(typed))),
        }
    }

    /// The address that others can get it from, too, if it has one without a password in it.
    pub fn address(&self) -> Option<&str> {
        match self {
            Source::Git(address) if !(address.contains("://") && address.contains('@')) => {
                Some(address)
            }
            Source::Git(_) | Source::Folder(_) | Source::Archive(_) => None,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Source::Folder(path) | Source::Archive(path) => path.display().fmt(f),
            Source::Git(address) => f.write_str(address),
        }
    }
}

impl InitOptions {
    /// Checks what was typed; there need not be a course yet.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] where it is not said what folder to make, inside of a course, or where there is
    /// nothing to take a course from.
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
        let said = args.without_solutions || args.with_solutions;
        Ok(InitOptions {
            place: Place::new(&folder)?,
            update: args.update,
            from: args.from.as_deref().map(Source::new).transpose()?,
            without_solutions: said.then_some(args.without_solutions),
            build: args.build,
            only_build: args.only_build,
        })
    }
}

impl Place {
    fn new(folder: &Path) -> Result<Place, UsageError> {
        let here = std::env::current_dir().unwrap_or_default();
        // What is there is called by its own name, without links and dots.
        let full = folder.canonicalize();
        let full = full.or_else(|_| std::path::absolute(folder));
        let full = full.map_err(|error| UsageError(format!("{}: {error}", folder.display())))?;
        Ok(Place {
            is_here: full == here.canonicalize().unwrap_or(here),
            folder: full,
            shown: folder.display().to_string(),
        })
    }
}

/// What `course author init` needs to know.
pub struct AuthorInitOptions {
    /// The folder.
    pub place: Place,
    /// Whether the example is one of threads.
    pub threads: bool,
}

impl AuthorInitOptions {
    /// Checks what was typed.
    ///
    /// # Errors
    ///
    /// A [`UsageError`] where there can be no such folder.
    pub fn new(args: &AuthorInitArgs) -> Result<Self, UsageError> {
        Ok(AuthorInitOptions {
            place: Place::new(&args.folder)?,
            threads: args.threads,
        })
    }
}
