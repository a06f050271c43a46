//! `course author package`: the course packed for a platform that runs it.

use std::io::{Cursor, Write};

use anyhow::Context;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::commands::init::content::Content;
use crate::commands::init::embedded::Files;
use crate::commands::init::manifest::{Kind, Origin};
use crate::course::workspace::Workspace;
use crate::message::grade as message;
use crate::options::PackageOptions;
use crate::support::exit_code::ExitCode;
use crate::support::terminal;
use crate::support::write;

const SETUP: &[u8] = include_bytes!("../../../deploy/gradescope/setup.sh");
const RUN: &[u8] = include_bytes!("../../../deploy/gradescope/run_autograder");

/// Writes a zip file for Gradescope: the two scripts it needs at the root, this command, the course
/// that one is in, without its solutions, and the names of the exercises.
///
/// # Errors
///
/// When the file cannot be written.
pub fn run(workspace: &Workspace, options: &PackageOptions) -> anyhow::Result<ExitCode> {
    let command = std::env::current_exe().and_then(std::fs::read);
    let command = command.context("failed to read this command's own file")?;
    let names: Vec<&str> = options.exercises.iter().map(|it| it.id.as_str()).collect();
    let names = names.join("\n") + "\n";
    let handout = handout(workspace)?;
    let files: [(&str, &[u8], u32); 5] = [
        ("setup.sh", SETUP, 0o755),
        ("run_autograder", RUN, 0o755),
        ("exercises", names.as_bytes(), 0o644),
        ("handout.zip", &handout, 0o644),
        ("course", &command, 0o755),
    ];
    write::whole(&options.out, packed(&files)?)?;
    terminal::print(&message::packed(&options.out, options.exercises.len()))?;
    Ok(ExitCode::Passed)
}

/// The course as `course init --from` takes it, without its solutions: nothing that runs beside
/// submissions needs them.
fn handout(workspace: &Workspace) -> anyhow::Result<Vec<u8>> {
    let origin = Origin {
        kind: Kind::Own,
        from: None,
        without_solutions: true,
    };
    let mut files = Files::new();
    Content::read(&workspace.root)?.place(&origin, &mut files);
    let files = files.iter();
    let files: Vec<(&str, &[u8], u32)> = files
        .map(|(name, bytes)| (&**name, &**bytes, 0o644))
        .collect();
    packed(&files)
}

/// A zip file; the same files make the same bytes.
fn packed(files: &[(&str, &[u8], u32)]) -> anyhow::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes, mode) in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .unix_permissions(*mode);
        archive
            .start_file(*name, options)
            .context("failed to pack")?;
        archive.write_all(bytes).context("failed to pack")?;
    }
    Ok(archive.finish().context("failed to pack")?.into_inner())
}
