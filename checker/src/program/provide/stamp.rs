//! The stamp: which libraries were built from which inputs, so that nothing is started while none of them
//! changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};

use crate::program::libraries::Libraries;
use crate::program::mark::{self, Mark};
use crate::support::write;

/// Folders whose files the libraries are built from.
const SOURCES: &[&str] = &[
    "checker/sched/model",
    "checker/sched/segment",
    "checker/sched/runtime",
    "checker/mp",
    "checker/std",
];
/// Files that choose versions, profile and toolchain.
const SETTINGS: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    "rust-toolchain",
];
/// Variables by which someone can choose another toolchain.
const VARIABLES: &[&str] = &["RUSTC", "RUSTUP_TOOLCHAIN"];

/// What the stamp's file holds.
#[derive(Serialize, Deserialize)]
struct Stamp {
    inputs: Inputs,
    libraries: Libraries,
}

/// Everything that the libraries depend on, apart from the toolchain's own files.
#[derive(PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    settings: Vec<Option<String>>,
    variables: Vec<Option<String>>,
    sources: Vec<Mark>,
}

/// The libraries that the stamp remembers, unless they or what they depend on have changed.
pub fn remembered(target: &Path, inputs: &Inputs) -> Option<Libraries> {
    let text = fs::read_to_string(file(target)).ok()?;
    let stamp: Stamp = serde_json::from_str(&text).ok()?;
    let marks = &stamp.libraries.marks;
    (stamp.inputs == *inputs && marks.iter().all(Mark::holds)).then_some(stamp.libraries)
}

/// Remembers libraries.
///
/// # Errors
///
/// When the stamp cannot be written.
pub fn remember(target: &Path, inputs: Inputs, libraries: Libraries) -> anyhow::Result<Libraries> {
    let stamp = Stamp { inputs, libraries };
    let text = serde_json::to_string(&stamp).context("failed to write the stamp")?;
    // Another check never reads half of it.
    write::whole(&file(target), text)?;
    Ok(stamp.libraries)
}

fn file(target: &Path) -> PathBuf {
    target.join("course.json")
}

impl Inputs {
    /// What they are now.
    ///
    /// # Errors
    ///
    /// When a folder of sources cannot be looked through.
    pub fn read(root: &Path) -> anyhow::Result<Inputs> {
        let mut sources = Vec::new();
        for folder in SOURCES {
            mark::below(&root.join(folder), &mut sources)
                .with_context(|| format!("failed to look through {folder}"))?;
        }
        sources.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(Inputs {
            settings: SETTINGS
                .iter()
                .map(|file| fs::read_to_string(root.join(file)).ok())
                .collect(),
            variables: VARIABLES
                .iter()
                .map(|name| std::env::var(name).ok())
                .collect(),
            sources,
        })
    }
}
