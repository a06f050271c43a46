//! The `course` command as a library, for its thin binary and its tests.
//!
//! Each folder is a room of its own, and imports go one way: from the commands down to what they need, as
//! `tests/arrows.rs` holds it.

#![forbid(unsafe_code)]

mod check;
mod cli;
mod commands;
mod course;
mod explain;
mod explore;
mod facts;
mod judge;
mod message;
mod options;
mod program;
mod report;
mod support;

pub use cli::Cli;
pub use commands::author::answers::declaration;
pub use commands::check::report_fault;
pub use commands::run;
pub use facts::given;
pub use program::compile::flags;
pub use support::exit_code::ExitCode;
pub use support::terminal::{print_clap, print_error};
