//! What the compiler calls where a program with unsafe code uses memory: functions with the names of
//! ThreadSanitizer's, whose instrumentation it is.
//!
//! No other program is linked with them.
//!
//! # Safety
//!
//! See [`interpose`](super). The compiler puts each call where the program does the same to the same
//! memory, so what their arguments point to may be read or written as the name says.

mod accesses;
mod allocator;
mod atomics;
