//! `std::os`: the real one, but for process ids.

pub use ::real::os::*;

pub mod unix;
