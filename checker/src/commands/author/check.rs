//! `course author check`: proves that every exercise is as an exercise must be.

use crate::commands::author::answers::Answers;
use crate::commands::author::report::{self, Fault, Row};
use crate::commands::author::{demands, proof, rules, tree};
use crate::course::Exercise;
use crate::course::workspace::Workspace;
use crate::message;
use crate::options::{AuthorCheckOptions, Format};
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::terminal::{self, Reader};

/// Checks the exercises and the lists that name them.
///
/// # Errors
///
/// When the libraries cannot be built, the list of demands not be written or the results not be
/// printed.
pub fn run(workspace: &Workspace, options: &AuthorCheckOptions) -> anyhow::Result<ExitCode> {
    if options.update {
        demands::update(workspace)?;
    }
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    let in_text = options.format == Format::Text;
    if in_text {
        let title = message::author::table_title(options.schedules, options.seeds);
        terminal::print(&title)?;
    }
    for exercise in &options.exercises {
        let (of_it, wrong) = one(workspace, exercise, options)?;
        if let Some(signal) = interrupt::signal() {
            terminal::tell(message::interrupted());
            return Ok(ExitCode::Interrupted(signal));
        }
        let table = report::table(&exercise.id, &of_it);
        rows.extend(of_it);
        faults.extend(wrong.into_iter().map(|message| Fault {
            exercise: Some(exercise.id.clone()),
            message,
        }));
        if in_text && terminal::print(&format!("\n{table}"))? == Reader::Gone {
            return Ok(code(&faults));
        }
    }
    let of_course = tree::course(workspace).into_iter();
    let of_course = of_course
        .chain(demands::out_of_date(workspace))
        .map(|message| Fault {
            exercise: None,
            message,
        });
    faults.extend(of_course);
    terminal::print(&match options.format {
        Format::Text => format!("\n{}", report::faults(&faults)),
        Format::Json => report::json(&rows, &faults, options.schedules, options.seeds)?,
    })?;
    Ok(code(&faults))
}

fn code(faults: &[Fault]) -> ExitCode {
    if faults.is_empty() {
        ExitCode::Passed
    } else {
        ExitCode::NotPassed
    }
}

/// How well the wrong answers to an exercise are found, and what does not hold.
fn one(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &AuthorCheckOptions,
) -> anyhow::Result<(Vec<Row>, Vec<String>)> {
    let answers = Answers::of(workspace, exercise);
    let mut faults = of_files(workspace, exercise, &answers);
    let mut rows = Vec::new();
    proof::compile(workspace, exercise, &answers.all, options.jobs)?;
    for answer in answers.all {
        if interrupt::requested() {
            break;
        }
        let proof = proof::prove(workspace, exercise, &answer, options);
        faults.extend(proof.faults);
        rows.extend(proof.detection.map(|detection| Row {
            exercise: exercise.id.clone(),
            answer,
            detection,
        }));
    }
    Ok((rows, faults))
}

/// What is wrong with an exercise's files, found without running anything.
fn of_files(workspace: &Workspace, exercise: &Exercise, answers: &Answers) -> Vec<String> {
    let text = |path| std::fs::read_to_string(path).unwrap_or_default();
    let stub = text(workspace.exercise_file(exercise));
    let solution = text(workspace.solution_file(exercise));
    let mut faults = rules::texts(exercise, &stub, &solution);
    faults.extend(rules::answers(answers));
    faults.extend(rules::hints(exercise, answers));
    // The stub and the solution come first, and were compared.
    let others = answers.all.iter().skip(2);
    faults.extend(others.filter_map(|it| rules::answer(&it.shown, &text(it.path.clone()))));
    faults.extend(demands::checks(workspace, exercise));
    faults.extend(tree::snapshots(workspace, exercise));
    faults
}
