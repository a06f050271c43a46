//! What `mp` offers, read from its sources: types, traits and functions, each with its documentation.

use anyhow::Context;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, FnArg, ImplItem, Lit, Meta, Signature, TraitItem, UseTree, Visibility};

use super::expand;

/// A library.
pub struct Library {
    /// What is said about it as a whole.
    pub doc: String,
    /// What it offers, in the order of the alphabet.
    pub items: Vec<Item>,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Function,
    Struct,
    Trait,
}

/// A type, a trait or a function.
pub struct Item {
    pub kind: Kind,
    pub name: String,
    /// As it is declared.
    pub declared: String,
    pub doc: String,
    pub methods: Vec<Method>,
    /// The type whose methods it has as well.
    pub derefs_to: Option<String>,
}

/// A function of a type.
pub struct Method {
    pub name: String,
    pub declared: String,
    pub doc: String,
    /// Whether it is called without a value of the type: `Queue::new`.
    pub is_associated: bool,
    /// Whether a trait has it already for all types.
    pub is_provided: bool,
}

impl Library {
    /// Reads the sources: paths and texts, of which one is `lib.rs`.
    ///
    /// # Errors
    ///
    /// When one of them cannot be understood.
    pub fn read<'a>(sources: impl Iterator<Item = (&'a str, &'a str)>) -> anyhow::Result<Library> {
        let mut doc = String::new();
        let mut offered = Vec::new();
        let mut all = Vec::new();
        for (path, text) in sources {
            let file = syn::parse_file(text).with_context(|| format!("failed to read {path}"))?;
            if path.ends_with("src/lib.rs") {
                doc = documentation(&file.attrs);
                file.items
                    .iter()
                    .for_each(|item| re_exported(item, &mut offered));
            }
            all.extend(expand::expanded(file.items));
        }
        let mut items: Vec<Item> = all.iter().filter_map(Item::read).collect();
        items.retain(|item| offered.contains(&item.name));
        for item in &all {
            if let syn::Item::Impl(block) = item {
                add_methods(block, &mut items);
            }
        }
        items.sort_by_cached_key(|item| item.name.to_lowercase());
        Ok(Library { doc, items })
    }

    /// The names of all items, and of all their methods.
    pub fn names(&self) -> Vec<String> {
        let mut names = Vec::new();
        for item in &self.items {
            names.push(item.name.clone());
            let methods = item.methods.iter();
            names.extend(methods.map(|method| format!("{}::{}", item.name, method.name)));
        }
        names
    }
}

impl Item {
    fn read(item: &syn::Item) -> Option<Item> {
        let (kind, name, declared, attributes, methods) = match item {
            syn::Item::Fn(it) if is_public(&it.vis) => {
                let name = it.sig.ident.to_string();
                (Kind::Function, name, source(&it.sig), &it.attrs, Vec::new())
            }
            syn::Item::Struct(it) if is_public(&it.vis) => {
                let name = it.ident.to_string();
                let declared = format!("struct {name}{}", source(&it.generics));
                (Kind::Struct, name, declared, &it.attrs, Vec::new())
            }
            syn::Item::Trait(it) if is_public(&it.vis) => {
                let name = it.ident.to_string();
                let declared = format!("trait {name}{}", source(&it.generics));
                let methods = it.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(it) if !is_hidden(&it.attrs) => {
                        let provided = it.default.is_some();
                        Some(Method::read(&it.sig, &it.attrs, provided))
                    }
                    _ => None,
                });
                (Kind::Trait, name, declared, &it.attrs, methods.collect())
            }
            _ => return None,
        };
        Some(Item {
            kind,
            name,
            declared,
            doc: documentation(attributes),
            methods,
            derefs_to: None,
        })
    }

    /// Whether it is a trait.
    pub fn is_trait(&self) -> bool {
        self.kind == Kind::Trait
    }

    /// The name of its page of rustdoc.
    pub fn page(&self) -> String {
        let kind = match self.kind {
            Kind::Function => "fn",
            Kind::Struct => "struct",
            Kind::Trait => "trait",
        };
        format!("{kind}.{}.html", self.name)
    }
}

impl Method {
    fn read(signature: &Signature, attributes: &[Attribute], is_provided: bool) -> Method {
        Method {
            name: signature.ident.to_string(),
            declared: source(signature),
            doc: documentation(attributes),
            is_associated: !matches!(signature.inputs.first(), Some(FnArg::Receiver(_))),
            is_provided,
        }
    }
}

/// The names that `pub use` offers.
fn re_exported(item: &syn::Item, names: &mut Vec<String>) {
    fn collect(tree: &UseTree, names: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => collect(&path.tree, names),
            UseTree::Group(group) => group.items.iter().for_each(|it| collect(it, names)),
            UseTree::Name(name) => names.push(name.ident.to_string()),
            UseTree::Rename(name) => names.push(name.rename.to_string()),
            UseTree::Glob(_) => {}
        }
    }
    match item {
        syn::Item::Use(it) if is_public(&it.vis) => collect(&it.tree, names),
        _ => {}
    }
}

/// Adds the public methods of a block to its type.
fn add_methods(block: &syn::ItemImpl, items: &mut [Item]) {
    let syn::Type::Path(path) = &*block.self_ty else {
        return;
    };
    let name = path.path.segments.last().map(|it| it.ident.to_string());
    let Some(item) = items.iter_mut().find(|it| Some(&it.name) == name.as_ref()) else {
        return;
    };
    for inner in &block.items {
        match (inner, &block.trait_) {
            (ImplItem::Fn(it), None) if is_public(&it.vis) && !is_hidden(&it.attrs) => {
                item.methods.push(Method::read(&it.sig, &it.attrs, false));
            }
            (ImplItem::Type(target), Some(_)) if target.ident == "Target" => {
                if let syn::Type::Path(path) = &target.ty {
                    let name = path.path.segments.last();
                    item.derefs_to = name.map(|it| it.ident.to_string());
                }
            }
            _ => {}
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether it is public for the compiler alone.
fn is_hidden(attributes: &[Attribute]) -> bool {
    let hides = |attribute: &Attribute| {
        let words = attribute.parse_args::<syn::Ident>();
        attribute.path().is_ident("doc") && words.is_ok_and(|word| word == "hidden")
    };
    attributes.iter().any(hides)
}

/// How something stands in the source, in one line.
fn source(of: &impl Spanned) -> String {
    let text = of.span().source_text().unwrap_or_default();
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    // What stood in several lines ends with a comma.
    text.replace("( ", "(").replace(", )", ")")
}

/// The documentation, as Markdown.
fn documentation(attributes: &[Attribute]) -> String {
    let mut lines = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Some(text) = literal(&pair.value)
        {
            for line in text.split('\n') {
                lines.push(line.strip_prefix(' ').unwrap_or(line).to_owned());
            }
        }
    }
    lines.join("\n")
}

/// The text of a literal, or of several that `concat!` joins.
fn literal(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Lit(it) => match &it.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        Expr::Group(it) => literal(&it.expr),
        Expr::Macro(it) if it.mac.path.is_ident("concat") => {
            let parts = it.mac.parse_body_with(
                syn::punctuated::Punctuated::<Expr, syn::Token![,]>::parse_terminated,
            );
            parts.ok()?.iter().map(literal).collect()
        }
        _ => None,
    }
}
