//! The sources of the checker as tokens, without what is compiled only for tests.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The source files below a folder, but for those of tests.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder of the checker") {
        let path = entry.expect("a readable folder").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else if path.extension().is_some_and(|it| it == "rs") && !is_for_tests(&path, &name) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Whether a file is compiled only for tests: what declares it says so.
fn is_for_tests(path: &Path, name: &str) -> bool {
    let folder = path.parent().expect("in a folder");
    let parent = ["mod.rs", "lib.rs"].map(|name| folder.join(name));
    let declared = parent
        .iter()
        .filter_map(|it| std::fs::read_to_string(it).ok());
    let for_tests = ["pub mod", "pub(crate) mod", "mod"]
        .map(|declares| format!("#[cfg(test)]\n{declares} {name};"));
    let is_declared = |text: String| for_tests.iter().any(|it| text.contains(it));
    name.ends_with("tests") || declared.into_iter().any(is_declared)
}

/// Tokens without what is compiled only for tests.
pub fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        if token.to_string() == "[cfg (test)]" {
            let ends = |it: &TokenTree| match it {
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Punct(mark) => mark.as_char() == ';',
                _ => false,
            };
            tokens.by_ref().find(ends);
        } else {
            kept.push(token);
        }
    }
    kept
}
