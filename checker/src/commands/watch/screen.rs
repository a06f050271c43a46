//! What the screen shows while `course` watches, as text of exactly the terminal's size. Pure.

use std::ops::Range;

use super::state::{Report, State, View};
use crate::commands::list::{self, Entry};
use crate::course::Exercise;
use crate::message::plain;
use crate::message::watch as message;
use crate::report::text;
use crate::support::terminal::Size;

/// Lines of the part that scrolls, at least, while there is room for so many.
const LEAST: usize = 4;

/// What there is to be shown.
pub struct Content<'a> {
    /// The current exercise.
    pub exercise: &'a Exercise,
    /// Its file.
    pub file: &'a str,
    /// The report on it, if it was checked.
    pub report: Option<text::Report>,
    /// What became of the exercise before, if it has just passed.
    pub before: Option<String>,
    /// All exercises.
    pub entries: &'a [Entry<'a>],
}

/// A screen as it is drawn.
pub struct Drawn {
    /// Its lines, as many as the terminal has.
    pub text: String,
    /// The first line of the part that scrolls.
    pub scroll: usize,
    /// How far that part can be scrolled.
    pub last: usize,
    /// How many of its lines are seen at once.
    pub page: usize,
}

/// What stands above and below the part that scrolls.
#[derive(Default)]
struct Frame {
    head: Vec<String>,
    body: Vec<String>,
    foot: Vec<String>,
}

/// The whole screen.
pub fn screen(state: &State, content: &Content, size: Size) -> Drawn {
    let lines = |text: &str| folded(text, size.columns);
    let mut frame = Frame::default();
    match &state.view {
        View::List(marked) => {
            let mut list = lines(&list::lines(content.entries, Some(*marked))).into_iter();
            frame.head.extend(list.next());
            frame.body.extend(list);
            frame.foot.extend(lines(&message::list_keys()));
            let is_marked = |line: &String| line.starts_with(crate::message::learner::MARK);
            let marked = frame.body.iter().position(is_marked).unwrap_or(0);
            // The mark stays in the middle, as far as that is possible.
            let half = size
                .rows
                .saturating_sub(frame.head.len() + frame.foot.len())
                / 2;
            return frame.draw(marked.saturating_sub(half), size, false);
        }
        View::Help => frame.body = lines(&message::help()),
        View::Text(text) => frame.body = lines(text),
        View::Exercise => return exercise(state, content, size).draw(state.scroll, size, true),
    }
    frame.foot = lines(message::back());
    frame.draw(state.scroll, size, true)
}

/// The current exercise and its report, which begins at the top of the screen.
fn exercise(state: &State, content: &Content, size: Size) -> Frame {
    let lines = |text: &str| folded(text, size.columns);
    let mut head = Vec::new();
    if let Some(before) = &content.before {
        head.extend(lines(before));
        head.push(String::new());
    }
    let Exercise { id, title, .. } = content.exercise;
    head.extend(lines(&message::title((id, title), content.file)));
    let mut body = Vec::new();
    if state.asks_to_reset {
        let asks = plain::wrap_to(size.columns, "", &message::asks_to_reset(content.file));
        body.extend(lines(&asks));
        body.push(String::new());
    }
    // What a key has just done is seen at once.
    for note in state.notes.iter().rev() {
        body.extend(lines(&plain::fitted(size.columns, note)));
        body.push(String::new());
    }
    if !body.is_empty() {
        body.insert(0, String::new());
    }
    match (&state.report, &content.report) {
        (Report::Done, Some(report)) => {
            head.extend(lines(&report.head));
            body.extend(lines(&report.rest));
        }
        (Report::Checking(progress), _) => head.extend(lines(&message::checking(*progress))),
        (Report::Done, None) => {}
    }
    while body.last().is_some_and(|line| line.trim().is_empty()) {
        body.pop();
    }
    let done = content.entries.iter().filter(|entry| entry.is_done());
    let mut foot = lines(&message::progress(done.count(), content.entries.len()));
    foot.extend(lines(message::keys()));
    Frame { head, body, foot }
}

impl Frame {
    /// The frame with its body from this line on; `tells`: one line says how much more there is.
    fn draw(mut self, scroll: usize, size: Size, tells: bool) -> Drawn {
        let room = size
            .rows
            .saturating_sub(self.foot.len() + usize::from(tells));
        // What stands still must leave room for what scrolls.
        let most = room.saturating_sub(LEAST).max(1);
        if self.head.len() > most && !self.body.is_empty() {
            let rest = self.head.split_off(most);
            self.body.splice(0..0, rest);
        }
        let page = room.saturating_sub(self.head.len());
        let last = self.body.len().saturating_sub(page);
        let scroll = scroll.min(last);
        let seen: Range<usize> = scroll..self.body.len().min(scroll + page);
        let below = self.body.len() - seen.end;
        let mut lines = self.head;
        lines.extend_from_slice(&self.body[seen]);
        lines.resize(room.max(lines.len()), String::new());
        if tells {
            lines.push(match last {
                0 => String::new(),
                _ => message::more(below).trim_end().to_owned(),
            });
        }
        lines.extend(self.foot);
        lines.truncate(size.rows);
        Drawn {
            text: lines.join("\n"),
            scroll,
            last,
            page,
        }
    }
}

/// A text in lines that fit; one that is too long goes on in the next.
fn folded(text: &str, columns: usize) -> Vec<String> {
    let fold = |line: &str| match plain::columns(line) > columns {
        true => plain::narrow(line, columns),
        false => vec![line.to_owned()],
    };
    text.lines().flat_map(fold).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(head: usize, body: usize) -> Frame {
        let lines = |what: &str, count| (1..=count).map(|n| format!("{what} {n}")).collect();
        Frame {
            head: lines("head", head),
            body: lines("body", body),
            foot: lines("foot", 2),
        }
    }

    const SIZE: Size = Size {
        rows: 10,
        columns: 40,
    };

    #[test]
    fn a_screen_has_as_many_lines_as_the_terminal_and_tells_of_more() {
        let drawn = frame(3, 20).draw(0, SIZE, true);
        let lines: Vec<&str> = drawn.text.lines().collect();
        assert_eq!(lines.len(), 10, "{lines:?}");
        assert_eq!(
            lines[..5],
            ["head 1", "head 2", "head 3", "body 1", "body 2"]
        );
        assert!(lines[7].contains("16 more lines"), "{lines:?}");
        assert_eq!(lines[8..], ["foot 1", "foot 2"]);
        assert_eq!((drawn.page, drawn.last), (4, 16));
    }

    #[test]
    fn it_scrolls_to_the_last_line_and_no_further() {
        let drawn = frame(3, 20).draw(99, SIZE, true);
        assert_eq!(drawn.scroll, 16);
        let lines: Vec<&str> = drawn.text.lines().collect();
        assert_eq!(lines[2..4], ["head 3", "body 17"]);
        assert_eq!(lines[6], "body 20");
        let short = frame(2, 1).draw(5, SIZE, true);
        assert_eq!((short.scroll, short.text.lines().count()), (0, 10));
    }

    #[test]
    fn a_long_head_leaves_room_to_scroll() {
        let drawn = frame(9, 3).draw(2, SIZE, true);
        let lines: Vec<&str> = drawn.text.lines().collect();
        assert_eq!(
            lines[..5],
            ["head 1", "head 2", "head 3", "head 6", "head 7"]
        );
        assert_eq!(drawn.last, 5);
    }

    #[test]
    fn lines_are_folded_to_the_width() {
        assert_eq!(folded("ab\ncd ef gh\n\n", 5), ["ab", "cd ef", "gh", ""]);
        let folded = folded(&"x".repeat(12), 5);
        assert_eq!(folded, ["xxxxx", "xxxxx", "xx"]);
    }
}
