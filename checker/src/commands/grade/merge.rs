//! `course merge`: combines parts of a class that were graded separately; the result is the same as
//! if they had been graded together.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, bail};

use super::result::{self, Graded};
use super::summary::{self, Class, Part, Summary};
use crate::message::grade as message;
use crate::options::MergeOptions;
use crate::report::json::TOOL;
use crate::support::exit_code::{ExitCode, UsageError};
use crate::support::write;

/// Puts the parts together.
///
/// # Errors
///
/// When a part is missing or is not of the same class, or what comes out cannot be written.
pub fn run(options: &MergeOptions) -> anyhow::Result<ExitCode> {
    let mut whole: Option<Class> = None;
    for part in &options.parts {
        let class = read(part)?;
        match &mut whole {
            None => whole = Some(class),
            Some(whole) => join(whole, class, part)?,
        }
    }
    complete(&options.parts)?;
    let Some(mut whole) = whole else {
        bail!(UsageError(message::nothing_to_merge().to_owned()));
    };
    whole.shared = OnceLock::new();
    whole.graded.sort_by(|a, b| a.name.cmp(&b.name));
    result::make(&options.out.join("results"))?;
    summary::remove(&options.out);
    for graded in &whole.graded {
        let from = options
            .parts
            .iter()
            .find(|part| result::path(part, &graded.name).is_file());
        let from = from.with_context(|| message::no_result(&graded.name))?;
        copy_reports(graded, from, &options.out)?;
        graded.write(&options.out)?;
    }
    super::finish(&whole, &options.out, None)
}

/// A part as it was written.
fn read(part: &Path) -> anyhow::Result<Class> {
    let path = part.join(summary::SUMMARY);
    let text = fs::read(&path).map_err(|_| UsageError(message::part_not_done(part)))?;
    let summary: Summary =
        serde_json::from_slice(&text).with_context(|| message::not_read(&path))?;
    if summary.tool != TOOL || summary.version != result::VERSION {
        bail!(UsageError(message::other_tool(part, &summary.tool)));
    }
    let (mut graded, mut marks) = (Vec::new(), BTreeMap::new());
    for line in summary.submissions {
        if let Some(mark) = line.grade {
            marks.insert(line.name.clone(), mark);
        }
        let result = result::read(part, &line.name);
        graded.push(result.with_context(|| message::no_result(&line.name))?);
    }
    Ok(Class {
        seed: summary.seed,
        schedules: summary.schedules,
        course: summary.course,
        exercises: summary.exercises,
        nobodys: summary.not_taken,
        policy: summary.grading,
        marks,
        graded,
        shared: OnceLock::new(),
    })
}

fn join(whole: &mut Class, part: Class, path: &Path) -> anyhow::Result<()> {
    let same = whole.seed == part.seed
        && whole.schedules == part.schedules
        && whole.course == part.course
        && whole.exercises == part.exercises
        && whole.policy == part.policy;
    if !same {
        bail!(UsageError(message::other_class(path)));
    }
    whole.marks.extend(part.marks);
    whole.nobodys.extend(part.nobodys);
    whole.nobodys.sort();
    whole.nobodys.dedup();
    for graded in part.graded {
        match whole.graded.iter().find(|known| known.name == graded.name) {
            None => whole.graded.push(graded),
            // The same submission, graded twice.
            Some(known) if known.key == graded.key => {}
            Some(_) => bail!(UsageError(message::graded_differently(&graded.name))),
        }
    }
    Ok(())
}

/// Fails if the parts say how many there are, and are not complete.
fn complete(parts: &[PathBuf]) -> anyhow::Result<()> {
    let told = |part: &PathBuf| -> Option<Part> {
        serde_json::from_slice(&fs::read(part.join(summary::PART)).ok()?).ok()
    };
    let told: Vec<Part> = parts.iter().filter_map(told).collect();
    let Some(first) = told.first().map(|part| part.partition) else {
        return Ok(());
    };
    let same = |part: &&Part| part.partition.kind == first.kind && part.partition.of == first.of;
    let there: Vec<u64> = told
        .iter()
        .filter(same)
        .map(|it| it.partition.number)
        .collect();
    let missing: Vec<u64> = (1..=first.of)
        .filter(|number| !there.contains(number))
        .collect();
    if !missing.is_empty() {
        bail!(UsageError(message::parts_missing(&missing, first.of)));
    }
    Ok(())
}

fn copy_reports(graded: &Graded, from: &Path, out: &Path) -> anyhow::Result<()> {
    let named = graded.results.iter();
    for file in named.flat_map(|it| [&it.report, &it.page]).flatten() {
        // A result is read from a file, which anybody may have written.
        let inside = Path::new(file)
            .components()
            .all(|it| matches!(it, std::path::Component::Normal(_)));
        if !inside {
            bail!(UsageError(message::no_result(&graded.name)));
        }
        let to = out.join(file);
        if let Some(folder) = to.parent() {
            result::make(folder)?;
        }
        let text =
            fs::read(from.join(file)).with_context(|| message::not_read(&from.join(file)))?;
        write::one_of_many(&to, text)?;
    }
    Ok(())
}
