//! The documentation as pages for the browser: made by rustdoc once, and opened.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

use crate::course::workspace::Workspace;
use crate::message;
use crate::program::toolchain;
use crate::support::exit_code::ExitCode;
use crate::support::terminal;

/// Makes the pages, if they are not there, and opens one.
pub fn open(workspace: &Workspace, page: &str) -> anyhow::Result<ExitCode> {
    let folder = workspace.root.join("target/doc/mp");
    if !folder.is_dir() {
        terminal::tell(message::doc::making());
    }
    // Cargo knows what has changed; what has not takes it no time.
    let made = Command::new(toolchain::cargo())
        .args([
            "doc",
            "--quiet",
            "--no-deps",
            "--package",
            "mp",
            "--manifest-path",
        ])
        .arg(workspace.root.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(workspace.root.join("target"))
        .status();
    let made = made.or_else(|error| match toolchain::problem(&workspace.root) {
        Some(problem) => bail!(message::init::rust(&problem)),
        None => Err(error).context("failed to start cargo"),
    })?;
    if !made.success() {
        bail!(message::doc::not_made());
    }
    let (file, _) = page.split_once('#').unwrap_or((page, ""));
    if !folder.join(file).is_file() {
        bail!(message::doc::no_page(&folder.join(file)));
    }
    let address = address(&folder, page);
    terminal::print(&message::doc::page(&address))?;
    if let Err(error) = open::that_detached(&address) {
        terminal::tell(&message::doc::no_browser(&error));
    }
    Ok(ExitCode::Passed)
}

/// The address of a page. A path with an anchor is none, so it says that it is a file's.
fn address(folder: &Path, page: &str) -> String {
    let path = folder.join(page).display().to_string();
    let special = |c: char| !c.is_ascii_alphanumeric() && !"/._-~#".contains(c);
    let mut address = "file://".to_owned();
    for c in path.chars() {
        if special(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                address.push_str(&format!("%{byte:02X}"));
            }
        } else {
            address.push(c);
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_any_folder() {
        let address = address(
            Path::new("/home/zoë/my course"),
            "struct.Queue.html#method.get",
        );
        assert_eq!(
            address,
            "file:///home/zo%C3%AB/my%20course/struct.Queue.html#method.get"
        );
    }
}
