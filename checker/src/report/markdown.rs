//! Markdown as text for the terminal: wrapped, with colours where the terminal shows them.

use anstyle::{AnsiColor, Style};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::message::plain;

const CODE: Style = AnsiColor::Cyan.on_default();
const STRONG: Style = Style::new().bold();
const EMPHASIS: Style = Style::new().italic();
const HEADING: Style = AnsiColor::Green.on_default().bold();

/// The text, at most this wide, code excepted.
pub fn render(markdown: &str, width: usize) -> String {
    let mut page = Page {
        width,
        ..Page::default()
    };
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.add(event);
    }
    page.text
}

/// The page so far.
#[derive(Default)]
struct Page {
    width: usize,
    text: String,
    /// The words of the paragraph that is being read, styled.
    words: Vec<String>,
    /// Whether the next piece of text belongs to the word before it.
    glued: bool,
    style: Option<Style>,
    in_code: bool,
    /// For each list that is open, the number of its next item, if it is numbered.
    lists: Vec<Option<u64>>,
    /// What stands before the first line of the item.
    bullet: Option<String>,
    /// The rows of a table, each cell styled.
    rows: Vec<Vec<String>>,
}

impl Page {
    fn add(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => {
                for line in text.lines() {
                    let line = plain::line(&line.replace('\t', "    "));
                    self.text.push_str(&match line.trim() {
                        "" => "\n".to_owned(),
                        _ => format!("    {CODE}{line}{CODE:#}\n"),
                    });
                }
            }
            Event::Text(text) => self.words(&text, self.style),
            Event::Code(code) => self.words(&code, Some(CODE)),
            Event::SoftBreak | Event::HardBreak => self.glued = false,
            Event::Rule => self.text.push_str("---\n\n"),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { .. } => self.style = Some(HEADING),
            Tag::Strong => self.style = Some(STRONG),
            Tag::Emphasis => self.style = Some(EMPHASIS),
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::List(first) => {
                self.flush();
                self.lists.push(*first);
            }
            Tag::Item => self.item(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                self.style = None;
                self.flush();
                if level <= HeadingLevel::H2 {
                    self.text.push('\n');
                }
                self.text.push('\n');
            }
            TagEnd::Strong | TagEnd::Emphasis => self.style = None,
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.text.push('\n');
            }
            TagEnd::Paragraph => {
                self.flush();
                if self.lists.is_empty() {
                    self.text.push('\n');
                }
            }
            TagEnd::Item => self.flush(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.text.push('\n');
                }
            }
            TagEnd::TableCell => self.cell(),
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    /// Adds the words of a text to the paragraph.
    fn words(&mut self, text: &str, style: Option<Style>) {
        let mut glued = self.glued && !text.starts_with(' ');
        for word in text.split_whitespace() {
            let word = plain::line(word);
            let styled = match style {
                Some(style) => format!("{style}{word}{style:#}"),
                None => word,
            };
            match self.words.last_mut().filter(|_| glued) {
                Some(last) => last.push_str(&styled),
                None => self.words.push(styled),
            }
            glued = false;
        }
        self.glued = !text.ends_with(' ');
    }

    fn item(&mut self) {
        let indent = "  ".repeat(self.lists.len());
        let bullet = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{indent}{}. ", *number - 1)
            }
            _ => format!("{indent}- "),
        };
        self.bullet = Some(bullet);
    }

    /// Writes the paragraph, wrapped.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.glued = false;
        if words.is_empty() {
            return;
        }
        let bullet = self.bullet.take();
        let bullet = bullet.unwrap_or_else(|| "  ".repeat(self.lists.len() * 2));
        self.text
            .push_str(&plain::wrap_to(self.width, &bullet, &words.join(" ")));
    }

    fn cell(&mut self) {
        let words = std::mem::take(&mut self.words);
        self.glued = false;
        if let Some(row) = self.rows.last_mut() {
            row.push(words.join(" "));
        }
    }

    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| plain::columns(cell)).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(wide).collect();
        for (index, row) in rows.iter().enumerate() {
            let mut line = "  ".to_owned();
            for (cell, wide) in row.iter().zip(&widths) {
                line.push_str(&plain::pad(cell, wide + 2));
            }
            self.text.push_str(line.trim_end());
            self.text.push('\n');
            if index == 0 {
                let rule: Vec<String> = widths.iter().map(|wide| "-".repeat(*wide)).collect();
                self.text.push_str(&format!("  {}\n", rule.join("  ")));
            }
        }
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_text_of_eighty_columns() {
        let markdown = "## 05 Locks\n\nA **lock** (锁) is a `Lock`, which one task at a time can \
                        hold; whoever asks for it meanwhile, waits.\n\n- one `item`,\n  of two lines\n\
                        - another\n\n1. first\n2. second\n\n```rust\nfn main() {\n    x();\n}\n```\n\n\
                        | form | who waits |\n| --- | --- |\n| 1 | `main` |\n| 22 | nobody |\n";
        let text = anstream::adapter::strip_str(&render(markdown, 80)).to_string();
        insta::assert_snapshot!(text, @r"
        05 Locks


        A lock (锁) is a Lock, which one task at a time can hold; whoever asks for it
        meanwhile, waits.

          - one item, of two lines
          - another

          1. first
          2. second

            fn main() {
                x();
            }

          form  who waits
          ----  ---------
          1     main
          22    nobody
        ");
    }
}
