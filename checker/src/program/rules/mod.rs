//! Rules on the learner's part: it may not redefine what the given part uses.
//!
//! The given part uses macros and names of std and mp; a learner's part that redefined them could
//! make it do anything. What does not parse is left to the compiler, whose messages are better.

use crate::message::source as message;
mod redefined;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{AttrStyle, Attribute, File, Ident};

use self::redefined::Rules;

/// The parser recurses; this is enough for the largest learner's part that is accepted.
const PARSER_STACK_BYTES: usize = 512 * 1024 * 1024;

/// What is not allowed, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offence {
    /// A plain sentence without a final period.
    pub message: String,
    /// Line of the learner's part, from 1.
    pub line: usize,
}

/// Whether the learner's part leaves alone what the given part uses.
pub fn check(learner: &str, given: &str) -> Result<(), Offence> {
    on_a_large_stack(|| check_here(learner, given))
}

/// Refuses attributes in `unsafe(..)`. Some of them, such as `naked`, put arbitrary machine code
/// into the program, and the compiler's ban on unsafe code does not cover them all.
pub fn check_safe(learner: &str) -> Result<(), Offence> {
    on_a_large_stack(|| {
        let tokens: TokenStream = learner.parse().unwrap_or_default();
        match unsafe_attribute(tokens) {
            None => Ok(()),
            Some(ident) => Err(at(&ident, message::UNSAFE_ATTRIBUTE)),
        }
    })
}

/// The first `unsafe` with parentheses behind it, which only attributes have.
fn unsafe_attribute(tokens: TokenStream) -> Option<Ident> {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let found = match token {
            TokenTree::Ident(ident) if ident == "unsafe" => match tokens.peek() {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                    Some(ident)
                }
                _ => None,
            },
            TokenTree::Group(group) => unsafe_attribute(group.stream()),
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

fn check_here(learner: &str, given: &str) -> Result<(), Offence> {
    let Ok(file) = syn::parse_file(learner) else {
        return check_complete(learner, given);
    };
    let rules = Rules::of(given);
    check_attributes(&file)?;
    rules.check_items(&file.items, true)
}

/// A learner's part that parses only together with the given part would change the meaning of that
/// part: for example, an attribute or a `#[cfg]` at its end.
fn check_complete(learner: &str, given: &str) -> Result<(), Offence> {
    if syn::parse_file(&format!("{learner}\n{given}")).is_err() {
        return Ok(());
    }
    let message = message::INCOMPLETE.to_owned();
    Err(Offence {
        message,
        line: learner.lines().count().max(1),
    })
}

fn check_attributes(file: &File) -> Result<(), Offence> {
    let inner = |attribute: &&Attribute| {
        matches!(attribute.style, AttrStyle::Inner(_)) && !attribute.path().is_ident("doc")
    };
    match file.attrs.iter().find(inner) {
        None => Ok(()),
        Some(attribute) => Err(Offence {
            message: message::WHOLE_PROGRAM.to_owned(),
            line: attribute.pound_token.span.start().line,
        }),
    }
}

fn at(ident: &Ident, message: &str) -> Offence {
    Offence {
        message: message.to_owned(),
        line: ident.span().start().line,
    }
}

#[cfg(test)]
mod tests;
