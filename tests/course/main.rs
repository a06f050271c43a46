//! The `course` command from outside, each file by a subject. These tests run side by side; what
//! needs the machine for itself is in `tests/machine`.

mod answers;
mod anywhere;
mod book;
mod cli;
mod corpus;
mod counts;
mod course_text;
mod devcontainer;
mod editor;
mod experiments;
mod first_time;
mod formats;
mod init;
mod language_server;
mod last_steps;
mod left_open;
mod liberties;
mod locks;
mod many;
mod memory;
mod mistakes;
mod one_text;
mod own_courses;
mod page;
mod panics;
mod peers;
mod pictures;
mod programs;
mod reduction;
mod replays;
mod reports;
mod sandbox;
mod sarif;
mod sockets;
mod steady;
mod step;
mod text_as_pages;
#[path = "../util/mod.rs"]
mod util;
mod weak;
