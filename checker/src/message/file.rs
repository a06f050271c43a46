//! What is said about files that are to be written, one function a message.

use std::path::Path;

use crate::message::plain;

fn name(file: &Path) -> String {
    plain::line(&file.display().to_string())
}

/// The folder of a file is not there.
pub fn no_folder(file: &Path) -> String {
    let folder = file.parent().unwrap_or(file);
    let (file, folder) = (name(file), name(folder));
    format!(
        "`{file}` cannot be written: there is no folder `{folder}`; make it first, or name another one"
    )
}

/// A folder was named where a file is needed.
pub fn is_folder(file: &Path) -> String {
    format!("`{}` is a folder; name a file in it", name(file))
}

/// A file could not be renamed; the reason follows.
pub fn not_renamed(file: &Path, to: &Path) -> String {
    format!("failed to rename `{}` to `{}`", name(file), name(to))
}

/// A file could not be written; the reason follows.
pub fn not_written(file: &Path) -> String {
    format!("failed to write `{}`", name(file))
}
