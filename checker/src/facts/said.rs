//! What std and the compiler say, word for word, to recognise what happened. No sentence here is
//! shown to anybody.

use sched_model::run::Refusal;

/// What std's `todo!()` panics with.
pub const TODO: &str = "not yet implemented";
/// What std's scope panics with.
pub const SCOPED: &str = "a scoped thread panicked";
/// What unwrapping the result of a thread that panicked says.
pub const UNWRAPPED: &str = "Any { .. }";
/// What a panic says that comes from unwrapping a poisoned lock.
pub const POISONED: &str = "PoisonError { .. }";
/// What std writes to standard error before the error that main returned.
pub const ERROR: &str = "Error: ";
/// What the compiler's last error begins with, which only counts the others.
pub const ABORTING: &str = "aborting due to";
/// What there is in each program, and not in a part of a library.
pub const MAIN: &str = "fn main";
/// What is written behind the fence of a program's output in course.md, if its lines have an order.
pub const OUTPUT: &str = "text output";

/// What the error says that `start` of `mp` returns.
pub fn refusal(why: Refusal) -> &'static str {
    match why {
        Refusal::Daemon => "a daemon may not start",
        Refusal::Threads => "several threads cannot start",
        Refusal::System => "os error",
    }
}
