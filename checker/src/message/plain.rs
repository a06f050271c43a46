//! Plain text that is safe and pleasant to print: escaped, and wrapped to 80 columns.

/// The width of every report, whatever the terminal's: reports are compared and quoted.
pub const WIDTH: usize = 80;

/// Text of unknown origin as one line: whatever could move the cursor, start a colour, or change
/// the order of reading is shown by its code instead.
pub fn line(text: &str) -> String {
    text.chars()
        .flat_map(|c| escaped(c, is_harmful(c)))
        .collect()
}

/// The same for text of several lines, which stay lines; tabs become four spaces.
pub fn block(text: &str) -> String {
    let lines = text.lines().map(|it| line(&it.replace('\t', "    ")));
    lines.collect::<Vec<_>>().join("\n")
}

/// The character itself, or its code.
fn escaped(c: char, escape: bool) -> impl Iterator<Item = char> {
    let code = escape.then(|| c.escape_default());
    let itself = (!escape).then_some(c);
    itself.into_iter().chain(code.into_iter().flatten())
}

/// Whether a character does something else than being seen: controls (C0, C1, delete), marks of
/// text direction, invisible and line-separating characters, and what is no character at all.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
        || matches!(u32::from(c), 0xfdd0..=0xfdef)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// A whole report in which nothing is a command to GitHub's runner, which takes lines that begin with
/// `::`, and `##[` anywhere, for such (actions/runner, `ActionCommand.cs`). No command's name begins
/// with a colon, so `:::` is none: rustc writes it before a further place in the source.
pub fn inert(report: &str) -> String {
    let line = |line: &str| {
        let line = line.replace(COMMAND_ANYWHERE, COMMAND_SHOWN);
        let (space, rest) = line.split_at(line.len() - line.trim_start().len());
        match rest.strip_prefix("::") {
            Some(rest) if !rest.starts_with(':') => format!("{space}\\u{{3a}}:{rest}"),
            _ => line,
        }
    };
    report.split_inclusive('\n').map(line).collect()
}

/// What begins a command of the older kind wherever it stands.
pub const COMMAND_ANYWHERE: &str = "##[";
const COMMAND_SHOWN: &str = "#\\u{23}[";

/// Prose broken between words to fit the width, its first line after `first`, the others after as
/// many spaces. Lines of the text stay lines; a word that is too long stays whole.
pub fn wrap(first: &str, text: &str) -> String {
    let indent = first.chars().count();
    let mut wrapped = String::new();
    let mut start = first.to_owned();
    for paragraph in text.lines() {
        let mut column = indent;
        wrapped.push_str(&start);
        for (index, word) in paragraph.split(' ').enumerate() {
            let length = word.chars().count();
            if index > 0 && column + 1 + length > WIDTH {
                wrapped.push('\n');
                wrapped.push_str(&" ".repeat(indent));
                column = indent;
            } else if index > 0 {
                wrapped.push(' ');
                column += 1;
            }
            wrapped.push_str(word);
            column += length;
        }
        wrapped.push('\n');
        start = " ".repeat(indent);
    }
    wrapped
}

/// Lines that are too long broken between words, what follows below where the words begin.
pub fn fitted(text: &str) -> String {
    let fit = |line: &str| {
        let begins = |c: char| !matches!(c, ' ' | '+' | '-' | '>');
        let (mark, words) = line.split_at(line.find(begins).unwrap_or(line.len()));
        match line.chars().count() > WIDTH {
            true => wrap(mark, words),
            false => format!("{line}\n"),
        }
    };
    text.lines().map(fit).collect()
}

/// Cuts a line that is too long, and shows that it was cut.
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{kept}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_report_is_a_command_to_a_runner() {
        let report = "a ::b\n::error::hacked\n  ::add-mask::5\n ::: a.rs:1\nx ##[error]y\n";
        assert_eq!(
            inert(report),
            "a ::b\n\\u{3a}:error::hacked\n  \\u{3a}:add-mask::5\n ::: a.rs:1\nx #\\u{23}[error]y\n"
        );
    }

    #[test]
    fn nothing_that_a_program_prints_controls_the_terminal() {
        assert_eq!(line("\u{1b}[2Jhi\r\n\u{7}"), r"\u{1b}[2Jhi\r\n\u{7}");
        assert_eq!(
            line("\u{9b}31m \u{202e}abc\u{200b}"),
            r"\u{9b}31m \u{202e}abc\u{200b}"
        );
        assert_eq!(line("naïve 日本 'x' \"y\" \\"), "naïve 日本 'x' \"y\" \\");
        assert_eq!(
            block("a\tb\n\u{1b}]0;title\u{7}\n"),
            "a    b\n\\u{1b}]0;title\\u{7}"
        );
        let every: String = (0..=u32::from(char::MAX))
            .filter_map(char::from_u32)
            .collect();
        assert!(!line(&every).chars().any(is_harmful));
    }

    #[test]
    fn wrapped_text_fits_and_loses_no_word() {
        let text = "word ".repeat(60) + "\nsecond";
        let wrapped = wrap("hint: ", text.trim());
        assert!(
            wrapped.lines().all(|line| line.chars().count() <= WIDTH),
            "{wrapped}"
        );
        assert_eq!(wrapped.split_whitespace().count(), 62);
        assert!(wrapped.ends_with("\n      second\n"), "{wrapped}");
    }

    #[test]
    fn fitted_lines_keep_their_marks_and_what_is_short() {
        let long = format!("  - {}", "word ".repeat(20).trim());
        let fitted = fitted(&format!("short\n{long}"));
        let lines: Vec<&str> = fitted.lines().collect();
        assert_eq!(lines[0], "short");
        assert!(lines[1].starts_with("  - word") && lines[1].len() <= WIDTH);
        assert_eq!(lines[2].find('w'), Some(4), "{fitted}");
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn cut_text_shows_that_it_was_cut() {
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut("abcd", 3), "ab…");
    }
}
