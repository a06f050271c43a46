//! What the compiler says, read from its JSON.

use sched_model::site::PART_OF;
use serde::Deserialize;

use crate::facts::{Place, said};
use crate::message;

/// How many errors the details show; most of the others follow from them.
const SHOWN: usize = 5;

/// One error.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagnostic {
    /// Its first line.
    pub message: String,
    level: String,
    #[serde(default)]
    code: Option<Code>,
    #[serde(default)]
    spans: Vec<Span>,
    rendered: Option<String>,
}

/// The number of an error.
#[derive(Clone, Debug, Deserialize)]
struct Code {
    code: String,
}

#[derive(Clone, Debug, Deserialize)]
struct Span {
    #[serde(default)]
    label: Option<String>,
    file_name: String,
    line_start: u32,
    is_primary: bool,
    expansion: Option<Expansion>,
}

/// The call of the macro that a span comes from.
#[derive(Clone, Debug, Deserialize)]
struct Expansion {
    span: Box<Span>,
}

/// The errors in what the compiler wrote to its standard error.
pub fn errors(said: &str) -> Vec<Diagnostic> {
    let diagnostics = said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    diagnostics
        .filter(|diagnostic: &Diagnostic| diagnostic.level.starts_with("error"))
        .filter(|diagnostic| diagnostic.level != said::CRASHED)
        .filter(|diagnostic| !diagnostic.message.starts_with(said::ABORTING))
        .collect()
}

/// What the compiler would have written for a person.
pub fn rendered(errors: &[Diagnostic]) -> Vec<String> {
    let texts = errors.iter().filter_map(|error| error.rendered.as_deref());
    let mut shown: Vec<String> = texts
        .take(SHOWN)
        .map(|text| text.trim_end().to_owned())
        .collect();
    if errors.len() > SHOWN {
        shown.push(message::program::more_errors(errors.len() - SHOWN));
    }
    shown
}

impl Diagnostic {
    /// The crate that a path begins with and that there is not.
    pub fn missing_crate(&self) -> Option<&str> {
        let code = self.code.as_ref()?;
        if !["E0432", "E0433", "E0463"].contains(&code.code.as_str()) {
            return None;
        }
        // Only the help says that it would be a crate.
        let texts = std::iter::once(&self.message).chain(self.labels());
        let mut texts = texts.filter(|text| text.contains("crate `"));
        let (_, name) = texts.next()?.split_once("crate `")?;
        Some(name.split_once('`')?.0)
    }

    fn labels(&self) -> impl Iterator<Item = &String> {
        self.spans.iter().filter_map(|span| span.label.as_ref())
    }

    /// Whether it is about some place of the text.
    pub fn has_place(&self) -> bool {
        !self.spans.is_empty()
    }

    /// The line of this file that it is about.
    pub fn place(&self, file: &str) -> Option<Place> {
        let mut spans: Vec<&Span> = self.spans.iter().collect();
        spans.sort_by_key(|span| !span.is_primary);
        let line = spans.into_iter().find_map(|span| span.line_in(file))?;
        Some(Place {
            file: file.to_owned(),
            line,
        })
    }
}

impl Span {
    fn line_in(&self, file: &str) -> Option<u32> {
        let name = &self.file_name;
        if name.strip_prefix(PART_OF).unwrap_or(name) == file {
            return Some(self.line_start);
        }
        self.expansion.as_ref()?.span.line_in(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = r#"
{"message":"unused","level":"warning","spans":[],"rendered":"warning: unused"}
{"message":"no such thing","level":"error","spans":[
{"message":"mismatched types","level":"error","spans":[{"file_name":"a.rs","line_start":9,"is_primary":false,"expansion":null},{"file_name":"std/macros.rs","line_start":3,"is_primary":true,"expansion":{"span":{"file_name":"a.rs","line_start":7,"is_primary":false,"expansion":null}}}],"rendered":"error: mismatched types\n --> a.rs:7\n\n"}
{"message":"aborting due to 1 previous error","level":"error","spans":[],"rendered":"error: aborting"}
"#;

    #[test]
    fn only_errors_count() {
        let errors = errors(SAID);
        let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, ["mismatched types"]);
        assert_eq!(rendered(&errors), ["error: mismatched types\n --> a.rs:7"]);
    }

    #[test]
    fn an_error_inside_a_macro_is_at_its_call() {
        let errors = errors(SAID);
        assert_eq!(errors[0].place("a.rs").map(|place| place.line), Some(7));
        assert_eq!(errors[0].place("b.rs"), None);
    }

    #[test]
    fn many_errors_are_cut_short() {
        let line = SAID
            .lines()
            .find(|line| line.contains("mismatched"))
            .expect("a line");
        let errors = errors(&format!("{line}\n").repeat(7));
        assert_eq!(
            rendered(&errors).last().map(String::as_str),
            Some("and 2 more errors")
        );
    }
}
