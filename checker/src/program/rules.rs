//! Rules on the learner's part: it may not redefine what the given part uses.
//!
//! The given part uses macros and names of std and mp; a learner's part that redefined them could
//! make it do anything. What does not parse is left to the compiler, whose messages are better.

use std::collections::BTreeSet;

use crate::message::source as message;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{AttrStyle, Attribute, File, Ident, Item, ItemMacro, UseTree};

/// Crates that the given part names.
const CRATES: &[&str] = &["alloc", "core", "mp", "serde", "std"];

/// Macros of std that make the transcript, reserved whether the given part uses them or not.
const PRINTS: &[&str] = &["eprint", "eprintln", "print", "println"];

/// Names that every program knows without importing them.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Default",
    "Drop",
    "Eq",
    "Err",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
    "bool",
    "char",
    "drop",
    "f32",
    "f64",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "isize",
    "str",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "usize",
];

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

/// What the given part needs to be left alone.
struct Rules {
    macros: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Rules {
    fn of(given: &str) -> Rules {
        let mut macros: BTreeSet<String> = PRINTS.iter().map(ToString::to_string).collect();
        let mut idents = BTreeSet::new();
        let tokens: TokenStream = given.parse().unwrap_or_default();
        collect(tokens, &mut macros, &mut idents);
        let mut names: BTreeSet<String> = idents
            .iter()
            .filter(|name| PRELUDE.contains(&name.as_str()))
            .cloned()
            .collect();
        names.extend(CRATES.iter().map(ToString::to_string));
        if idents.contains("main") {
            names.insert("main".to_owned());
        }
        Rules { macros, names }
    }

    fn check_items(&self, items: &[Item], top: bool) -> Result<(), Offence> {
        items.iter().try_for_each(|item| self.check_item(item, top))
    }

    fn check_item(&self, item: &Item, top: bool) -> Result<(), Offence> {
        let ident = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::Macro(item) => return self.check_macro(item),
            Item::Use(item) => return self.check_use(&item.tree, None),
            Item::ExternCrate(item) => {
                return match &item.rename {
                    Some((_, rename)) => self.check_import(rename),
                    None => Ok(()),
                };
            }
            Item::Mod(item) => {
                let Some((_, items)) = &item.content else {
                    return Err(at(&item.ident, message::MODULE));
                };
                self.check_items(items, false)?;
                &item.ident
            }
            _ => return Ok(()),
        };
        // A name inside a module does no harm, except for the names of crates, which a glob import
        // can bring out.
        let name = ident.to_string();
        let reserved = if top {
            self.names.contains(&name)
        } else {
            CRATES.contains(&name.as_str())
        };
        if reserved {
            Err(self.redefined(ident))
        } else {
            Ok(())
        }
    }

    fn check_macro(&self, item: &ItemMacro) -> Result<(), Offence> {
        if let Some(ident) = &item.ident
            && self.macros.contains(&ident.to_string())
        {
            return Err(self.redefined(ident));
        }
        let called = item.mac.path.segments.last().map(|segment| &segment.ident);
        if let Some(called) = called
            && called == "include"
        {
            return Err(at(called, message::INCLUDED));
        }
        // A macro can define macros, from names that it is given or has itself.
        match self.defined_by(item.mac.tokens.clone(), item.ident.is_none()) {
            Some(ident) => Err(self.redefined(&ident)),
            None => Ok(()),
        }
    }

    /// A reserved macro's name right after `macro_rules!`, or anywhere without a `!` behind it in
    /// what a macro outside functions is `called` with.
    fn defined_by(&self, tokens: TokenStream, called: bool) -> Option<Ident> {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(ident) if self.macros.contains(&ident.to_string()) => {
                    let defined = index >= 2
                        && is_punct(tokens.get(index - 1), '!')
                        && matches!(&tokens[index - 2], TokenTree::Ident(i) if i == "macro_rules");
                    if defined || (called && !is_punct(tokens.get(index + 1), '!')) {
                        return Some(ident.clone());
                    }
                }
                TokenTree::Group(group) => {
                    if let Some(ident) = self.defined_by(group.stream(), called) {
                        return Some(ident);
                    }
                }
                _ => {}
            }
        }
        None
    }

    fn check_use(&self, tree: &UseTree, root: Option<&Ident>) -> Result<(), Offence> {
        match tree {
            UseTree::Path(path) => self.check_use(&path.tree, root.or(Some(&path.ident))),
            UseTree::Group(group) => group
                .items
                .iter()
                .try_for_each(|tree| self.check_use(tree, root)),
            UseTree::Rename(rename) => self.check_import(&rename.rename),
            // Importing std's own thing under its own name changes nothing.
            UseTree::Name(name) if root.is_some_and(|root| !is_crate(root)) => {
                self.check_import(&name.ident)
            }
            UseTree::Name(_) | UseTree::Glob(_) => Ok(()),
        }
    }

    fn check_import(&self, ident: &Ident) -> Result<(), Offence> {
        let name = ident.to_string();
        if self.names.contains(&name) || self.macros.contains(&name) {
            return Err(self.redefined(ident));
        }
        Ok(())
    }

    fn redefined(&self, ident: &Ident) -> Offence {
        let name = ident.to_string();
        let mark = if self.macros.contains(&name) { "!" } else { "" };
        at(ident, &message::defined_again(&name, mark))
    }
}

fn is_crate(ident: &Ident) -> bool {
    CRATES.iter().any(|name| ident == name)
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn at(ident: &Ident, message: &str) -> Offence {
    Offence {
        message: message.to_owned(),
        line: ident.span().start().line,
    }
}

/// The macros that tokens call or define, and all their names.
fn collect(tokens: TokenStream, macros: &mut BTreeSet<String>, idents: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect(group.stream(), macros, idents),
            TokenTree::Ident(ident) => {
                if is_punct(tokens.peek(), '!') {
                    macros.insert(ident.to_string());
                }
                idents.insert(ident.to_string());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "macro_rules! shout { () => { println!(\"!\") } }\n\
        fn main() -> Result<(), ()> { let v: Vec<u8> = vec![]; drop(v); shout!(); Ok(()) }\n";

    #[track_caller]
    fn allowed(learner: &str) {
        assert_eq!(check(learner, GIVEN), Ok(()), "{learner}");
    }

    #[track_caller]
    fn refused(learner: &str, line: usize, part: &str) {
        let offence = check(learner, GIVEN).expect_err(learner);
        assert_eq!(offence.line, line, "{offence:?}");
        assert!(offence.message.contains(part), "{offence:?}");
    }

    #[test]
    fn ordinary_parts_are_allowed() {
        allowed("//! Header.\nuse std::io::{self, Write as _};\nuse mp::{Lock, Process};\n");
        allowed("use std::println;\nuse std::thread as t;\nuse std as s;\nuse std::*;\n");
        allowed("macro_rules! say { ($x:expr) => { println!(\"{}\", $x) } }\nfn f() { say!(1) }\n");
        allowed("thread_local! { static X: std::cell::Cell<u8> = panic!(\"{}\", vec![1][0]); }\n");
        allowed("mod mine { pub fn drop() {} pub struct Vec; pub fn main() {} }\nstruct S;\n");
        allowed("fn f() { fn main() {} let std = 1; macro_rules! println { () => {} } }\n");
        allowed("struct Option;\n"); // The given part does not use it.
    }

    #[test]
    fn macros_of_std_and_of_the_given_part_are_refused() {
        refused("\nmacro_rules! println { () => {} }\n", 2, "`println!`");
        refused("macro_rules! eprint { () => {} }\n", 1, "`eprint!`");
        refused("macro_rules! vec { () => {} }\n", 1, "`vec!`");
        refused("macro_rules! shout { () => {} }\n", 1, "`shout!`");
        refused(
            "mod m {\n#[macro_export]\nmacro_rules! println { () => {} } }\n",
            3,
            "`println!`",
        );
    }

    #[test]
    fn macros_that_define_them_are_refused() {
        refused(
            "macro_rules! d { () => { macro_rules! println { () => {} } } }\n",
            1,
            "`println!`",
        );
        let named = "macro_rules! d { ($n:ident) => { macro_rules! $n { () => {} } } }\n";
        refused(&format!("{named}d!(println);\n"), 2, "`println!`");
    }

    #[test]
    fn imports_that_shadow_are_refused() {
        refused("use std::eprintln as println;\n", 1, "`println!`");
        refused(
            "mod m { pub(crate) use say as println; }\nuse m::*;\n",
            1,
            "`println!`",
        );
        refused("use m::{a, b::println};\n", 1, "`println!`");
        refused("use m as std;\n", 1, "`std`");
        refused("use crate::m::mp;\n", 1, "`mp`");
        refused("extern crate core as std;\n", 1, "`std`");
    }

    #[test]
    fn definitions_of_what_the_given_part_names_are_refused() {
        refused("mod std { pub mod thread {} }\n", 1, "`std`");
        refused("mod m { pub mod mp {} }\nuse m::*;\n", 1, "`mp`");
        refused("struct Vec;\n", 1, "`Vec`");
        refused("\n\nfn drop<T>(_: T) {}\n", 3, "`drop`");
        refused("fn main() {}\n", 1, "`main`");
    }

    #[test]
    fn attributes_of_the_program_are_refused() {
        refused("//! Header.\n#![no_std]\n", 2, "`#![..]`");
        refused("#![allow(unused)]\n", 1, "`#![..]`");
    }

    #[test]
    fn unsafe_attributes_are_refused_wherever_they_are() {
        let refused = |text: &str| check_safe(text).expect_err(text).line;
        assert_eq!(refused("\n#[unsafe(naked)]\nextern \"C\" fn f() {}\n"), 2);
        assert_eq!(
            refused("macro_rules! m { () => { #[unsafe(no_mangle)] fn f() {} } }"),
            1
        );
        assert_eq!(
            refused("#[cfg_attr(all(), unsafe(no_mangle))] fn f() {}"),
            1
        );
        // The compiler says that better.
        assert_eq!(
            check_safe("fn f() { unsafe { g() } }\nunsafe fn g() {}\n"),
            Ok(())
        );
    }

    #[test]
    fn other_files_are_refused() {
        refused("mod other;\n", 1, "module");
        refused("include!(\"other.rs\");\n", 1, "another file");
    }

    #[test]
    fn what_reaches_into_the_given_part_is_refused() {
        refused("fn f() {}\n#[cfg(any())]\n", 2, "complete by itself");
        refused("#[macro_export]\n", 1, "complete by itself");
    }

    #[test]
    fn what_does_not_parse_is_left_to_the_compiler() {
        allowed("fn f( {\n");
        allowed("let x = 3;\n");
    }

    #[test]
    fn deep_nesting_does_not_exhaust_the_stack() {
        for (open, close) in [("(", ")"), ("!", ""), ("[", "]"), ("{", "}"), ("&", "")] {
            let depth = 20_000;
            let (open, close) = (open.repeat(depth), close.repeat(depth));
            allowed(&format!("fn f() {{ let _ = {open}1{close}; }}\n"));
        }
    }
}
