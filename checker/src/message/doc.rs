//! What `course doc` says besides the documentation itself, one function a message.

use std::io;
use std::path::Path;

use crate::message::plain;

/// The heading of the types.
pub fn types() -> &'static str {
    "Types"
}

/// The heading of the functions.
pub fn functions() -> &'static str {
    "Functions"
}

/// The heading of the traits.
pub fn traits() -> &'static str {
    "Traits"
}

/// What follows the list of all.
pub fn how_to_see_one() -> String {
    "To see one of them, or a method:\n\n```sh\ncourse doc Queue\ncourse doc get_timeout\n```\n"
        .to_owned()
}

/// A type has the methods of another one.
pub fn methods_of(other: &str) -> String {
    format!("It has all the methods of `{other}` as well.\n\n")
}

/// Nothing is called so; what is like it.
pub fn unknown(word: &str, like: &[&String]) -> String {
    let word = plain::line(word);
    if like.is_empty() {
        return format!("mp has nothing called `{word}`\nTo see all that it has:\n    course doc");
    }
    let like: Vec<String> = like
        .iter()
        .map(|it| format!("    course doc {it}"))
        .collect();
    format!(
        "mp has nothing called `{word}`; did you mean:\n{}",
        like.join("\n")
    )
}

/// It takes a while.
pub fn making() -> &'static str {
    "Making the pages, once ..."
}

/// Rustdoc failed; it said why.
pub fn not_made() -> &'static str {
    "cargo could not make the pages; it says above why. To read in the terminal, leave out --open"
}

/// Rustdoc made no such page.
pub fn no_page(path: &Path) -> String {
    format!("cargo made no page {}", path.display())
}

/// Where the page is.
pub fn page(address: &str) -> String {
    format!("{address}\n")
}

/// No browser was found.
pub fn no_browser(error: &io::Error) -> String {
    format!("note: no browser could be started ({error}); open that page in one")
}
