//! What is said of the texts of programs that are not compiled, one function a message.

/// There is no such file.
pub fn not_there(file: &str) -> String {
    format!("{file} does not exist")
}

/// The line between the parts is not there.
pub fn no_line(marker: &str) -> String {
    format!("the line `{marker}` is missing; put it back above what was given with the exercise")
}

/// The same of a solution.
pub fn without_line(file: &str, marker: &str) -> String {
    format!("{file} has no line `{marker}`")
}

/// A learner's part that nobody wrote by hand.
pub fn too_long(most: usize) -> String {
    format!("the part above the given line is longer than {most} bytes")
}

/// Attributes that unsafe code is needed for.
pub const UNSAFE_ATTRIBUTE: &str = "attributes in `unsafe(..)` are not allowed";
/// A part that goes on in the given one.
pub const INCOMPLETE: &str = "the part above the given line must be complete by itself";
/// Attributes that concern the given part, too.
pub const WHOLE_PROGRAM: &str = "attributes of the whole program (`#![..]`) are not allowed";
/// A module that nobody reads.
pub const MODULE: &str = "a module in a file of its own is not checked";
/// A file that nobody reads.
pub const INCLUDED: &str = "code from another file is not checked";

/// A name that means something else to the given part.
pub fn defined_again(name: &str, mark: &str) -> String {
    format!("`{name}{mark}` may not be defined again: the given part relies on it")
}
