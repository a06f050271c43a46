//! What a learner's part may not define again: the names and macros that the given part uses.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Ident, Item, ItemMacro, UseTree};

use super::{Offence, at};
use crate::message::source as message;

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

/// What the given part needs to be left alone.
pub struct Rules {
    macros: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Rules {
    /// What a given part uses.
    pub fn of(given: &str) -> Rules {
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

    /// Refuses items that redefine any of it; `top`: they are not inside a module.
    pub fn check_items(&self, items: &[Item], top: bool) -> Result<(), Offence> {
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
        match reserved {
            true => Err(self.redefined(ident)),
            false => Ok(()),
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
