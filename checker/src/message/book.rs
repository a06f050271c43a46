//! What is said about the text of the course as pages, one function a message.

use std::path::Path;

/// Where the pages are.
pub fn written(index: &Path) -> String {
    format!("Open it in a browser: {}\n", index.display())
}

/// How to use a schedule that is shown beside the text.
pub fn how_to_go_through() -> &'static str {
    "Go through it with the buttons, or click into it and take the arrow keys; f leads to what fails."
}

/// A comment of a mistake has no end.
pub fn no_end(section: &str) -> String {
    format!("course.md: a mistake in section {section} has no `-->`")
}

/// A mistake changes a line that the program above it does not have, or has twice.
pub fn no_such_line(name: &str, line: &str) -> String {
    format!(
        "course.md: mistake {name} changes a line that is not once in the program above: {line}"
    )
}

/// Nothing is wrong with a program that is said to be.
pub fn nothing_wrong(name: &str, caption: &str) -> String {
    format!("course.md: nothing was found wrong with mistake {name}: {caption}")
}
