//! The terminal: results to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use anyhow::Context;
use similar::ChangeTag;

use crate::message;
use crate::support::exit_code::ExitCode;

/// Whether somebody still reads standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// It was written.
    Reads,
    /// The other end is closed, for example by `head`: there is no point in going on.
    Gone,
}

/// Prints a result; its colours only where standard output shows colours.
///
/// # Errors
///
/// When standard output cannot be written, except that its reader is gone.
pub fn print(text: &str) -> anyhow::Result<Reader> {
    let mut out = anstream::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(Reader::Reads),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
        Err(error) => Err(error).context("failed to write to standard output"),
    }
}

/// Whether a person sits at a terminal, which serves both for input and for output.
pub fn is_interactive() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Lines that are longer than this are hard to read.
pub const WIDEST: usize = 120;

/// How much a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Lines.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

/// The size of standard output's terminal.
pub fn size() -> Size {
    // What a terminal does not tell is as it was for decades.
    let told = rustix::termios::tcgetwinsize(io::stdout()).ok();
    let told = told.filter(|it| it.ws_row > 0 && it.ws_col > 0);
    told.map_or(
        Size {
            rows: 24,
            columns: 80,
        },
        |it| Size {
            rows: it.ws_row.into(),
            columns: it.ws_col.into(),
        },
    )
}

/// Columns of texts to read: as many as the terminal has, up to what is pleasant; 80 where there is none.
pub fn width() -> usize {
    match io::stdout().is_terminal() {
        true => size().columns.min(WIDEST),
        false => message::plain::WIDTH,
    }
}

/// Text for something that shows it on standard output's terminal: without colours where these are
/// not wanted.
pub fn coloured(text: &str) -> String {
    match anstream::AutoStream::choice(&io::stdout()) {
        anstream::ColorChoice::Never => anstream::adapter::strip_str(text).to_string(),
        _ => text.to_owned(),
    }
}

/// Clears the screen, for something else to be drawn on it.
pub fn clear() {
    // A screen that cannot be cleared scrolls on.
    let _ = console::Term::stdout().clear_screen();
}

/// A line of a comparison, with its sign and in its colour.
pub fn diff_line(tag: ChangeTag, line: &str) -> String {
    let (sign, style) = match tag {
        ChangeTag::Equal => (' ', Style::new()),
        ChangeTag::Delete => ('-', AnsiColor::Red.on_default()),
        ChangeTag::Insert => ('+', AnsiColor::Green.on_default()),
    };
    let text = format!("{sign} {line}");
    format!("{style}{}{style:#}\n", text.trim_end())
}

/// Prints a message beside the results.
pub fn tell(text: &str) {
    // A message that nobody can read is no reason to fail.
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}

/// Prints the error that ends `course`.
pub fn print_error(error: &anyhow::Error) {
    tell(&message::error(error));
}

/// Prints what clap has to say: an error, or the help that was asked for.
pub fn print_clap(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    if error.use_stderr() {
        ExitCode::Usage
    } else {
        ExitCode::Passed
    }
}

/// Tells a person how to type the commands that a report shows if `course` is not installed.
pub fn tell_how_to_call() {
    if !io::stderr().is_terminal() {
        return;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::env::split_paths(&path).any(|folder| is_in(&folder));
    if !installed {
        tell(message::typed::not_installed());
    }
}

/// Whether `course` lies in that folder.
fn is_in(folder: &Path) -> bool {
    folder.join("course").is_file()
}
