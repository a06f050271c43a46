//! What is said of the texts of programs that are not compiled, one function a message.

/// There is no such file.
pub fn not_there(file: &str) -> String {
    format!("{file} does not exist")
}
