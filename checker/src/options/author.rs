//! What was typed after the commands of those who write exercises, checked against the course.

use std::path::PathBuf;

use super::target::{Target, target};
use super::{Format, allowed_cores, choose, ids};
use crate::cli::author::{AuthorCheckArgs, BlessArgs, NewArgs};
use crate::cli::check::SearchArgs;
use crate::course::Exercise;
use crate::course::select::{self, Choice};
use crate::course::workspace::Workspace;
use crate::message;
use crate::support::exit_code::UsageError;

/// What `course author check` needs to know.
pub struct AuthorCheckOptions<'w> {
    /// The exercises, each once.
    pub exercises: Vec<&'w Exercise>,
    /// Schedules that each answer is run under.
    pub schedules: u32,
    /// Seeds that are to find each wrong answer.
    pub seeds: u64,
    /// Cores to use.
    pub jobs: usize,
    /// Whether to write the list of demands anew.
    pub update: bool,
    /// Where to write the reports on wrong answers.
    pub reports: Option<PathBuf>,
    /// How to print the report.
    pub format: Format,
}

/// What `course author bless` needs to know.
pub struct BlessOptions<'w> {
    /// The exercises, with their solutions as the subject.
    pub targets: Vec<Target<'w>>,
}

/// What `course author new` needs to know.
#[derive(Debug, PartialEq, Eq)]
pub struct NewOptions {
    /// Its name, with its numbers.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Whether it begins as one on threads.
    pub threads: bool,
}

pub fn new(args: &NewArgs, workspace: &Workspace) -> Result<NewOptions, UsageError> {
    let ids = ids(workspace);
    let no_name = || UsageError(message::course::no_name(&args.exercise));
    let (topic, name) = args.exercise.split_once('/').ok_or_else(no_name)?;
    let topics: Vec<&str> = ids.iter().map(|id| select::topic(id)).collect();
    let topic = numbered(topic, &topics, 2);
    let names = ids.iter().filter_map(|id| id.split_once('/'));
    let names: Vec<&str> = names.filter(|it| it.0 == topic).map(|it| it.1).collect();
    // What is there already is not given another number.
    let known = names.iter().find(|it| without_number(it) == name);
    let name = known.map_or_else(|| numbered(name, &names, 1), |it| (*it).to_owned());
    let id = format!("{topic}/{name}");
    if !Exercise::is_id(&id) {
        return Err(no_name());
    }
    if ids.contains(&id.as_str()) {
        return Err(UsageError(message::new::is_there(&id)));
    }
    let title = args.title.clone();
    Ok(NewOptions {
        title: title.unwrap_or_else(|| message::new::title(without_number(&name))),
        id,
        threads: args.threads,
    })
}

/// A name with the number that it has among those, or with the next one.
fn numbered(name: &str, there: &[&str], digits: usize) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return name.to_owned();
    }
    if let Some(known) = there.iter().find(|it| without_number(it) == name) {
        return (*known).to_owned();
    }
    let numbers = there
        .iter()
        .filter_map(|it| it.split('_').next()?.parse::<u32>().ok());
    let next = numbers.max().unwrap_or(0) + 1;
    format!("{next:0digits$}_{name}")
}

/// A name behind its number.
fn without_number(name: &str) -> &str {
    name.trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start_matches('_')
}

pub fn check<'w>(
    args: &AuthorCheckArgs,
    workspace: &'w Workspace,
) -> Result<AuthorCheckOptions<'w>, UsageError> {
    let (schedules, seeds) = if args.quick { (200, 5) } else { (1000, 20) };
    let mut exercises = Vec::new();
    for choice in choose_or_all(&args.what, workspace)? {
        let exercise = &workspace.course.exercises[choice.index];
        // Named by its file and by its solution's, it is still one.
        if !exercises.contains(&exercise) {
            exercises.push(exercise);
        }
    }
    Ok(AuthorCheckOptions {
        exercises,
        schedules: args.schedules.unwrap_or(schedules),
        seeds: args.seeds.unwrap_or(seeds),
        jobs: args.jobs.map_or_else(allowed_cores, usize::from),
        update: args.update,
        reports: args.reports.clone(),
        format: args.format,
    })
}

pub fn bless<'w>(
    args: &BlessArgs,
    workspace: &'w Workspace,
) -> Result<BlessOptions<'w>, UsageError> {
    let choices = choose_or_all(&args.what, workspace)?;
    let search = SearchArgs {
        edition: None,
        schedules: Some(args.schedules),
        seed: args.seed,
        exhaustive: false,
        preemptions: None,
        solutions: true,
        file: None,
        max_delay: None,
        expect: None,
        same_output: false,
    };
    let targets = choices
        .into_iter()
        .map(|choice| target(choice, &search, args.jobs, workspace))
        .collect::<Result<_, _>>()?;
    Ok(BlessOptions { targets })
}

/// What was named, or everything where nothing was.
fn choose_or_all(what: &[String], workspace: &Workspace) -> Result<Vec<Choice>, UsageError> {
    if what.is_empty() {
        return Ok(select::all(&ids(workspace)));
    }
    choose(what, workspace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::Course;

    fn named(typed: &str) -> Result<(String, String), String> {
        let entry = |id: &str| {
            format!("[exercise.\"{id}\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 1\n")
        };
        let text = entry("05_lock/1_a") + &entry("05_lock/2_b") + &entry("11_x/1_c");
        let course = Course::load_text(&text).expect("parses");
        let workspace = Workspace {
            root: "/nowhere".into(),
            seen_from: "/nowhere".into(),
            course,
        };
        let args = NewArgs {
            exercise: typed.to_owned(),
            title: None,
            threads: false,
        };
        let options = new(&args, &workspace).map_err(|error| error.0)?;
        Ok((options.id, options.title))
    }

    #[test]
    fn a_new_exercise_gets_its_numbers_where_it_has_none() {
        for (typed, id, title) in [
            (
                "12_semaphore/1_the_gate",
                "12_semaphore/1_the_gate",
                "The gate",
            ),
            ("semaphore/gate", "12_semaphore/1_gate", "Gate"),
            ("lock/gate", "05_lock/3_gate", "Gate"),
            ("05_lock/7_gate", "05_lock/7_gate", "Gate"),
        ] {
            assert_eq!(
                named(typed),
                Ok((id.to_owned(), title.to_owned())),
                "{typed}"
            );
        }
        for (typed, says) in [
            ("gate", "does not look like"),
            ("semaphore/Gate", "does not look like"),
            ("05_lock/1_a", "05_lock/1_a"),
            ("lock/b", "05_lock/2_b"),
        ] {
            let told = named(typed).expect_err("is no new name");
            assert!(told.contains(says), "{told}");
        }
    }
}
