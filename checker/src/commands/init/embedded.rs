//! The files of the repository that lie in the command.

use std::borrow::Cow;
use std::collections::BTreeMap;

use anyhow::Context;

/// The files of the repository that go into it, sorted by their paths.
const REPOSITORY: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/course_files.rs"));

/// What is in a file.
pub type Bytes = Cow<'static, [u8]>;
/// The files by their paths from the folder.
pub type Files = BTreeMap<String, Bytes>;

/// An exercise as it is handed out.
pub fn stub(exercise: &str) -> Option<&'static [u8]> {
    let path = format!("exercises/{exercise}.rs");
    let found = REPOSITORY.iter().find(|(it, _)| *it == path);
    found.map(|(_, bytes)| *bytes)
}

/// The sources below a folder of the repository: paths and texts.
pub fn sources(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let inside = REPOSITORY
        .iter()
        .filter(move |(path, _)| path.starts_with(folder));
    inside.filter_map(|(path, bytes)| Some((*path, std::str::from_utf8(bytes).ok()?)))
}

/// The text of a file of the repository.
///
/// # Errors
///
/// When there is none.
pub fn text(path: &str) -> anyhow::Result<&'static str> {
    let (_, bytes) = REPOSITORY
        .iter()
        .find(|(it, _)| *it == path)
        .with_context(|| format!("failed to find {path} in the command"))?;
    std::str::from_utf8(bytes).with_context(|| format!("failed to read {path} in the command"))
}

/// All of them, by their paths.
pub fn all() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    REPOSITORY.iter().copied()
}
