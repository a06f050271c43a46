//! The programs that lie in a folder.

use std::io;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// Where cargo and editors put what nobody wrote.
const PASSED_OVER: &str = "target";

/// What lies in a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Full paths of files with a main function, sorted.
    pub programs: Vec<PathBuf>,
    /// How many other files of Rust there are.
    pub without_main: usize,
}

/// Looks through a folder and all below it, but for hidden ones and those that cargo builds in.
///
/// # Errors
///
/// When one of them cannot be listed.
pub fn below(folder: &Path) -> io::Result<Found> {
    let mut found = Found::default();
    let mut folders = vec![std::path::absolute(folder)?];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name());
            let hidden = name.to_string_lossy().starts_with('.') || name == PASSED_OVER;
            // A link may lead to a folder above.
            let kind = entry.file_type()?;
            if kind.is_dir() && !hidden {
                folders.push(path);
            } else if kind.is_file() && path.extension().is_some_and(|it| it == "rs") {
                match has_main(&path) {
                    true => found.programs.push(path),
                    false => found.without_main += 1,
                }
            }
        }
    }
    found.programs.sort();
    Ok(found)
}

/// Whether a file has a main function. What cannot be read or parsed is left to whoever compiles it.
fn has_main(file: &Path) -> bool {
    let Ok(text) = std::fs::read_to_string(file) else {
        return true;
    };
    let Ok(tokens) = text.parse::<TokenStream>() else {
        return true;
    };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |token: &TokenTree, word: &str| matches!(token, TokenTree::Ident(it) if it == word);
    tokens
        .windows(2)
        .any(|pair| is(&pair[0], "fn") && is(&pair[1], "main"))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn programs_are_found_below_a_folder_and_modules_are_counted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        };
        write("b.rs", "fn main() {}");
        write("deep/a.rs", "// first\nfn main() {}");
        write("deep/module.rs", "pub fn f() { fn main() {} }");
        write("target/built.rs", "fn main() {}");
        write(".hidden/x.rs", "fn main() {}");
        write("text.md", "fn main() {}");
        let found = below(folder.path()).expect("listed");
        let names = found
            .programs
            .iter()
            .map(|it| it.strip_prefix(folder.path()));
        let names: Vec<_> = names.flatten().map(|it| it.display().to_string()).collect();
        assert_eq!(names, ["b.rs", "deep/a.rs"]);
        assert_eq!(found.without_main, 1);
    }
}
