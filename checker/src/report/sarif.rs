//! The report as SARIF 2.1.0, which code scanning and many editors read: a result a finding, with the
//! run that shows it as a code flow, in which each task is a thread flow.
//!
//! GitHub's code scanning needs of it: relative paths, the rules with their texts, and a fingerprint by
//! which a finding is the same in the next upload.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::facts::table::Kind;
use crate::facts::{Blame, Counterexample, Outcome, Place, Verdict};
use crate::message;
use crate::message::plain;
use crate::message::trace;
use crate::report::excerpt::Source;
use crate::report::json;
use crate::report::pointed::Pointed;
use crate::report::rustc;

/// The schema, as it is published.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The base of all paths: the course's folder.
const ROOT: &str = "%SRCROOT%";

/// An outcome as a result, with the file that was checked; `None` for a pass.
pub fn result(outcome: &Outcome, file: &str, source: Source) -> Option<Value> {
    let level = level(outcome.verdict)?;
    let pointed = Pointed::of(outcome, file, source);
    let text = match rustc::why(outcome) {
        Some(why) => format!("{}\n{}", title(outcome), message::editor::because(&why)),
        None => title(outcome),
    };
    let mut result = json!({
        "ruleId": outcome.verdict.name(),
        "ruleIndex": index(outcome.verdict),
        "level": level,
        "message": { "text": text },
        "locations": [location(&pointed.at, None)],
        "partialFingerprints": { "exerciseVerdictLine/v1": fingerprint(outcome, &pointed, source) },
        "properties": { "exercise": outcome.exercise, "cause": outcome.cause },
    });
    if !pointed.others.is_empty() {
        let related = pointed.others.iter().enumerate();
        let related = related.map(|(id, (place, said))| {
            let mut location = location(place, Some(said));
            location["id"] = id.into();
            location
        });
        result["relatedLocations"] = related.collect();
    }
    if let Some(flow) = outcome.counterexample.as_deref().and_then(flow) {
        result["codeFlows"] = json!([flow]);
    }
    Some(result)
}

fn title(outcome: &Outcome) -> String {
    message::editor::title(outcome)
}

/// `None` for a pass.
fn level(verdict: Verdict) -> Option<&'static str> {
    match verdict.traits().blame {
        Blame::Nobody => None,
        Blame::Unfinished => Some("note"),
        Blame::Checker => Some("warning"),
        Blame::Program => Some("error"),
    }
}

/// Verdicts for which there are results.
fn verdicts() -> impl Iterator<Item = Verdict> {
    let all = Verdict::ALL.iter().copied();
    all.filter(|&verdict| level(verdict).is_some())
}

fn index(verdict: Verdict) -> Option<usize> {
    verdicts().position(|it| it == verdict)
}

fn rule(verdict: Verdict) -> Value {
    json!({
        "id": verdict.name(),
        "shortDescription": { "text": message::headline(verdict) },
        "fullDescription": { "text": message::editor::meaning(verdict) },
        "help": { "text": message::editor::help(verdict) },
        "defaultConfiguration": { "level": level(verdict) },
    })
}

/// The same as long as the exercise, the verdict and the text of the line are.
fn fingerprint(outcome: &Outcome, pointed: &Pointed, source: Source) -> String {
    let text = source(&pointed.at.file).unwrap_or_default();
    let line = text.lines().nth(pointed.at.line.saturating_sub(1) as usize);
    let (exercise, verdict) = (&outcome.exercise, outcome.verdict.name());
    let text = format!("{exercise}\n{verdict}\n{}", line.unwrap_or_default().trim());
    let digest = Sha256::digest(text.as_bytes());
    let digits = digest[..16].iter().map(|byte| format!("{byte:02x}"));
    digits.collect()
}

fn location(place: &Place, said: Option<&str>) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&place.file), "uriBaseId": ROOT },
            "region": { "startLine": place.line },
        },
    });
    if let Some(said) = said {
        location["message"] = json!({ "text": said });
    }
    location
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'_' | b'.' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// The run that shows it: what each task did, and by `executionOrder` what came before what.
fn flow(counterexample: &Counterexample) -> Option<Value> {
    let (table, run) = (counterexample.table.as_ref()?, &counterexample.failing.run);
    let steps = table.rows.iter().filter_map(|row| match row.kind {
        Kind::Step(index, _) => run.events.get(index),
        Kind::Switch | Kind::Delay | Kind::Gap(_) => None,
    });
    let steps: Vec<_> = (1..).zip(steps).collect();
    let threads = table.tasks.iter().filter_map(|&task| {
        let own = steps.iter().filter(|(_, event)| event.task == task);
        let locations: Vec<Value> = own
            .map(|(order, event)| {
                let did = plain::line(&trace::deed(run, "", event));
                let location = match &event.at {
                    Some(site) => location(&Place::of(site), Some(&did)),
                    None => json!({ "message": { "text": did } }),
                };
                json!({ "location": location, "executionOrder": order })
            })
            .collect();
        let name = trace::task(run, task);
        // A thread flow has steps.
        (!locations.is_empty()).then(|| {
            json!({
                "id": name, "locations": locations,
                "message": { "text": message::editor::part_of(&name) },
            })
        })
    });
    let threads: Vec<Value> = threads.collect();
    (!threads.is_empty()).then(|| json!({ "threadFlows": threads }))
}

/// The report on all that was checked; `failed`: why nothing could be checked, if so.
///
/// # Errors
///
/// When it cannot be written as JSON.
pub fn report(results: &[Value], failed: Option<&str>) -> anyhow::Result<String> {
    let mut invocation = json!({ "executionSuccessful": failed.is_none() });
    if let Some(reason) = failed {
        let notification = json!({ "level": "error", "message": { "text": reason } });
        invocation["toolExecutionNotifications"] = json!([notification]);
    }
    let driver = json!({
        "name": "course",
        "version": env!("CARGO_PKG_VERSION"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": verdicts().map(rule).collect::<Vec<_>>(),
    });
    json::pretty(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": driver },
            "automationDetails": { "id": "course/" },
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": results,
        }],
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references_whatever_is_in_them() {
        assert_eq!(uri("exercises/05_lock/1_a.rs"), "exercises/05_lock/1_a.rs");
        assert_eq!(uri("my files/ä#1.rs"), "my%20files/%C3%A4%231.rs");
    }

    #[test]
    fn a_pass_is_no_result_and_all_else_has_a_rule() {
        assert_eq!(index(Verdict::Passed), None);
        for verdict in verdicts() {
            let index = index(verdict).expect("has a rule");
            assert_eq!(verdicts().nth(index), Some(verdict));
        }
    }
}
