//! The text of the course as pages for the browser, which need nothing else: a page a section, with the
//! schedules of the mistakes that the text tells of.
//!
//! A mistake stands in the text as a comment that says how the program above it is to be changed, which
//! other readers of Markdown do not show.

mod mistake;

use pulldown_cmark::{Options, Parser};
use serde::Serialize;

use crate::message;
use crate::report::template;

pub use mistake::{Mistake, mistakes};

const TEMPLATE: &str = include_str!("book.html");
const FIGURE: &str = include_str!("figure.html");
const STYLE: &str = include_str!("book.css");
/// The first page.
pub const INDEX: &str = "index.html";

/// A section of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section<'a> {
    /// The name of its page's file, without the ending.
    pub name: String,
    /// Its title.
    pub title: &'a str,
    /// Its text.
    pub text: &'a str,
}

impl<'a> Section<'a> {
    /// A section of this title: `05 Locks` is on the page `05`, `The words` on `the-words`.
    pub fn new(title: &'a str, text: &'a str) -> Section<'a> {
        let first = title.split(' ').next().unwrap_or_default();
        let is_number = !first.is_empty() && first.bytes().all(|it| it.is_ascii_digit());
        let kept = if is_number { first } else { title };
        let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
        Section {
            name: kept.to_lowercase().chars().map(plain).collect(),
            title,
            text,
        }
    }
}

/// A mistake whose schedule there is a page of.
pub struct Shown {
    /// The mistake.
    pub mistake: Mistake,
    /// What is wrong with it, in a line.
    pub found: String,
    /// The file of the schedule's page, from the folder of the book.
    pub page: String,
}

#[derive(Serialize)]
struct Page<'a> {
    style: &'a str,
    hash: String,
    title: &'a str,
    book: &'a str,
    body: String,
    links: Vec<Link<'a>>,
    before: Option<Link<'a>>,
    after: Option<Link<'a>>,
}

#[derive(Clone, Serialize)]
struct Link<'a> {
    file: String,
    title: &'a str,
    here: bool,
}

/// The pages, each with the name of its file: what stands before the first section, then the sections.
///
/// # Errors
///
/// When a template does not fit its values, which a test excludes.
pub fn pages(
    title: &str,
    begin: &str,
    sections: &[Section],
    shown: &[Shown],
) -> anyhow::Result<Vec<(String, String)>> {
    let mut texts = vec![(INDEX.to_owned(), title, begin.to_owned())];
    for section in sections {
        let text = with_figures(section, shown)?;
        texts.push((format!("{}.html", section.name), section.title, text));
    }
    let link = |(file, title, _): &(String, &'_ str, String)| (file.clone(), (*title).to_owned());
    let all: Vec<(String, String)> = texts.iter().map(link).collect();
    let mut pages = Vec::new();
    for (number, (file, page_title, text)) in texts.iter().enumerate() {
        let link = |at: usize| {
            all.get(at).map(|(file, title)| Link {
                file: file.clone(),
                title,
                here: at == number,
            })
        };
        let page = Page {
            style: STYLE,
            hash: template::hash(STYLE),
            title: page_title,
            book: title,
            body: html(text),
            links: (0..all.len()).filter_map(link).collect(),
            before: number.checked_sub(1).and_then(link),
            after: link(number + 1),
        };
        pages.push((
            file.clone(),
            template::render("book.html", TEMPLATE, &page)?,
        ));
    }
    Ok(pages)
}

/// Markdown as HTML.
fn html(markdown: &str) -> String {
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    html
}

/// The text of a section, with a figure in the place of each mistake.
fn with_figures(section: &Section, shown: &[Shown]) -> anyhow::Result<String> {
    let mut text = section.text.to_owned();
    for shown in shown {
        let figure = Figure {
            caption: &shown.mistake.caption,
            found: &shown.found,
            page: &shown.page,
            hint: message::book::how_to_go_through(),
            changes: &shown.mistake.changes,
        };
        let figure = template::render("figure.html", FIGURE, &figure)?;
        text = text.replace(&shown.mistake.comment, &format!("\n{figure}\n"));
    }
    Ok(text)
}

#[derive(Serialize)]
struct Figure<'a> {
    caption: &'a str,
    found: &'a str,
    page: &'a str,
    hint: &'a str,
    changes: &'a [mistake::Change],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_the_number_of_its_section_or_by_its_title() {
        assert_eq!(Section::new("05 Locks", "").name, "05");
        assert_eq!(Section::new("The words", "").name, "the-words");
    }

    #[test]
    fn pages_follow_each_other_and_what_the_course_says_is_no_markup() {
        let sections = [
            Section::new("01 A", "## 01 A\n\n`<b>`\n"),
            Section::new("02 B", "## 02 B\n"),
        ];
        let pages = pages("T & U", "# T\n", &sections, &[]).expect("fits");
        let names: Vec<&str> = pages.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["index.html", "01.html", "02.html"]);
        assert!(
            pages[1].1.contains("<code>&lt;b&gt;</code>"),
            "{}",
            pages[1].1
        );
        assert!(pages[1].1.contains("T &amp; U"));
        assert!(pages[1].1.contains("href=\"02.html\""));
        assert!(!pages[2].1.contains("rel=\"next\""));
    }
}
