//! Long texts: in a terminal through the pager, `$PAGER` or `less`, if there is one.

use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::support::terminal;

/// Shows a text.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn show(text: &str) -> anyhow::Result<()> {
    if !io::stdout().is_terminal() || !paged(text) {
        terminal::print(text)?;
    }
    Ok(())
}

/// Whether a pager showed the text.
fn paged(text: &str) -> bool {
    let pager = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = pager.split_whitespace();
    let Some(program) = words.next() else {
        return false;
    };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours are shown, and what fits on the screen needs no key to leave.
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        // Who leaves the pager early has read enough.
        let _ = stdin.write_all(terminal::coloured(text).as_bytes());
    }
    child.wait().is_ok_and(|status| status.success())
}
