//! What a call may fail with in a correct program: no room, no message, nobody at the other end.

use std::error::Error;
use std::fmt;

/// There was no room in the queue; here is the message back (`queue.Full` in CPython, which does
/// not give it back).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Full<T>(pub T);

// By hand: the message need not be printable.
impl<T> fmt::Debug for Full<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Full(..)")
    }
}

impl<T> fmt::Display for Full<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the queue is full")
    }
}

impl<T> Error for Full<T> {}

/// There was no message in the queue (`queue.Empty`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Empty;

/// Nobody holds the other end of the pipe any more (`EOFError` where CPython receives,
/// `BrokenPipeError` where it sends).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

/// The barrier is broken, or was reset while the task waited (`BrokenBarrierError`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

macro_rules! error {
    ($($name:ident: $text:literal)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($text)
            }
        }

        impl Error for $name {}
    )*};
}

error! {
    Empty: "the queue is empty"
    Closed: "the other end of the pipe is closed"
    Broken: "the barrier is broken"
}
