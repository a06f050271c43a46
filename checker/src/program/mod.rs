//! From a text to an executable that may be run: what is allowed in it, what it is compiled with, and
//! what contains it.

pub mod apart;
pub mod compile;
pub mod libraries;
pub mod lines;
mod mark;
mod opened;
pub mod own;
pub mod provide;
mod rules;
pub mod sandbox;
pub mod source;
pub mod toolchain;
mod unsafe_code;
pub mod unused;
