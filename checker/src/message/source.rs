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

/// A solution that cannot be read as Rust.
pub fn no_rust(file: &str) -> String {
    format!("{file} cannot be read as Rust")
}

/// A function that the given part calls in another way than it can be called.
pub fn other_signature(signature: &str) -> String {
    format!("the given part calls `{signature}`: the function has to have this signature")
}

/// A use of what the given part keeps to itself; what the compiler says of it.
pub fn given_parts_own(said: &str) -> String {
    format!(
        "{said}: it is the given part's own; do without it, with what you make and what the given \
         part shows"
    )
}
