//! `course grade`: grades a whole class, several submissions in parallel, each in a process of its own and
//! with a result of its own.
//!
//! A submission is checked on one core, so that as many are under way as there are cores; what a
//! check finds does not depend on that. Its result is written atomically, after everything else
//! that belongs to it. So if `course` is stopped, by whatever means, only the submissions under way
//! are lost.

pub mod alone;
mod answers;
pub mod class;
mod feedback;
mod gone;
pub mod grading;
pub mod marks;
pub mod merge;
pub mod package;
pub mod page;
pub mod patterns;
mod platforms;
pub mod remarks;
pub mod result;
pub mod summary;
mod tries;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::class::Submission;
use self::grading::Grading;
use self::marks::{Mark, Try};
use self::result::Graded;
use self::summary::{Class, Part};
use crate::course::grading::Policy;
use crate::course::workspace::Workspace;
use crate::explore::cores;
use crate::message::grade as message;
use crate::options::GradeOptions;
use crate::options::partition::Partition;
use crate::program::provide;
use crate::program::sandbox;
use crate::report::json;
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::progress::Progress;
use crate::support::terminal;
use crate::support::write;

/// The grades as a table.
const GRADES: &str = "grades.csv";

/// Grades a class.
///
/// # Errors
///
/// When there is no class, or what comes out cannot be written.
pub fn run(workspace: &Workspace, options: &GradeOptions) -> anyhow::Result<ExitCode> {
    sandbox::choose(options.sandbox)?;
    if let Some(alone) = &options.alone {
        let (all, _) = find(workspace, options)?;
        return alone::run(&Grading::new(workspace, options)?, alone, all);
    }
    terminal::tell(&crate::message::sandbox::layers(&sandbox::told()));
    if let Some((file, _)) = &options.policy {
        terminal::tell(&crate::message::grading::by(&file.display().to_string()));
    }
    let (all, nobodys) = find(workspace, options)?;
    let mine = part(options, all);
    let unknown = |it: &Submission| !it.paths.is_empty() && it.submitted.is_none();
    let timeless = options.policy().filter(|it| it.knows_no_times());
    if let Some(policy) = timeless.filter(|_| mine.iter().any(unknown)) {
        terminal::tell(crate::message::grading::no_times(policy.table.is_some()));
    }
    result::make(&options.out.join("results"))?;
    // If the libraries do not build, that is no submission's fault.
    provide::find(workspace)?;
    let grading = Grading::new(workspace, options)?;
    let graded = grade_all(&grading, &mine)?;
    if let Some(signal) = interrupt::signal() {
        terminal::tell(message::interrupted());
        return Ok(ExitCode::Interrupted(signal));
    }
    let (graded, marks) = together(options, &mine, graded)?;
    let class = Class {
        seed: options.seed,
        schedules: options.schedules,
        course: grading.course,
        exercises: options
            .exercises
            .iter()
            .map(|it| summary::Exercise::from(*it))
            .collect(),
        nobodys,
        policy: options.policy().cloned(),
        marks,
        graded,
        shared: OnceLock::new(),
    };
    if options.answers {
        answers::finish(workspace, options, &class, &mine)?;
    } else if options.out.join(answers::FOLDER).exists() {
        terminal::tell(&message::old_answers(&options.out.join(answers::FOLDER)));
    }
    let withdrawn = gone::withdrawn(&mine, &options.out)?;
    if !withdrawn.is_empty() {
        let place = options.out.join(gone::FOLDER);
        terminal::print(&message::withdrawn(&withdrawn, &place))?;
    }
    finish(&class, &options.out, options.partition)
}

/// All submissions, and what in the folders of the class is none.
fn find(
    workspace: &Workspace,
    options: &GradeOptions,
) -> anyhow::Result<(Vec<Submission>, Vec<String>)> {
    let course = workspace.ids();
    let own = options
        .policy
        .iter()
        .flat_map(|(file, policy)| policy.files(file));
    let own: Vec<PathBuf> = own.filter_map(|it| it.canonicalize().ok()).collect();
    let (mut rounds, mut nobodys) = (Vec::new(), Vec::new());
    for class in &options.classes {
        let found = class::find(class, &course)?;
        class::refuse_inside(&options.out, class, &found)?;
        let is_own = |it: &String| {
            class
                .join(it)
                .canonicalize()
                .is_ok_and(|it| own.contains(&it))
        };
        nobodys.extend(found.nobodys.into_iter().filter(|it| !is_own(it)));
        rounds.push(found.submissions);
    }
    Ok((tries::assign(rounds, options.policy())?, nobodys))
}

/// Those that are to be graded here: all tries of a learner, or none.
fn part(options: &GradeOptions, all: Vec<Submission>) -> Vec<Submission> {
    let Some(part) = options.partition else {
        return all;
    };
    let mut names: Vec<String> = all.iter().map(|it| it.name.clone()).collect();
    names.dedup();
    let names = names.into_iter().enumerate();
    let names: Vec<String> = names
        .filter(|(at, it)| part.has(*at, it))
        .map(|it| it.1)
        .collect();
    all.into_iter()
        .filter(|it| names.contains(&it.name))
        .collect()
}

/// The tries of each learner together, and what they are worth.
fn together(
    options: &GradeOptions,
    submissions: &[Submission],
    graded: Vec<Graded>,
) -> anyhow::Result<(Vec<Graded>, BTreeMap<String, Mark>)> {
    let plain = Policy::plain();
    let policy = options.policy().unwrap_or(&plain);
    let (mut all, mut marks) = (Vec::new(), BTreeMap::new());
    let mut graded = graded.into_iter();
    for tries in submissions.chunk_by(|a, b| a.name == b.name) {
        let of_try = |(submission, graded): (&Submission, Graded)| Try {
            graded,
            place: submission.place.clone(),
            submitted: submission.submitted,
        };
        let graded: Vec<Try> = tries.iter().zip(graded.by_ref()).map(of_try).collect();
        let (together, mark) = marks::mark(policy, &graded, tries[0].learner.as_ref());
        if !tries[0].place.is_empty() {
            together.write(&options.out)?;
        }
        if options.policy.is_some() {
            marks.insert(together.name.clone(), mark);
        }
        all.push(together);
    }
    Ok((all, marks))
}

/// Writes what a class came to, and tells it.
///
/// # Errors
///
/// When a file cannot be written, or nothing be printed.
pub fn finish(class: &Class, out: &Path, partition: Option<Partition>) -> anyhow::Result<ExitCode> {
    let gone = gone::put_aside(class, out)?;
    write_out(class, out, partition)?;
    let again = class.graded.iter().filter(|it| it.again());
    let again: Vec<&str> = again.map(|it| it.name.as_str()).collect();
    if !gone.is_empty() {
        terminal::print(&message::gone(&gone, &out.join(gone::FOLDER)))?;
    }
    if !class.nobodys.is_empty() {
        terminal::print(&message::nobodys(&class.nobodys))?;
    }
    let unknown = class.graded.iter().filter(|it| class.is_nobodys(it));
    let unknown: Vec<&str> = unknown.map(|it| it.name.as_str()).collect();
    if !unknown.is_empty() {
        terminal::print(&crate::message::grading::not_in_table(&unknown))?;
    }
    terminal::print(&message::came_to(&class.intro(), &again, out))?;
    Ok(if again.is_empty() {
        ExitCode::Passed
    } else {
        ExitCode::Inconclusive
    })
}

/// Writes the grades, the page and the summary; the summary last, since it says that everything is
/// there.
fn write_out(class: &Class, out: &Path, partition: Option<Partition>) -> anyhow::Result<()> {
    write::whole(&out.join(GRADES), class.grades())?;
    result::make(&out.join(platforms::FOLDER))?;
    for (name, table) in platforms::tables(class) {
        write::whole(&out.join(platforms::FOLDER).join(name), table)?;
    }
    feedback::write_all(class, out)?;
    let pages = page::pages(class)?;
    for (number, page) in (1..).zip(&pages) {
        write::whole(&out.join(page::file(number)), page)?;
    }
    // Of an earlier run with more submissions, perhaps.
    let mut later = (pages.len() + 1..).map(|number| out.join(page::file(number)));
    while later
        .next()
        .is_some_and(|page| fs::remove_file(page).is_ok())
    {}
    match partition {
        Some(partition) => {
            write::whole(&out.join(summary::PART), json::pretty(&Part { partition })?)?;
        }
        // It may be from an earlier run; if there is none, nothing has to be removed.
        None => drop(fs::remove_file(out.join(summary::PART))),
    }
    write::whole(&out.join(summary::SUMMARY), json::pretty(&class.summary())?)
}

/// Grades submissions side by side; the results in the order of the submissions.
fn grade_all(grading: &Grading, all: &[Submission]) -> anyhow::Result<Vec<Graded>> {
    let (done, progress) = (AtomicUsize::new(0), Progress::of_class());
    // All that a check starts stays on its core, too.
    let graded = cores::map(grading.options.jobs, all.len(), drop, |(), number| {
        if interrupt::requested() {
            return Ok(None);
        }
        let graded = alone::graded(grading, &all[number])?;
        if graded.is_some() {
            progress.set_class(done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
        }
        Ok(graded)
    });
    progress.finish();
    graded
}
