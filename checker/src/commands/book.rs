//! `course book`: the text of the course as pages for the browser, with the schedules of the mistakes that
//! it tells of.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};

use crate::check::{self, CheckOptions, DEFAULT_SCHEDULES, Expected, Subject};
use crate::commands::{read, replay};
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::facts::Edition;
use crate::facts::containment::Mode;
use crate::message::{self, editor};
use crate::options::{self, BookOptions, Target};
use crate::program::sandbox;
use crate::report::book::{self, Mistake, Section, Shown};
use crate::support::exit_code::ExitCode;
use crate::support::{interrupt, progress, terminal, write};

/// The folder of the schedules' pages, in that of the book.
const SCHEDULES: &str = "schedules";

/// Writes the pages, and says where they are.
///
/// # Errors
///
/// When course.md cannot be read or has a mistake that fits no program, and when a page cannot be made.
pub fn run(workspace: &Workspace, options: &BookOptions) -> anyhow::Result<ExitCode> {
    // The programs are the course's own, and use files.
    sandbox::choose(Mode::Off)?;
    let text = fs::read_to_string(workspace.root.join("course.md"));
    let text = text.context("failed to read course.md")?;
    let sections = read::sections(&text);
    let sections: Vec<Section> = sections
        .map(|(title, text)| Section::new(title, text))
        .collect();
    let begin = sections
        .first()
        .and_then(|it| text.find(it.text))
        .unwrap_or(text.len());
    let begin = &text[..begin];
    let title = begin
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("# ");
    let folder = options.folder.clone();
    let folder = folder.unwrap_or_else(|| workspace.root.join("target/course/book"));
    fs::create_dir_all(folder.join(SCHEDULES)).context("failed to make the folder of the book")?;
    let mut shown = Vec::new();
    for section in &sections {
        let mistakes = book::mistakes(&section.name, section.text).map_err(|told| anyhow!(told))?;
        for mistake in mistakes {
            shown.push(schedule(workspace, &folder, section, mistake)?);
            if let Some(signal) = interrupt::signal() {
                return Ok(ExitCode::Interrupted(signal));
            }
        }
    }
    for (file, page) in book::pages(title, begin, &sections, &shown)? {
        write::one_of_many(&folder.join(file), page)?;
    }
    terminal::print(&message::book::written(&folder.join(book::INDEX)))?;
    Ok(ExitCode::Passed)
}

/// Checks a program with a mistake, and writes the page of the schedule that shows it.
fn schedule(
    workspace: &Workspace,
    folder: &Path,
    section: &Section,
    mistake: Mistake,
) -> anyhow::Result<Shown> {
    let file = |ending: &str| {
        folder
            .join(SCHEDULES)
            .join(format!("{}.{ending}", mistake.name))
    };
    write::one_of_many(&file("rs"), &mistake.program)?;
    let expected = mistake.expected.as_ref().map(|lines| {
        let file = file("txt");
        write::one_of_many(&file, lines).map(|()| file)
    });
    let expected = expected.transpose()?;
    let id = format!("{}: {}", section.title, mistake.caption);
    let exercise = Exercise::of_program(id, Vec::new(), None, expected.is_some());
    let expected = expected.map_or(Expected::Open, Expected::File);
    let subject = Subject::program(
        std::path::absolute(file("rs"))?,
        expected,
        Edition::default(),
    );
    let target = Target {
        exercise: Cow::Owned(exercise),
        options: CheckOptions {
            schedules: DEFAULT_SCHEDULES,
            seed: 0,
            jobs: options::allowed_cores(),
            exhaustive: None,
            subject,
        },
    };
    let outcome = progress::during(&mistake.name, true, |progress| {
        check::check(workspace, &target.exercise, &target.options, progress)
    })?;
    let Some(page) = replay::page(workspace, &target, &outcome)? else {
        let told = message::book::nothing_wrong(&mistake.name, &mistake.caption);
        return Err(anyhow!(told));
    };
    write::one_of_many(&file("html"), page)?;
    Ok(Shown {
        found: editor::title(&outcome),
        page: format!("{SCHEDULES}/{}.html", mistake.name),
        mistake,
    })
}
