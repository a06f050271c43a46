//! The learner's part and the given part as two modules, so that nothing that the learner defines,
//! imports or implements means anything to the given part.
//!
//! ```text
//! main.rs      mod learner;  fn main() -> .. { learner::__given::main() }
//! program.rs   the learner's part;  mod __given;  use __given::{what is given};
//! given.rs     the given part;  mod __promised;  use __promised::{what the learner defines};
//! promised.rs  fn baker(bell: &Event) { learner::baker(bell) }   for each of these functions
//! ```
//!
//! Names in the given part are its own, those of std's prelude, and those that the exercise says
//! the learner defines: what the solution's part defines and the given part uses. Its macros are
//! called as `::std::println!`, since macros alone are in scope in modules further down. Functions
//! are called through the solution's signatures, so that they return what they should. As a child
//! of the learner's module the given part may use what is private there; what is private in the
//! given part is made visible to the crate, except inside a module of its own: there it hides what
//! a learner must neither change nor make up. Lines stay where they are in the learner's file.

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use serde::{Deserialize, Serialize};
use syn::spanned::Spanned;
use syn::{Fields, File, FnArg, Ident, ImplItem, Item, ItemFn, Pat, UseTree, Visibility};

/// What the crate's root consists of.
const ROOT: &str = "#[path = \"program.rs\"]\nmod learner;\n\
    fn main() -> impl ::std::process::Termination {\n    learner::__given::main()\n}\n";

/// The files of a program whose two parts are modules; `ROOT` is the one beside them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// `program.rs`
    pub learner: String,
    /// `given.rs`
    pub given: String,
    /// `promised.rs`
    pub promised: Promised,
}

/// The functions that the given part calls, with the signatures that it relies on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// Lines before the first function.
    head: String,
    /// A line for each function.
    functions: Vec<String>,
    signatures: Vec<String>,
}

impl Promised {
    /// The file's text.
    pub fn text(&self) -> String {
        let lines = self.functions.iter().map(|line| format!("{line}\n"));
        format!("{}\n{}", self.head, lines.collect::<String>())
    }

    /// The signatures of all, whatever their parameters are called.
    pub fn types(&self) -> Vec<String> {
        let nameless = |text: &String| {
            let mut signature: syn::Signature = syn::parse_str(text).ok()?;
            for input in &mut signature.inputs {
                if let FnArg::Typed(input) = input {
                    *input.pat = syn::parse_quote!(_);
                }
            }
            Some(signature.to_token_stream().to_string())
        };
        let all = self.signatures.iter();
        all.map(|text| nameless(text).unwrap_or_else(|| text.clone()))
            .collect()
    }

    /// The signature in this line of the text, from 1.
    pub fn signature(&self, line: u32) -> Option<&str> {
        let index = usize::try_from(line).ok()?.checked_sub(2)?;
        self.signatures.get(index).map(String::as_str)
    }
}

impl Apart {
    /// Writes the files into a folder of their own.
    ///
    /// # Errors
    ///
    /// When that is not possible.
    pub fn write(&self, folder: &Path) -> std::io::Result<()> {
        fs::create_dir(folder)?;
        fs::write(folder.join("main.rs"), ROOT)?;
        fs::write(folder.join("program.rs"), &self.learner)?;
        fs::write(folder.join("given.rs"), &self.given)?;
        fs::write(folder.join("promised.rs"), self.promised.text())
    }
}

/// Makes two modules of a learner's part and the two parts of the solution.
///
/// # Errors
///
/// When the solution does not parse.
pub fn apart(learner: &str, solution: &str, given: &str) -> syn::Result<Apart> {
    let (own, file) = (syn::parse_file(solution)?, syn::parse_file(given)?);
    let used = free_names(file.to_token_stream());
    let promised = promised(&own, &used);
    let marker = learner.lines().count() + 1;
    let imports = names(&own.items, |item| {
        !matches!(item, Item::Fn(_) | Item::Use(_))
    });
    let imports: Vec<String> = imports.into_iter().filter(|it| used.contains(it)).collect();
    let head = format!(
        "#[path = \"promised.rs\"] mod __promised; use __promised::*; use super::{{{}}};",
        imports.join(", ")
    );
    let mut edits = Vec::new();
    show_items(&file.items, &mut edits);
    call_std(file.to_token_stream(), &macros(&file), &mut edits);
    Ok(Apart {
        learner: format!(
            "{}const _: () = (); #[path = \"given.rs\"] pub(crate) mod __given; \
             use self::__given::{{{}}};\n",
            rooted(learner),
            names(&file.items, |_| true).join(", ")
        ),
        given: format!("{head}{}{}", "\n".repeat(marker), edited(given, edits)),
        promised,
    })
}

/// A text to put in the place of a stretch of bytes.
pub type Edit = (Range<usize>, String);

/// The text with these in place of its stretches.
pub fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| range.start);
    let mut all = String::with_capacity(2 * text.len());
    let mut done = 0;
    for (range, new) in edits {
        all.push_str(&text[done..range.start]);
        all.push_str(&new);
        done = range.end;
    }
    all + &text[done..]
}

fn before(span: Span, new: &str) -> Edit {
    let start = span.byte_range().start;
    (start..start, new.to_owned())
}

/// The names that items define or import, as far as this holds of the item.
fn names(items: &[Item], of: impl Fn(&Item) -> bool) -> Vec<String> {
    let mut names = BTreeSet::new();
    for item in items.iter().filter(|item| of(item)) {
        let ident = match item {
            Item::Const(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Fn(item) => &item.sig.ident,
            Item::Mod(item) => &item.ident,
            Item::Static(item) => &item.ident,
            Item::Struct(item) => &item.ident,
            Item::Trait(item) => &item.ident,
            Item::Type(item) => &item.ident,
            Item::Union(item) => &item.ident,
            Item::Use(item) => {
                imported(&item.tree, None, &mut names);
                continue;
            }
            _ => continue,
        };
        names.insert(ident.to_string());
    }
    names.remove("_");
    names.into_iter().collect()
}

fn imported(tree: &UseTree, of: Option<&Ident>, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, Some(&path.ident), names),
        UseTree::Group(group) => group.items.iter().for_each(|it| imported(it, of, names)),
        UseTree::Name(name) => {
            let name = of.filter(|_| name.ident == "self").unwrap_or(&name.ident);
            names.insert(name.to_string());
        }
        UseTree::Rename(name) => drop(names.insert(name.rename.to_string())),
        UseTree::Glob(_) => {}
    }
}

/// All names in the tokens that are no fields, no methods, and not inside a path.
fn free_names(tokens: TokenStream) -> BTreeSet<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut names = BTreeSet::new();
    for (index, token) in tokens.iter().enumerate() {
        let is = |back: usize, mark| is_punct(index.checked_sub(back).map(|it| &tokens[it]), mark);
        match token {
            TokenTree::Group(group) => names.extend(free_names(group.stream())),
            TokenTree::Ident(ident) => {
                let in_a_path = is(1, ':') && is(2, ':') || is(1, '.') && !is(2, '.');
                if !in_a_path {
                    names.insert(ident.to_string());
                }
            }
            _ => {}
        }
    }
    names
}

/// Functions with the solution's signatures, each of which calls the learner's.
fn promised(own: &File, used: &BTreeSet<String>) -> Promised {
    let uses = own.items.iter().filter(|it| matches!(it, Item::Use(_)));
    let uses = uses.map(|it| it.to_token_stream().to_string());
    let functions = own.items.iter().filter_map(|item| match item {
        Item::Fn(function) if used.contains(&function.sig.ident.to_string()) => Some(function),
        _ => None,
    });
    let functions: Vec<&ItemFn> = functions.collect();
    Promised {
        head: uses.collect::<Vec<_>>().join(" ") + " use super::*;",
        functions: functions.iter().map(|function| calls(function)).collect(),
        signatures: functions.iter().map(|it| signature(it)).collect(),
    }
}

fn calls(function: &ItemFn) -> String {
    let signature = function.sig.to_token_stream();
    let arguments = function.sig.inputs.iter().map(|input| match input {
        FnArg::Typed(input) => match &*input.pat {
            Pat::Ident(pattern) => pattern.ident.to_string(),
            other => other.to_token_stream().to_string(),
        },
        FnArg::Receiver(_) => "self".to_owned(),
    });
    let arguments: Vec<String> = arguments.collect();
    let name = &function.sig.ident;
    format!(
        "pub(super) {signature} {{ super::super::{name}({}) }}",
        arguments.join(", ")
    )
}

/// A function's signature as it is written, in one line.
fn signature(function: &ItemFn) -> String {
    let text = function.sig.span().source_text().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes what is private visible to the crate.
fn show_items(items: &[Item], edits: &mut Vec<Edit>) {
    for item in items {
        match item {
            // What is private inside is so for the rest of the given part, too.
            Item::Mod(module) => show(&module.vis, module, edits),
            Item::Struct(item) => {
                show(&item.vis, item, edits);
                show_fields(&item.fields, edits);
            }
            Item::Impl(block) if block.trait_.is_none() => show_methods(&block.items, edits),
            Item::Const(it) => show(&it.vis, it, edits),
            Item::Enum(it) => show(&it.vis, it, edits),
            Item::Fn(it) => show(&it.vis, it, edits),
            Item::Static(it) => show(&it.vis, it, edits),
            Item::Trait(it) => show(&it.vis, it, edits),
            Item::Type(it) => show(&it.vis, it, edits),
            Item::Use(it) => show(&it.vis, it, edits),
            _ => {}
        }
    }
}

fn show_fields(fields: &Fields, edits: &mut Vec<Edit>) {
    fields.iter().for_each(|it| show(&it.vis, it, edits));
}

fn show_methods(items: &[ImplItem], edits: &mut Vec<Edit>) {
    for item in items {
        match item {
            ImplItem::Const(it) => show(&it.vis, it, edits),
            ImplItem::Fn(it) => show(&it.vis, it, edits),
            _ => {}
        }
    }
}

fn show(visibility: &Visibility, item: &impl ToTokens, edits: &mut Vec<Edit>) {
    if !matches!(visibility, Visibility::Inherited) {
        return;
    }
    let mut tokens = item.to_token_stream().into_iter().peekable();
    let is_hash = |token: &TokenTree| matches!(token, TokenTree::Punct(it) if it.as_char() == '#');
    // An attribute is a `#` and a group.
    while tokens.next_if(is_hash).is_some() {
        tokens.next();
    }
    if let Some(first) = tokens.next() {
        edits.push(before(first.span(), "pub(crate) "));
    }
}

/// The macros that a file defines.
fn macros(file: &File) -> BTreeSet<String> {
    let defined = file.items.iter().filter_map(|item| match item {
        Item::Macro(item) => item.ident.as_ref(),
        _ => None,
    });
    defined.map(ToString::to_string).collect()
}

/// Has each macro that is called by its mere name called as std's.
fn call_std(tokens: TokenStream, own: &BTreeSet<String>, edits: &mut Vec<Edit>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => call_std(group.stream(), own, edits),
            TokenTree::Ident(ident) => {
                // A keyword may stand before a `!` and parentheses, too.
                let called = is_punct(tokens.get(index + 1), '!')
                    && matches!(tokens.get(index + 2), Some(TokenTree::Group(_)))
                    && syn::parse_str::<Ident>(&ident.to_string()).is_ok();
                let in_a_path = index > 0 && is_punct(tokens.get(index - 1), ':');
                if called && !in_a_path && !own.contains(&ident.to_string()) {
                    edits.push(before(ident.span(), "::std::"));
                }
            }
            _ => {}
        }
    }
}

/// A text whose paths from the crate's root begin at the learner's module, as that is the root of
/// the file that the learner has.
fn rooted(learner: &str) -> String {
    let mut edits = Vec::new();
    // What is no sequence of tokens is left to the compiler, whose messages are better.
    if let Ok(tokens) = learner.parse() {
        from_the_root(tokens, &mut edits);
    }
    edits.retain(|(range, _)| learner.get(range.clone()) == Some("crate"));
    edited(learner, edits)
}

fn from_the_root(tokens: TokenStream, edits: &mut Vec<Edit>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => from_the_root(group.stream(), edits),
            TokenTree::Ident(ident) if ident == "crate" && is_punct(tokens.peek(), ':') => {
                edits.push((ident.span().byte_range(), "crate::learner".to_owned()));
            }
            _ => {}
        }
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOLUTION: &str = "//! Header.\nuse std::io;\nuse mp::{Child, Process};\n\
        type Bun = u32;\n\n/// Hires.\nfn hire(name: &str, mut buns: Bun) -> io::Result<Child> {\n    helper()\n}\n\
        fn helper() {}\n";
    const GIVEN: &str = "/// A kitchen.\n#[derive(Clone)]\nstruct Kitchen { dough: u32 }\n\
        impl Kitchen {\n    fn bake(&self) { if !(self.helper()) { println!(\"{}\", format!(\"\")) } }\n}\n\
        fn main() -> std::io::Result<()> {\n    let bun: Bun = 3;\n    hire(\"ada\", bun)?; Ok(())\n}\n";

    #[test]
    fn what_is_private_in_a_module_of_the_given_part_stays_private() {
        let given = "use ring::Ring;\nmod ring {\n    pub struct Ring { head: u32 }\n    \
            impl Ring {\n        fn of(head: u32) -> Ring { Ring { head } }\n    }\n}\nfn main() {}\n";
        let apart = apart("fn take() {}\n", "fn take() {}\n", given).expect("parses");
        assert!(
            apart
                .learner
                .contains("use self::__given::{Ring, main, ring};"),
            "{}",
            apart.learner
        );
        assert!(
            apart.given.contains("pub(crate) mod ring {"),
            "{}",
            apart.given
        );
        assert!(
            apart.given.contains("pub struct Ring { head: u32 }"),
            "{}",
            apart.given
        );
        assert!(
            apart.given.contains("        fn of(head: u32)"),
            "{}",
            apart.given
        );
    }

    #[test]
    fn each_part_sees_what_is_listed_and_nothing_else() {
        let learner = "//! Header.\nuse crate::Kitchen;\n";
        let apart = apart(learner, SOLUTION, GIVEN).expect("parses");
        let end = "const _: () = (); #[path = \"given.rs\"] pub(crate) mod __given; \
            use self::__given::{Kitchen, main};\n";
        let above = "//! Header.\nuse crate::learner::Kitchen;\n";
        assert_eq!(apart.learner, format!("{above}{end}"));
        // The given part begins in the line below the marker's.
        assert_eq!(apart.given.lines().nth(3), Some("/// A kitchen."));
        insta::assert_snapshot!(apart.given, @r#"
        #[path = "promised.rs"] mod __promised; use __promised::*; use super::{Bun};


        /// A kitchen.
        #[derive(Clone)]
        pub(crate) struct Kitchen { pub(crate) dough: u32 }
        impl Kitchen {
            pub(crate) fn bake(&self) { if !(self.helper()) { ::std::println!("{}", ::std::format!("")) } }
        }
        pub(crate) fn main() -> std::io::Result<()> {
            let bun: Bun = 3;
            hire("ada", bun)?; Ok(())
        }
        "#);
        insta::assert_snapshot!(apart.promised.text(), @"
        use std :: io ; use mp :: { Child , Process } ; use super::*;
        pub(super) fn hire (name : & str , mut buns : Bun) -> io :: Result < Child > { super::super::hire(name, buns) }
        ");
        let signature = "fn hire(name: &str, mut buns: Bun) -> io::Result<Child>";
        assert_eq!(apart.promised.signature(2), Some(signature));
    }
}
