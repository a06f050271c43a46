//! Masks what a program prints about the clock: how long something took differs in every schedule,
//! and is no sign of a fault.
//!
//! Which words come from the clock is not guessed from how they look. The same schedule is run
//! again with a drifting clock; what is printed differently then comes from the clock, since
//! nothing else changed.

use crate::course::snapshot::Transcript;
use crate::judge::view::ViewLine;

/// Stands for a word that comes from the clock.
pub const CLOCK: &str = "<time>";

/// The line with [`CLOCK`] in place of each number that differs in the `other` line; the line
/// itself if they differ in more than numbers.
pub fn masked(line: &str, other: &str) -> String {
    let (words, others) = (words(line), words(other));
    let pairs = || words.iter().zip(&others);
    let alike = |(a, b): (&Word, &Word)| a.covers(b) || a.is_number() && b.is_number();
    if words.len() != others.len() || !pairs().all(alike) {
        return line.to_owned();
    }
    let mut masked = String::new();
    for (word, other) in pairs() {
        if word.covers(other) {
            masked.push_str(word.all);
        } else {
            // In a column of numbers, a shorter number has more blanks before it, and the longest
            // has none.
            if word.has_blank() && other.has_blank() {
                masked.push(' ');
            }
            masked.push_str(CLOCK);
        }
    }
    masked
}

/// The first of the masked lines that this one could be, or the line itself.
pub fn as_masked(line: String, masked: &[&str]) -> String {
    let others = words(&line);
    let fits = |masked: &&&str| {
        let words = words(masked);
        words.len() == others.len() && words.iter().zip(&others).all(|(a, b)| a.covers(b))
    };
    let found = masked.iter().find(fits).map(|it| (*it).to_owned());
    found.unwrap_or(line)
}

/// The line without its numbers, that is the part that does not depend on the time.
pub fn shape(line: &str) -> String {
    let words = words(line);
    let kept = words
        .iter()
        .filter(|it| !it.is_number() && it.bare != CLOCK);
    kept.map(|it| it.bare).collect::<Vec<_>>().join(" ")
}

/// The lines, sorted. Each line that fits a masked one is replaced by it, so that a run equals
/// itself.
pub fn all_masked(lines: Vec<String>) -> Vec<String> {
    let known: Vec<String> = lines
        .iter()
        .filter(|it| it.contains(CLOCK))
        .cloned()
        .collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut lines: Vec<String> = lines.into_iter().map(|it| as_masked(it, &known)).collect();
    lines.sort();
    lines
}

/// The first line that tells something of the clock.
pub fn first(masked: &[String]) -> Option<&str> {
    let mut lines = masked.iter().map(String::as_str);
    lines.find(|line| line.contains(CLOCK))
}

/// A word or another character, with the blanks before it.
struct Word<'a> {
    all: &'a str,
    bare: &'a str,
}

impl Word<'_> {
    /// Whether the other one is the same, or one that this stands for.
    fn covers(&self, other: &Word) -> bool {
        self.bare == other.bare || self.bare == CLOCK && (other.is_number() || other.bare == CLOCK)
    }

    /// A number with its unit: `10`, `1.5s`, `20.3 µs`, `1,234`; also `inf` and `NaN`, to which a division
    /// by a time of zero leads.
    fn is_number(&self) -> bool {
        let is_special = |word: &str| {
            self.bare
                .strip_prefix(word)
                .is_some_and(|it| !it.contains(of_word))
        };
        let number = self.bare.trim_start_matches(['+', '-']);
        number.starts_with(|c: char| c.is_ascii_digit()) || is_special("inf") || is_special("NaN")
    }

    fn has_blank(&self) -> bool {
        self.bare.len() < self.all.len()
    }
}

/// What words and numbers consist of.
fn of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '.'
}

/// Units that stand apart from their numbers, and change with them.
const UNITS: &[&str] = &[
    "ns", "us", "µs", "ms", "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute",
    "minutes", "h", "hour", "hours", "d", "day", "days",
];

/// A line cut into words and other characters. The placeholder for the clock is one word, and so is
/// a number with its sign, its groups of thousands and its unit.
fn words(line: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let bare = rest.trim_start();
        let length = length_of_word(bare);
        let (all, after) = rest.split_at(rest.len() - bare.len() + length);
        let bare = &bare[..length];
        words.push(Word { all, bare });
        rest = after;
    }
    words
}

/// How long the word is that a text begins with.
fn length_of_word(text: &str) -> usize {
    let Some(mut length) = length_of_number(text) else {
        let one = text.chars().next().map_or(0, char::len_utf8);
        return plain(text).max(one);
    };
    // `2 min 5 s` is one.
    while let Some(next) = text[length..].strip_prefix(' ')
        && text[..length].ends_with(char::is_alphabetic)
        && let Some(more) = length_of_number(next)
        && next[..more].ends_with(char::is_alphabetic)
    {
        length += 1 + more;
    }
    length
}

/// The length of the number with all that belongs to it, or of the placeholder for one from the
/// clock.
fn length_of_number(text: &str) -> Option<usize> {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    if text.starts_with(CLOCK) {
        return Some(CLOCK.len());
    }
    let sign = usize::from(text.starts_with(['+', '-']));
    if !digit(&text[sign..]) {
        return None;
    }
    let mut length = sign + plain(&text[sign..]);
    let groups = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count() == 3;
    while let Some(group) = text[length..].strip_prefix(',').filter(|it| groups(it)) {
        length += 1 + plain(group);
    }
    let exponent = text[length..].strip_prefix(['+', '-']);
    if let Some(exponent) = exponent.filter(|it| text[..length].ends_with('e') && digit(it)) {
        length += 1 + plain(exponent);
    }
    if let Some(rest) = text[length..].strip_prefix(' ') {
        let unit = rest[..plain(rest)].trim_end_matches('.');
        if UNITS.contains(&unit) {
            length += 1 + unit.len();
        }
    }
    Some(length)
}

/// How long a word of letters and digits is.
fn plain(text: &str) -> usize {
    text.find(|c| !of_word(c)).unwrap_or(text.len())
}

/// The lines, sorted, with times masked as in the allowed ones.
pub fn without(mut lines: Vec<ViewLine>, allowed: &[Transcript]) -> Vec<ViewLine> {
    let of_clock = allowed.iter().flatten().map(String::as_str);
    let of_clock: Vec<&str> = of_clock.filter(|line| line.contains(CLOCK)).collect();
    if !of_clock.is_empty() {
        for line in &mut lines {
            line.text = as_masked(std::mem::take(&mut line.text), &of_clock);
        }
        lines.sort_by(|a, b| a.text.cmp(&b.text));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_comes_from_the_clock_is_masked_with_its_unit() {
        let both = |line, other| masked(line, other);
        assert_eq!(both("took 10ms", "took 11.234567ms"), "took <time>");
        assert_eq!(both("took 0ns.", "took 2.4µs."), "took <time>");
        assert_eq!(
            both("[0.010] 3 jobs, 1.5 s", "[0.011] 3 jobs, 1.6 s"),
            "[<time>] 3 jobs, <time>"
        );
        assert_eq!(both("   9.50|", "  10.73|"), " <time>|");
        assert_eq!(both("[  0.00]  x", "[999.99]  x"), "[<time>]  x");
        assert_eq!(both("took 5 ms.", "took 274.88 s."), "took <time>.");
        assert_eq!(both("1,234 ops/s", "18,446,744 ops/s"), "<time> ops/s");
        assert_eq!(both("(+0.0)", "(-28125.6)"), "(<time>)");
        assert_eq!(both("inf a second", "2.5 a second"), "<time> a second");
        assert_eq!(both("8.66e-3/s", "1.5/s"), "<time>/s");
        assert_eq!(both("total: 147 min 10 s", "total: 3 s"), "total: <time>");
        assert_eq!(both("3 2 x", "3 5 x"), "3 <time> x");
        assert_eq!(both("info 1", "info 2"), "info <time>");
        assert_eq!(both("3 jobs", "3 jobs"), "3 jobs");
    }

    #[test]
    fn what_differs_in_more_than_numbers_is_left_as_it_is() {
        for (line, other) in [("in time", "too late"), ("took 1", "took 1 2"), ("a", "")] {
            assert_eq!(masked(line, other), line);
        }
    }

    #[test]
    fn a_second_clock_masks_what_the_first_one_left() {
        let once = masked("took 0 s and 10ms", "took 0 s and 11ms");
        assert_eq!(
            masked(&once, "took 1 s and 1010ms"),
            "took <time> and <time>"
        );
    }

    #[test]
    fn a_line_of_another_schedule_is_taken_for_the_one_that_it_could_be() {
        let known = ["sum <time>x", "took <time>", "[<time>]"];
        let line = |text: &str| as_masked(text.to_owned(), &known);
        assert_eq!(line("took 20ms"), "took <time>");
        assert_eq!(line("[  20.0]"), "[<time>]");
        assert_eq!(line("[2020.0]"), "[<time>]");
        assert_eq!(line("took long"), "took long");
        assert_eq!(line("sum 3"), "sum 3");
        let all = all_masked(
            ["b 2", "took 7 s", "took <time>"]
                .map(str::to_owned)
                .to_vec(),
        );
        assert_eq!(all, ["b 2", "took <time>", "took <time>"]);
        assert_eq!(line("took 20ms again"), "took 20ms again");
    }
}
