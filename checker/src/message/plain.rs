//! Plain text that is safe and pleasant to print: escaped, and wrapped to 80 columns.

use std::borrow::Cow;

use console::Alignment;
use textwrap::{WordSeparator, WordSplitter, WrapAlgorithm};

/// The width of every report that is printed, whatever the terminal's: reports are compared and
/// quoted.
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

/// Whether a character does anything other than show: controls (C0, C1, delete), marks of text
/// direction, invisible and line-separating characters, and non-characters.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
        || matches!(u32::from(c), 0xfdd0..=0xfdef)
        || u32::from(c) & 0xfffe == 0xfffe
}

/// A whole report in which nothing is a command to GitHub's runner. The runner takes lines that
/// begin with `::`, and `##[` anywhere, for commands (actions/runner, `ActionCommand.cs`). No
/// command's name begins with a colon, so `:::` is harmless: rustc writes it before a further place
/// in the source.
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

/// How many columns of a terminal a text takes, colours not counted.
pub fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Prose, wrapped between words. The first line begins with `first`, the others with as many
/// spaces. Line breaks of the text are kept; a word that is too long is not broken.
pub fn wrap(first: &str, text: &str) -> String {
    wrap_to(WIDTH, first, text)
}

/// The same for another width.
pub fn wrap_to(width: usize, first: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let indent = " ".repeat(columns(first));
    let options = between_words(width)
        .initial_indent(first)
        .subsequent_indent(&indent)
        .break_words(false);
    // A line ends with the text, whether it says so or not.
    let text = text.strip_suffix('\n').unwrap_or(text);
    textwrap::fill(text, options) + "\n"
}

/// A text in lines of this width, broken between words, and within those that are longer.
pub fn narrow(text: &str, width: usize) -> Vec<String> {
    let lines = textwrap::wrap(text, between_words(width)).into_iter();
    lines.map(Cow::into_owned).collect()
}

/// As many words on a line as fit: what is added to a text moves nothing before it.
fn between_words(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
}

/// Lines that are too long broken between words, what follows below where the words begin.
pub fn fitted(width: usize, text: &str) -> String {
    let fit = |line: &str| {
        let begins = |c: char| !matches!(c, ' ' | '+' | '-' | '>');
        let (mark, words) = line.split_at(line.find(begins).unwrap_or(line.len()));
        match columns(line) > width {
            true => wrap_to(width, mark, words),
            false => format!("{line}\n"),
        }
    };
    text.lines().map(fit).collect()
}

/// Cuts a line that is too long, and shows that it was cut.
pub fn cut(text: &str, width: usize) -> String {
    console::truncate_str(text, width, "…").into_owned()
}

/// A text with as many spaces behind it as are missing to this width.
pub fn pad(text: &str, width: usize) -> String {
    console::pad_str(text, width, Alignment::Left, None).into_owned()
}

/// A word as a shell takes it. Not `shlex::try_quote`, which quotes more than is needed to be read:
/// `--args=5`, and every name that is not ASCII.
pub fn shell_word(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-./=+:,@%".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    line(&format!("'{}'", word.replace('\'', r"'\''")))
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
    fn lines_are_as_wide_as_they_are_seen() {
        let text = "锁 ".repeat(30);
        let wrapped = wrap("", text.trim());
        let widths: Vec<usize> = wrapped.lines().map(columns).collect();
        assert_eq!(widths, [80, 8], "{wrapped}");
        assert_eq!(cut("锁锁锁", 5), "锁锁…");
        assert_eq!(narrow("ab 锁锁锁", 4), ["ab", "锁锁", "锁"]);
    }

    #[test]
    fn a_shell_takes_words_as_they_are_meant() {
        let words = [
            "",
            "a b",
            "it's",
            "''",
            "~",
            "$HOME",
            "`x`",
            "a=b",
            "*",
            "锁",
            "\\",
            "--args=-x",
            "\"",
            "#",
            "!",
        ];
        for word in words {
            assert_eq!(
                shlex::split(&shell_word(word)),
                Some(vec![word.to_owned()]),
                "{word}"
            );
        }
        assert_eq!(shell_word("--args=5"), "--args=5");
        assert_eq!(shell_word("it's"), r"'it'\''s'");
    }

    #[test]
    fn fitted_lines_keep_their_marks_and_what_is_short() {
        let long = format!("  - {}", "word ".repeat(20).trim());
        let fitted = fitted(WIDTH, &format!("short\n{long}"));
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
