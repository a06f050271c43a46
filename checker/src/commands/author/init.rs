//! `course author init`: makes a folder in which a course is written, with one exercise as an example.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::commands::author::{new, template};
use crate::commands::init::{self, folder};
use crate::course::workspace::Workspace;
use crate::message::new as message;
use crate::options::{AuthorInitOptions, NewOptions};
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// Makes the folder, and tells what to do in it.
///
/// # Errors
///
/// A [`UsageError`](crate::support::exit_code::UsageError) if the folder already holds something else;
/// also when files cannot be written.
pub fn run(options: &AuthorInitOptions) -> anyhow::Result<ExitCode> {
    let example = NewOptions {
        id: message::EXAMPLE.to_owned(),
        title: message::EXAMPLE_TITLE.to_owned(),
        threads: options.threads,
    };
    let then = |folder: &Path| fill(folder, &example);
    let made = init::make(&options.place.folder, &|folder| {
        init::fill_for_author(folder, &then)
    })?;
    if made.is_none() {
        return Ok(init::interrupted());
    }
    terminal::print(&message::made(&options.place.shown, options.place.is_here))?;
    terminal::tell_how_to_call();
    Ok(ExitCode::Passed)
}

/// Writes the course itself into the folder.
fn fill(folder: &Path, example: &NewOptions) -> anyhow::Result<()> {
    let put = |file: &str, text: &str| {
        let path = folder.join(file);
        let written = fs::create_dir_all(path.parent().unwrap_or(folder));
        let written = written.and_then(|()| fs::write(&path, text));
        written.with_context(|| message::not_written(file))
    };
    for (file, text) in template::COURSE {
        put(file, text)?;
    }
    for package in ["exercises", "solutions"] {
        put(
            &format!("{package}/Cargo.toml"),
            &folder::empty_manifest(package)?,
        )?;
    }
    new::add(&Workspace::find_from(folder)?, example)
}
