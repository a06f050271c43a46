//! Pages of documentation as Markdown. Pure.

use super::items::{Item, Kind, Library, Method};
use crate::message::doc as message;

/// All that there is, each with its first sentence.
pub fn overview(library: &Library) -> String {
    let mut page = format!("## mp\n\n{}\n", text(&library.doc));
    for (kind, title) in [
        (Kind::Struct, message::types()),
        (Kind::Function, message::functions()),
        (Kind::Trait, message::traits()),
    ] {
        page.push_str(&format!("### {title}\n\n"));
        for item in library.items.iter().filter(|item| item.kind == kind) {
            page.push_str(&format!(
                "- `{}`: {}\n",
                item.name,
                first_sentence(&item.doc)
            ));
        }
        page.push('\n');
    }
    page + &message::how_to_see_one()
}

/// An item with all its methods.
pub fn item(item: &Item) -> String {
    let mut page = format!("## mp::{}\n\n", item.name);
    page.push_str(&declared(&item.declared));
    page.push_str(&text(&item.doc));
    page.push('\n');
    if let Some(other) = &item.derefs_to {
        page.push_str(&message::methods_of(other));
    }
    // How to get one comes first.
    let (makers, others): (Vec<_>, Vec<_>) = item.methods.iter().partition(|it| it.is_associated);
    for method in makers.into_iter().chain(others) {
        page.push_str(&self::method(&item.name, method));
    }
    page
}

/// Methods of one name.
pub fn methods(methods: &[(&Item, usize)]) -> String {
    let pages = methods.iter().map(|(item, index)| {
        let name = &item.name;
        method(&format!("mp::{name}"), &item.methods[*index])
    });
    pages.collect()
}

fn method(of: &str, method: &Method) -> String {
    let heading = format!("### {of}::{}\n\n", method.name);
    format!(
        "{heading}{}{}\n",
        declared(&method.declared),
        text(&method.doc)
    )
}

fn declared(declared: &str) -> String {
    format!("```rust\n{declared}\n```\n\n")
}

/// A comment's text without what only rustdoc understands: links to names, lines of code that are hidden;
/// headings become the first words of what stands below them.
fn text(doc: &str) -> String {
    let mut text = String::new();
    let (mut in_code, mut heading) = (false, None);
    for line in doc.lines() {
        let fence = line.trim_start().starts_with("```");
        in_code ^= fence;
        let hidden = in_code && (line == "#" || line.starts_with("# "));
        match line.strip_prefix("# ").filter(|_| !in_code) {
            Some(title) => heading = Some(title),
            None if hidden => {}
            // Where a link of rustdoc's leads.
            None if !in_code && line.starts_with("[`") && line.contains("`]: ") => {}
            None if in_code || fence => text.push_str(&format!("{line}\n")),
            None => match heading.filter(|_| !line.is_empty()) {
                Some(title) => {
                    text.push_str(&format!("**{title}:** {}\n", without_links(line)));
                    heading = None;
                }
                None if heading.is_some() => {}
                None => text.push_str(&format!("{}\n", without_links(line))),
            },
        }
    }
    text
}

/// Links to names as the names alone: ``[`Queue`]``, ``[`Lock`](super::Lock)``.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else {
            break;
        };
        text.push_str(&format!("{before}`{name}`"));
        let target = after.strip_prefix('(').and_then(|it| it.split_once(')'));
        rest = target.map_or(after, |(_, after)| after);
    }
    text + rest
}

/// What a comment says first.
fn first_sentence(doc: &str) -> String {
    let text = text(doc);
    let paragraph: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_rustdoc_understands_is_told_plainly() {
        let doc = "A [`Queue`], see [`Lock`](super::Lock) and [b](c).\n\n# Panics\n\nWhen full.\n\n\
                   ```\n# use mp::Queue;\n#\nlet a = 1;\n```\n[`Queue`]: a.html";
        assert_eq!(
            text(doc),
            "A `Queue`, see `Lock` and [b](c).\n\n**Panics:** When full.\n\n```\nlet a = 1;\n```\n"
        );
        assert_eq!(first_sentence("A b\nc. More.\n\nElse."), "A b c.");
    }
}
