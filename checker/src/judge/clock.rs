//! What a program prints of the clock: how long something took is no sign of a fault, although it is
//! another time in every schedule.
//!
//! Which words these are is not guessed from how they look. The same schedule is run again with a
//! clock that goes wrong; what is printed otherwise then comes from the clock, for nothing else changed.

/// Stands for a word that comes from the clock.
pub const CLOCK: &str = "<time>";

/// The line with [`CLOCK`] for each number that is another one in the `other` line; the line itself
/// where they differ in more than numbers.
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
            // In a column, a shorter number has more blanks before it, and the longest has none.
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
        self.bare == other.bare || self.bare == CLOCK && other.is_number()
    }

    /// A number, with its unit where that follows at once: `10`, `1.5s`, `20.3µs`.
    fn is_number(&self) -> bool {
        self.bare.starts_with(|c: char| c.is_ascii_digit())
    }

    fn has_blank(&self) -> bool {
        self.bare.len() < self.all.len()
    }
}

/// A line cut into its words and other characters; what stands for the clock is a word.
fn words(line: &str) -> Vec<Word<'_>> {
    let of_word = |c: char| c.is_alphanumeric() || c == '.';
    let mut words = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let bare = rest.trim_start();
        let length = if bare.starts_with(CLOCK) {
            CLOCK.len()
        } else {
            let word = bare.find(|c| !of_word(c)).unwrap_or(bare.len());
            let one = bare.chars().next().map_or(0, char::len_utf8);
            word.max(one)
        };
        let (all, after) = rest.split_at(rest.len() - bare.len() + length);
        words.push(Word {
            all,
            bare: &bare[..length],
        });
        rest = after;
    }
    words
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
            "[<time>] 3 jobs, <time> s"
        );
        assert_eq!(both("   9.50|", "  10.73|"), " <time>|");
        assert_eq!(both("[  0.00]  x", "[999.99]  x"), "[<time>]  x");
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
            "took <time> s and <time>"
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
        assert_eq!(line("took 20ms again"), "took 20ms again");
    }
}
