//! Whether Rust is there, and new enough for the course.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use crate::facts::toolchain::{NEEDED, Problem};

/// What is wrong with the Rust that is used in this folder, if anything.
pub fn problem(folder: &Path) -> Option<Problem> {
    version(cargo(), "cargo", folder)
        .and_then(|_| version(rustc(), "rustc", folder))
        .map_or_else(Some, |said| too_old(&said).map(Problem::Old))
}

/// The cargo to call.
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// The compiler to call.
pub fn rustc() -> OsString {
    std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into())
}

/// What a command says of its version.
fn version(command: OsString, name: &'static str, folder: &Path) -> Result<String, Problem> {
    let output = Command::new(command)
        .arg("--version")
        .current_dir(folder)
        .output();
    match output {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            Err(Problem::Broken(name, said))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Problem::Missing(name)),
        Err(error) => Err(Problem::Broken(name, error.to_string())),
    }
}

/// The version that rustc reports, if it is older than needed. A version that cannot be read is
/// accepted.
fn too_old(said: &str) -> Option<String> {
    let version = said.strip_prefix("rustc ")?.split_whitespace().next()?;
    (numbers(version)? < numbers(NEEDED)?).then(|| version.to_owned())
}

/// The first two numbers of a version.
fn numbers(version: &str) -> Option<(u32, u32)> {
    let mut parts = version.split('.');
    let mut next = || parts.next()?.parse().ok();
    Some((next()?, next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let old = |version: &str| too_old(&format!("rustc {version} (abc 2026-01-01)"));
        assert_eq!(old("1.9.0"), Some("1.9.0".to_owned()));
        assert_eq!(old("1.85.1-nightly"), Some("1.85.1-nightly".to_owned()));
        assert_eq!(old(&format!("{NEEDED}.0")), None);
        assert_eq!(old(&format!("{NEEDED}.0-beta.1")), None);
        assert_eq!(old("1.1000.0"), None);
        assert_eq!(old("2.0.0"), None);
    }

    #[test]
    fn a_version_that_cannot_be_read_will_do() {
        for said in ["", "gccrs 1.0", "rustc", "rustc dev"] {
            assert_eq!(too_old(said), None, "{said}");
        }
    }

    #[test]
    fn a_command_that_is_not_there_is_missing_and_one_that_fails_is_broken() {
        let here = Path::new("/");
        let missing = version("/nowhere/rustc".into(), "rustc", here);
        assert_eq!(missing, Err(Problem::Missing("rustc")));
        let broken = version("false".into(), "rustc", here);
        assert_eq!(broken, Err(Problem::Broken("rustc", String::new())));
    }
}
