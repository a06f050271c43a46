//! verdict: wrong_output
//!
//! The work is done by main, which passes itself off as the child.

use std::io;
use std::os::unix::process::parent_id;
use std::process;

fn introduce() -> String {
    format!("ada: process {}, started by {}", process::id(), parent_id())
}

fn hire(_name: &str, work: impl FnOnce()) -> io::Result<u32> {
    work();
    Ok(process::id())
}
