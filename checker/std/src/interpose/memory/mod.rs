//! What the compiler calls where a program uses memory: functions with the names of ThreadSanitizer's,
//! whose instrumentation it is. A program without unsafe code calls those for atomics alone.
//!
//! # Safety
//!
//! See [`interpose`](super). The compiler puts each call where the program does the same to the same
//! memory, so what their arguments point to may be read or written as the name says.

mod accesses;
mod allocator;
mod atomics;
mod counts;
