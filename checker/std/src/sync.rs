//! `std::sync`: the real one. Its twins come here; until then nothing in it is a scheduling
//! point, which matters only between threads, and those are not controlled yet.

pub use ::real::sync::*;
