//! `course author check`: proves that every exercise is as an exercise must be.

use std::fs;
use std::path::Path;

use anyhow::Context;

use crate::commands::author::answers::{Answer, Answers, SOLUTION};
use crate::commands::author::proof::{self, Proof};
use crate::commands::author::report::{self, Fault, Row};
use crate::commands::author::rules::Program;
use crate::commands::author::{demands, new, rules, tree};
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
/// When the libraries cannot be built, the list of demands or a report not be written or the results
/// not be printed.
pub fn run(workspace: &Workspace, options: &AuthorCheckOptions) -> anyhow::Result<ExitCode> {
    if let Some(folder) = &options.reports {
        // Said now, and not after half an hour.
        fs::create_dir_all(folder).with_context(|| message::file::not_written(folder))?;
    }
    if options.update {
        new::manifests(workspace)?;
        demands::update(workspace)?;
    }
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    let in_text = options.format == Format::Text;
    if in_text {
        let title = message::author::table_title(options.schedules, options.seeds);
        terminal::print(&title)?;
    }
    let missing = tree::missing(workspace);
    let there = |it: &&&Exercise| !missing.iter().any(|(id, _)| *id == it.id);
    for exercise in options.exercises.iter().filter(there) {
        let Some((of_it, wrong)) = one(workspace, exercise, options)? else {
            return Ok(code(&faults));
        };
        if let Some(signal) = interrupt::signal() {
            terminal::tell(message::interrupted());
            return Ok(ExitCode::Interrupted(signal));
        }
        rows.extend(of_it);
        faults.extend(wrong.into_iter().map(|message| Fault {
            exercise: Some(exercise.id.clone()),
            message,
        }));
    }
    faults.extend(of_course(workspace, missing));
    terminal::print(&match options.format {
        Format::Text => format!("\n{}", report::faults(&faults)),
        Format::Json => report::json(&rows, &faults, options.schedules, options.seeds)?,
    })?;
    Ok(code(&faults))
}

/// What is wrong with the course as a whole: all else follows from exercises that are not there.
fn of_course(workspace: &Workspace, missing: Vec<(String, String)>) -> Vec<Fault> {
    if !missing.is_empty() {
        let told = missing.into_iter().map(|(id, message)| Fault {
            exercise: Some(id),
            message,
        });
        return told.collect();
    }
    let all = tree::course(workspace).into_iter();
    let all = all.chain(demands::out_of_date(workspace));
    let told = all.map(|message| Fault {
        exercise: None,
        message,
    });
    told.collect()
}

fn code(faults: &[Fault]) -> ExitCode {
    if faults.is_empty() {
        ExitCode::Passed
    } else {
        ExitCode::NotPassed
    }
}

/// How well the wrong answers to an exercise are found, and what does not hold; `None` where nobody
/// reads it any more.
fn one(
    workspace: &Workspace,
    exercise: &Exercise,
    options: &AuthorCheckOptions,
) -> anyhow::Result<Option<(Vec<Row>, Vec<String>)>> {
    let in_text = options.format == Format::Text;
    let print = |text: &str| match in_text {
        true => terminal::print(text),
        false => Ok(Reader::Reads),
    };
    let answers = Answers::of(workspace, exercise);
    let names = answers.wrong().map(|answer| answer.name.chars().count());
    let width = names.max().unwrap_or(0);
    print(&format!("\n{}\n", exercise.id))?;
    let mut faults = of_files(workspace, exercise, &answers);
    let mut rows = Vec::new();
    for (answer, proof) in proved(workspace, exercise, answers.all, options, &mut faults)? {
        faults.extend(proof.faults);
        let Some(detection) = proof.detection else {
            continue;
        };
        let row = Row {
            exercise: exercise.id.clone(),
            answer,
            detection,
        };
        if print(&report::line(&row, width))? == Reader::Gone {
            return Ok(None);
        }
        rows.push(row);
    }
    Ok(Some((rows, faults)))
}

/// The proofs of all answers, as far as `course` is not interrupted; of the stub and the solution alone
/// where the solution has one that fails, since no other answer can get what it does not.
fn proved(
    workspace: &Workspace,
    exercise: &Exercise,
    mut answers: Vec<Answer>,
    options: &AuthorCheckOptions,
    faults: &mut Vec<String>,
) -> anyhow::Result<Vec<(Answer, Proof)>> {
    let is_solution = |answer: &Answer| answer.name == SOLUTION;
    let first = answers.iter().position(is_solution).map_or(0, |it| it + 1);
    let others = answers.split_off(first);
    let mut first = proof::prove_all(workspace, exercise, answers, options)?;
    let failed =
        |(answer, proof): &&mut (Answer, Proof)| is_solution(answer) && !proof.faults.is_empty();
    if let Some((solution, proof)) = first.iter_mut().find(failed) {
        let mut told = std::mem::take(&mut proof.faults);
        told.push(message::author::not_proved(&solution.shown, others.len()));
        // Before what is only incomplete.
        faults.splice(0..0, told);
        return Ok(first);
    }
    let others = proof::prove_all(workspace, exercise, others, options)?;
    Ok(first.into_iter().chain(others).collect())
}

/// What is wrong with an exercise's files, found without running anything.
fn of_files(workspace: &Workspace, exercise: &Exercise, answers: &Answers) -> Vec<String> {
    let text = |path: &Path| fs::read_to_string(path).unwrap_or_default();
    let [stub, solution] = [
        workspace.exercise_file(exercise),
        workspace.solution_file(exercise),
    ];
    let files = [&stub, &solution].map(|path| (workspace.relative(path), text(path)));
    let [stub, solution] = [&files[0], &files[1]].map(|(file, text)| Program { file, text });
    let mut faults = rules::texts(exercise, &stub, &solution);
    faults.extend(rules::answers(exercise, answers));
    faults.extend(rules::hints(exercise, answers));
    // The stub and the solution come first, and were compared.
    let others = answers.all.iter().skip(2);
    faults.extend(others.filter_map(|it| rules::answer(&it.shown, &text(&it.path))));
    faults.extend(demands::checks(workspace, exercise));
    faults.extend(tree::snapshots(workspace, exercise));
    faults
}
