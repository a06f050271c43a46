//! Expected transcripts: insta's `.snap` files, one a row of arguments, with one or more allowed
//! canonical transcripts each.

use std::path::Path;

use anyhow::{anyhow, bail};
use insta::Snapshot;

use crate::message::course as message;

/// Stands between two allowed transcripts. Canonical lines never look like this.
const OR: &str = "--- or ---";

/// A transcript as its lines.
pub type Transcript = Vec<String>;

/// Reads the allowed transcripts; `shown` is the path to name in errors.
pub fn load(path: &Path, shown: &str) -> anyhow::Result<Vec<Transcript>> {
    if !path.is_file() {
        bail!(message::no_transcript(shown));
    }
    let snapshot = Snapshot::from_file(path).map_err(|error| anyhow!("{shown}: {error}"))?;
    let contents = snapshot.contents();
    let Some(text) = contents.as_text() else {
        bail!(message::no_text_snapshot(shown))
    };
    Ok(split(&text.to_string()))
}

/// The text of a snapshot file as insta writes it.
pub fn format(source: &str, expression: &str, allowed: &[Transcript]) -> String {
    let transcripts: Vec<String> = allowed.iter().map(|lines| lines.join("\n")).collect();
    let contents = transcripts.join(&format!("\n{OR}\n"));
    let expression = yaml(expression);
    format!("---\nsource: {source}\nexpression: {expression}\n---\n{contents}\n")
}

/// How a person would run a program with these arguments.
pub fn expression(id: &str, args: &[String]) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let mut words = ["course", "run", id].map(str::to_owned).to_vec();
    for arg in args {
        let is_plain = !arg.is_empty() && arg.chars().all(plain);
        words.push(if is_plain {
            arg.clone()
        } else {
            format!("{arg:?}")
        });
    }
    words.join(" ")
}

/// An expression as a YAML string: quoted where insta quotes it. Expressions start with a
/// letter, end without a blank and hold no control characters.
fn yaml(text: &str) -> String {
    if text.contains([':', '{', '}', '[', ']', ',', '#', '`', '"', '\'', '\\']) {
        return format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
    }
    text.to_owned()
}

fn split(contents: &str) -> Vec<Transcript> {
    let lines: Vec<&str> = contents.lines().collect();
    lines
        .split(|line| *line == OR)
        .map(|transcript| transcript.iter().map(ToString::to_string).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(lines: &[&str]) -> Transcript {
        lines.iter().map(ToString::to_string).collect()
    }

    fn sample() -> Vec<Transcript> {
        vec![
            transcript(&["main:", "  a \"b\" \\"]),
            transcript(&["main:", "  a", "", "  c"]),
        ]
    }

    fn written(
        expression: &str,
        allowed: &[Transcript],
    ) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x@5.snap");
        let text = format("exercises/05_lock/1_two_lines.rs", expression, allowed);
        std::fs::write(&path, text).expect("a file");
        (folder, path)
    }

    #[test]
    fn what_is_written_is_read_back() {
        let (_folder, path) = written("course run 05_lock/1_two_lines 5", &sample());
        assert_eq!(load(&path, "x").expect("is read"), sample());
    }

    #[test]
    fn insta_writes_the_same_bytes() {
        for args in [
            &[][..],
            &["5"],
            &["a b", ""],
            &["4", "x: {}", "\\ \"\n\u{1b}é", "-1", "'"],
        ] {
            let args: Vec<String> = args.iter().map(ToString::to_string).collect();
            let expression = &expression("05_lock/1_two_lines", &args);
            let (folder, path) = written(expression, &sample());
            let snapshot = Snapshot::from_file(&path).expect("insta reads it");
            let again = folder.path().join("again.snap");
            snapshot.save(&again).expect("insta writes it");
            let read = |path| std::fs::read_to_string(path).expect("a file");
            assert_eq!(read(&path), read(&again));
        }
    }

    #[test]
    fn a_missing_file_says_what_to_do() {
        let error = load(Path::new("/nowhere/x.snap"), "solutions/snapshots/x.snap");
        let error = error.expect_err("there is none").to_string();
        assert!(error.contains("`course author bless` writes it"), "{error}");
    }
}
