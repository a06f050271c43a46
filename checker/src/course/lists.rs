//! The files that list a course's exercises: `course.toml`, the manifests of cargo and the text of the
//! course; one more in each of them, at the end of its topic.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::select::topic;

/// Only what parts the file into exercises.
#[derive(Deserialize)]
struct Outline {
    #[serde(default)]
    exercise: BTreeMap<Spanned<String>, toml::Value>,
}

/// Where each exercise of `course.toml` stands, in the file's order: from its first line, and the
/// comment above it, to the next one's. Empty where the text cannot be read.
fn blocks(text: &str) -> Vec<(String, Range<usize>)> {
    let outline: Result<Outline, _> = toml::from_str(text);
    let keys = outline.map_or_else(|_| BTreeMap::new(), |it| it.exercise);
    let mut starts: Vec<(usize, String)> = keys
        .into_keys()
        .map(|key| (start_of(text, key.span().start), key.into_inner()))
        .collect();
    starts.sort();
    let ends: Vec<usize> = starts.iter().skip(1).map(|(start, _)| *start).collect();
    let ends = ends.into_iter().chain([text.len()]);
    starts
        .into_iter()
        .zip(ends)
        .map(|((start, id), end)| (id, start..end))
        .collect()
}

/// Where the line of an offset begins, or the comment directly above it.
fn start_of(text: &str, offset: usize) -> usize {
    let line = |end: usize| text[..end].rfind('\n').map_or(0, |at| at + 1);
    let mut start = line(offset);
    while start > 0 {
        let above = line(start - 1);
        if !text[above..start].starts_with('#') {
            break;
        }
        start = above;
    }
    start
}

/// What `course.toml` says of an exercise, as it stands there.
pub fn exercise<'a>(text: &'a str, id: &str) -> Option<&'a str> {
    let found = blocks(text).into_iter().find(|(it, _)| it == id);
    found.map(|(_, range)| text[range].trim_end())
}

/// `course.toml` with one exercise more: behind the last of its topic, or behind all.
pub fn with_exercise(text: &str, id: &str, block: &str) -> String {
    let blocks = blocks(text);
    let of_topic = blocks.iter().rfind(|(it, _)| topic(it) == topic(id));
    let at = of_topic.map_or(text.len(), |(_, range)| range.end);
    let (before, after) = text.split_at(at);
    let before = before.trim_end();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    let after = match after {
        "" => String::new(),
        after => format!("\n{after}"),
    };
    format!("{before}{gap}{}\n{after}", block.trim_end())
}

/// A manifest whose programs are these exercises; `suffix` stands behind their names.
pub fn manifest<'a>(text: &str, ids: impl Iterator<Item = &'a str>, suffix: &str) -> String {
    let head = text.split("[[bin]]").next().unwrap_or(text).trim_end();
    let program = |id: &str| {
        let name = id.replace('/', "-") + suffix;
        format!("\n[[bin]]\nname = \"{name}\"\npath = \"{id}.rs\"\n")
    };
    format!("{head}\n{}", ids.map(program).collect::<String>())
}

/// A line of the list of exercises in the text of the course.
pub fn line(id: &str, title: &str) -> String {
    format!("- `{id}`: {title}\n")
}

/// The text of the course with one exercise more: behind the last of its topic, or in a section of
/// its own at the end.
pub fn with_line(text: &str, id: &str, title: &str, section: &str) -> String {
    let of_topic = format!("- `{}/", topic(id));
    let mut end = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.starts_with(&of_topic) {
            end = Some(at);
        }
    }
    let line = line(id, title);
    match end {
        Some(end) => format!("{}\n{line}{}", text[..end].trim_end(), &text[end..]),
        None => format!("{}\n\n{section}\n{line}", text.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COURSE: &str = "# All of them.\n\n[exercise.\"05_lock/1_a\"]\ntitle = \"[exercise.\\\"x\\\"]\"\n\n\
                          # The other.\n[exercise.\"05_lock/2_b\"]\ntitle = \"B\"\n\
                          [exercise.\"05_lock/2_b\".hints]\nstart = [\"a\"]\n\n\
                          [exercise.\"06_queue/1_c\"]\ntitle = \"C\"\n";

    #[test]
    fn an_exercise_is_found_with_the_comment_above_it_and_its_tables() {
        let second = "# The other.\n[exercise.\"05_lock/2_b\"]\ntitle = \"B\"\n\
                      [exercise.\"05_lock/2_b\".hints]\nstart = [\"a\"]";
        assert_eq!(exercise(COURSE, "05_lock/2_b"), Some(second));
        assert_eq!(exercise(COURSE, "05_lock/3_c"), None);
        assert_eq!(exercise("this is = no = toml", "05_lock/2_b"), None);
    }

    #[test]
    fn one_more_comes_behind_the_last_of_its_topic_or_behind_all() {
        let of = |id: &str| {
            let text = with_exercise(COURSE, id, &format!("[exercise.\"{id}\"]\ntitle = \"N\"\n"));
            let ids: Vec<String> = blocks(&text).into_iter().map(|(id, _)| id).collect();
            assert!(!text.contains("\n\n\n") && text.ends_with("\"\n"), "{text}");
            ids
        };
        let (a, b, c) = ("05_lock/1_a", "05_lock/2_b", "06_queue/1_c");
        assert_eq!(of("05_lock/3_n"), [a, b, "05_lock/3_n", c]);
        assert_eq!(of("04_x/1_n"), [a, b, c, "04_x/1_n"]);
        assert_eq!(with_exercise("", "1_x/1_n", "[exercise]"), "[exercise]\n");
    }

    #[test]
    fn a_manifest_lists_the_programs_again() {
        let text = "[package]\nname = \"x\"\n\n[[bin]]\nname = \"old\"\npath = \"old.rs\"\n";
        let listed = "[package]\nname = \"x\"\n\n[[bin]]\nname = \"05_lock-1_a-solution\"\n\
                      path = \"05_lock/1_a.rs\"\n";
        let now = manifest(text, ["05_lock/1_a"].into_iter(), "-solution");
        assert_eq!(now, listed);
    }

    #[test]
    fn the_text_of_the_course_lists_it_in_its_topic_or_in_a_section_of_its_own() {
        let text = "# T\n\n## 05 Locks\n\n- `05_lock/1_a`: one\n\n## 06\n";
        assert_eq!(
            with_line(text, "05_lock/2_b", "two", ""),
            "# T\n\n## 05 Locks\n\n- `05_lock/1_a`: one\n- `05_lock/2_b`: two\n\n## 06\n"
        );
        let added = with_line(text, "07_x/1_n", "new", "## 07 X\n");
        assert!(
            added.ends_with("## 06\n\n## 07 X\n\n- `07_x/1_n`: new\n"),
            "{added}"
        );
    }
}
