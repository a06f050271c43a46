//! A program in which the learner's part sees all that it would see if the two parts were one file:
//! where it compiles like this alone, it uses what the given part keeps to itself.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::program::apart::{Apart, Edit, edited};

impl Apart {
    /// The same program with what is private to the given part shown to the learner's.
    pub fn opened(&self) -> Apart {
        let mut edits = Vec::new();
        if let Ok(tokens) = self.given.parse() {
            open(tokens, &mut edits);
        }
        Apart {
            learner: format!("{} use self::__given::*;\n", self.learner.trim_end()),
            given: edited(&self.given, edits),
            promised: self.promised.clone(),
        }
    }
}

/// Shows what the root of one file sees, `pub(super)`, and what a macro like `thread_local!` defines.
fn open(tokens: TokenStream, edits: &mut Vec<Edit>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        let previous = index.checked_sub(1).map(|it| &tokens[it]);
        match token {
            TokenTree::Group(group) if is_pub(previous) && is_restricted(group.stream()) => {
                edits.push((group.span().byte_range(), "(crate)".to_owned()));
            }
            TokenTree::Group(group) => open(group.stream(), edits),
            TokenTree::Ident(ident) if ident == "static" && is_private(previous) => {
                let start = ident.span().byte_range().start;
                edits.push((start..start, "pub(crate) ".to_owned()));
            }
            _ => {}
        }
    }
}

fn is_pub(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(it)) if it == "pub")
}

fn is_restricted(visibility: TokenStream) -> bool {
    let first = visibility.into_iter().next();
    let words = ["super", "self", "in"];
    matches!(first, Some(TokenTree::Ident(it)) if words.iter().any(|word| it == word))
}

/// Whether a `static` after this token is an item, and nobody else's yet.
fn is_private(previous: Option<&TokenTree>) -> bool {
    match previous {
        Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Parenthesis,
        // The rest of a lifetime.
        Some(TokenTree::Punct(it)) => it.as_char() != '\'',
        other => !is_pub(other),
    }
}

#[cfg(test)]
mod tests {
    use crate::program::apart::apart;

    #[test]
    fn what_one_file_would_show_is_shown() {
        let given = "mod flour {\n    static USED: &'static str = \"\";\n    pub(super) fn used() {}\n    \
            pub fn of(it: (u32, u32)) {}\n}\nthread_local! {\n    /// Left.\n    static LEFT: u32 = 0;\n}\n\
            fn main() {}\n";
        let opened = apart("fn take() {}\n", "fn take() {}\n", given)
            .expect("parses")
            .opened();
        assert!(opened.learner.ends_with(" use self::__given::*;\n"));
        for shown in [
            "pub(crate) static USED: &'static str",
            "pub(crate) fn used()",
            "pub fn of(it: (u32, u32))",
            "/// Left.\n    pub(crate) static LEFT",
        ] {
            assert!(opened.given.contains(shown), "{shown}: {}", opened.given);
        }
    }
}
