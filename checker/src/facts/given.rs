//! The line that divides an exercise: above it is the learner's part, below it what was given.

/// Between the two parts.
pub const MARKER: &str = "// ---- given: edits below this line are ignored ----";

/// The text above the first marker line and the text below it.
pub fn split(text: &str) -> Option<(&str, &str)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // Editors may have changed the line's end, and nothing but that.
        if line.trim_end() == MARKER {
            return Some((&text[..start], &text[start + line.len()..]));
        }
        start += line.len();
    }
    None
}

/// The number of that line.
pub fn line(text: &str) -> Option<u32> {
    let (own, _) = split(text)?;
    u32::try_from(own.lines().count() + 1).ok()
}

/// A learner's part with the line and the given part below it; `None` where it has the line.
pub fn complete(learner: &str, given: &str) -> Option<String> {
    let whole = || format!("{}\n\n{MARKER}\n{given}", learner.trim_end());
    split(learner).is_none().then(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_answer_is_completed_unless_it_is_complete() {
        let given = "fn main() {}\n";
        let whole = complete("fn work() {}\n", given).expect("has no line");
        assert_eq!(whole, format!("fn work() {{}}\n\n{MARKER}\n{given}"));
        assert_eq!(complete(&whole, "fn main() {}\n"), None);
    }
}
