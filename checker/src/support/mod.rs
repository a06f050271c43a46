//! What any command needs, whatever it does: the terminal, signals, files, the exit status.

pub mod exit_code;
pub mod hash;
pub mod interrupt;
pub mod pager;
pub mod progress;
pub mod terminal;
pub mod unfinished;
pub mod write;
