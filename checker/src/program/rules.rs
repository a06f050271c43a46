//! What the learner's part may not hold: attributes in `unsafe(..)`.
//!
//! Some of them, such as `naked`, put arbitrary machine code into the program, and the compiler's
//! ban on unsafe code does not cover them all.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The parser recurses; this is enough for the largest learner's part that is accepted.
const PARSER_STACK_BYTES: usize = 512 * 1024 * 1024;

/// The line of the first such attribute, from 1. What is no sequence of tokens is left to the
/// compiler, whose messages are better.
pub fn unsafe_attribute(learner: &str) -> Option<usize> {
    on_a_large_stack(|| first(learner.parse().unwrap_or_default()))
}

/// The first `unsafe` with parentheses behind it, which only attributes have.
fn first(tokens: TokenStream) -> Option<usize> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) if ident == "unsafe" => match tokens.peek() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    Some(ident.span().start().line)
                }
                _ => None,
            },
            TokenTree::Group(group) => first(group.stream()),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Does something that recurses as deeply as a text is nested.
pub fn on_a_large_stack<T: Send>(act: impl Fn() -> T + Sync) -> T {
    std::thread::scope(|scope| {
        let parser = std::thread::Builder::new().stack_size(PARSER_STACK_BYTES);
        match parser.spawn_scoped(scope, &act) {
            Ok(parser) => parser
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            // If this much cannot be mapped, the present stack must do.
            Err(_) => act(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unsafe_attributes_are_refused_wherever_they_are() {
        let line = |text: &str| unsafe_attribute(text);
        let naked = "\n#[unsafe(naked)]\nextern \"C\" fn f() {}\n";
        assert_eq!(line(naked), Some(2));
        let by_macro = "macro_rules! m { () => { #[unsafe(no_mangle)] fn f() {} } }";
        assert_eq!(line(by_macro), Some(1));
        let hidden = "#[cfg_attr(all(), unsafe(no_mangle))] fn f() {}";
        assert_eq!(line(hidden), Some(1));
        // The compiler says that better.
        assert_eq!(line("fn f() { unsafe { g() } }\nunsafe fn g() {}\n"), None);
        assert_eq!(line("fn f( {\n"), None);
    }

    #[test]
    fn deep_nesting_does_not_exhaust_the_stack() {
        for (open, close) in [("(", ")"), ("!", ""), ("[", "]"), ("{", "}"), ("&", "")] {
            let depth = 20_000;
            let (open, close) = (open.repeat(depth), close.repeat(depth));
            let text = format!("fn f() {{ let _ = {open}1{close}; }}\n");
            assert_eq!(unsafe_attribute(&text), None);
        }
    }
}
