//! `course doc`: the documentation of `mp` in the terminal, made from the sources in the command, or in the
//! browser, made by rustdoc.

mod browser;
mod expand;
mod items;
mod page;

use self::items::{Item, Library};
use crate::commands::init::embedded;
use crate::course::workspace::Workspace;
use crate::message::doc as message;
use crate::options::DocOptions;
use crate::report::markdown;
use crate::support::exit_code::{ExitCode, UsageError, usage};
use crate::support::{pager, terminal};

/// Where the sources of `mp` lie.
const SOURCES: &str = "checker/mp/src/";
/// Names that are not like it are not meant.
const FAR: usize = 3;

/// What a word stands for.
enum Meaning<'a> {
    /// The library.
    All,
    /// A type, a trait or a function.
    Item(&'a Item),
    /// Methods of this name, each with its type.
    Methods(Vec<(&'a Item, usize)>),
}

/// Shows what was asked for.
///
/// # Errors
///
/// A [`UsageError`] where nothing has that name; also when the text cannot be printed, or the page in the
/// browser not be made.
pub fn run(options: &DocOptions) -> anyhow::Result<ExitCode> {
    let library = Library::read(embedded::sources(SOURCES))?;
    let word = options.word.as_deref().unwrap_or_default();
    let Some(meaning) = find(&library, word) else {
        return Err(UsageError(unknown(&library, word)).into());
    };
    if options.open {
        let workspace = Workspace::find().map_err(usage)?;
        return browser::open(&workspace, &page_name(&meaning));
    }
    let text = match meaning {
        Meaning::All => page::overview(&library),
        Meaning::Item(item) => page::item(item),
        Meaning::Methods(methods) => page::methods(&methods),
    };
    pager::show(&markdown::render(&text, terminal::width()))?;
    Ok(ExitCode::Passed)
}

/// What is meant: `Queue`, `mp::Queue`, `Queue::get`, `Queue.get`, `get`, whatever the case of its letters.
fn find<'a>(library: &'a Library, word: &str) -> Option<Meaning<'a>> {
    let word = word.trim().trim_end_matches("()").replace('.', "::");
    let word = word.strip_prefix("mp::").unwrap_or(&word);
    if word.is_empty() || word == "mp" {
        return Some(Meaning::All);
    }
    let (of, name) = word.rsplit_once("::").unwrap_or(("", word));
    named(library, (of, name), &|a, b| a == b)
        .or_else(|| named(library, (of, name), &str::eq_ignore_ascii_case))
}

/// What has this name, and lies in an item of that one, if one is told.
fn named<'a>(
    library: &'a Library,
    (of, name): (&str, &str),
    same: &dyn Fn(&str, &str) -> bool,
) -> Option<Meaning<'a>> {
    let item = library.items.iter().find(|item| same(&item.name, name));
    if let Some(item) = item.filter(|_| of.is_empty()) {
        return Some(Meaning::Item(item));
    }
    let mut methods = Vec::new();
    for item in library
        .items
        .iter()
        .filter(|item| of.is_empty() || same(&item.name, of))
    {
        let own = item.methods.iter().enumerate();
        let own = own.filter(|(_, method)| same(&method.name, name));
        methods.extend(own.map(|(index, _)| (item, index)));
        // What the methods of another type are reached by.
        let other = item.derefs_to.as_ref().filter(|_| !of.is_empty());
        if let Some(other) = other
            && let Some(Meaning::Methods(more)) = named(library, (other, name), same)
        {
            methods.extend(more);
        }
    }
    (!methods.is_empty()).then_some(Meaning::Methods(methods))
}

/// What to say where nothing has that name: what is like it, or has it in its name.
fn unknown(library: &Library, word: &str) -> String {
    let bare = word
        .rsplit(['.', ':'])
        .next()
        .unwrap_or(word)
        .to_lowercase();
    let names = library.names();
    let holds = |name: &&String| {
        let last = name.rsplit("::").next().unwrap_or(name);
        bare.len() > 2 && last.to_lowercase().contains(&bare)
    };
    let mut like: Vec<&String> = names.iter().filter(holds).collect();
    if like.is_empty() {
        let far = |name: &str| {
            let last = name.rsplit("::").next().unwrap_or(name).to_lowercase();
            strsim::osa_distance(&last, &bare)
        };
        let nearest = names
            .iter()
            .map(|name| far(name))
            .min()
            .unwrap_or(usize::MAX);
        let is_near = nearest < FAR.min(bare.len());
        like.extend(names.iter().filter(|name| is_near && far(name) == nearest));
    }
    message::unknown(word, &like)
}

/// The page of rustdoc, below its folder.
fn page_name(meaning: &Meaning) -> String {
    match meaning {
        Meaning::All => "index.html".to_owned(),
        Meaning::Item(item) => item.page(),
        Meaning::Methods(methods) => {
            let first = methods.first().map(|(item, index)| {
                let method = &item.methods[*index];
                let kind = if item.is_trait() {
                    "tymethod"
                } else {
                    "method"
                };
                let kind = if method.is_provided { "method" } else { kind };
                format!("{}#{kind}.{}", item.page(), method.name)
            });
            first.unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests;
