//! `std::os`, for what tells process ids.

pub use ::real::os::*;

pub mod unix;
