//! Judges single runs: pure functions from a [`Run`] to a small digest of what it shows.
//!
//! A run is judged on the worker thread right after it ended, in any order and in parallel. What
//! only all schedules together can show is left to [`summary`].

pub mod blocked_forever;
pub mod clean;
pub mod clock;
mod consequence;
pub mod deadlock;
mod difference;
pub mod ending;
mod freedom;
mod groups;
mod guarded;
pub mod held;
mod in_order;
mod inside;
mod liberties;
mod looking;
mod memory;
mod namesake;
mod once;
pub mod output;
mod points;
mod polling;
pub mod refused;
pub mod requirement;
mod stand_in;
pub mod states;
pub mod summary;
pub mod taken;
mod unwound;
pub mod view;
mod weak;

#[cfg(test)]
pub mod build;

use std::time::Duration;

use self::inside::Inside;
use self::requirement::Unwaited;
pub use self::unwound::Uses;
use sched_model::run::{End, Run, Site, Task, TaskId};

use crate::course::snapshot::Transcript;
use crate::course::{Exercise, View};
use crate::facts::Tasks;
use crate::facts::fact::{Fact, Label, Line};
use crate::facts::{About, Finding, Found, Place, Verdict};

/// Longest part of a panic's message in a finding's one sentence, in characters.
const MESSAGE_CHARS: usize = 160;
/// Longest excerpt of a printed line in a message, in characters.
const LINE_CHARS: usize = 80;

/// What is kept of one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    /// The schedule's number within its row.
    pub schedule: u32,
    /// What was wrong, in no particular order. Wrong output counts as `wrong_output` in
    /// schedule 0 and as `wrong_order` elsewhere, until the row's schedule 0 is known.
    pub found: Vec<Found>,
    /// Whether every task exited by itself.
    pub finished: bool,
    /// Whether further schedules of this kind would only cost time.
    pub stop: bool,
    /// The most tasks at once inside marked sections.
    pub inside: Inside,
    /// The names of the marked sections, sorted.
    pub sections: Vec<String>,
    /// What the exercise wants waited for and nobody waited for.
    pub never_waited: Vec<Unwaited>,
    /// A number that tells the order of lines apart.
    pub order: u64,
    /// Whether some process was free to print before another one that came first.
    pub free: bool,
    /// Virtual time of a finished run without delays.
    pub makespan: Option<Duration>,
    /// How many tasks other than main printed.
    pub printers: u32,
    /// Where the first child other than a manager was started.
    pub start: Option<Site>,
    /// Where the second one who prints was kept from being the first, and the second one who works
    /// from working with the first.
    pub kept: [Option<Site>; 2],
}

/// What is known of the text of a program.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// Tells which calls return something that the program uses.
    pub uses: Uses<'a>,
    /// The line from which it is as it was given, 0 for all of it. Only what is marked there counts
    /// as work: an answer that marks sections of its own tells nothing.
    pub given: u32,
}

/// Judges one run; `allowed` are the transcripts it may have, or `None` if any will do.
pub fn digest(
    exercise: &Exercise,
    allowed: Option<&[Transcript]>,
    source: Source,
    run: &Run,
) -> Digest {
    let uses = source.uses;
    let finished = run.end == End::Finished;
    let mut found = ending::exits(run, uses);
    found.extend(ending::end(run, is_of_exercise(&exercise.view)));
    // If a process panicked or the run did not end by itself, the output is incomplete.
    let complete = finished && found.is_empty();
    found.extend(ending::races(run));
    found.extend(memory::races(run));
    if complete && let Some(allowed) = allowed {
        found.extend(wrong_output(exercise, allowed, uses, run));
    }
    if complete {
        let require = &exercise.require;
        // Each looks at all events of the run, so only where it is asked for.
        found.extend(require.no_polling.then(|| polling::polls(run)).flatten());
        if !require.once.is_empty() {
            found.extend(once::looks_again(&require.once, run));
        }
        found.extend(states::others(&require.states, run));
        found.extend(guarded::unheld(&require.held, run, source.given));
        found.extend(guarded::held_in(&require.not_held, run, source.given));
        found.extend(clean::left(&require.clean, run));
    }
    if !found.is_empty()
        && let Some(refused) = refused::refused(run)
    {
        let details = found.iter_mut().map(|found| &mut found.details);
        details.for_each(|details| details.push(refused.clone()));
    }
    liberties::told(run, &mut found);
    let require = &exercise.require;
    let asks_for_overlap = require.overlap.is_some() || require.at_most.is_some();
    let given = asks_for_overlap.then_some(source.given);
    Digest {
        schedule: run.schedule,
        finished,
        stop: found
            .iter()
            .any(|it| it.finding.verdict.traits().ends_check),
        inside: given.map_or_else(Inside::default, |given| Inside::of(run, given)),
        sections: given.map_or_else(Vec::new, |given| inside::sections(run, given)),
        never_waited: match require.blocked_on.as_slice() {
            [] => Vec::new(),
            asked => requirement::never_waited(asked, run, source.given),
        },
        order: exercise
            .require
            .orders
            .map_or(0, |_| view::order_signature(run)),
        free: exercise.require.orders.is_some() && freedom::some_was_free(run, exercise.tasks),
        makespan: (finished && run.timing).then_some(run.makespan),
        printers: requirement::printers(run),
        start: first_start(run),
        kept: kept(exercise, run, source.given),
        found,
    }
}

/// What is wrong with what was printed.
fn wrong_output(exercise: &Exercise, allowed: &[Transcript], uses: Uses, run: &Run) -> Vec<Found> {
    let view = &exercise.view;
    let Some(mismatch) = output::compare(view, allowed, run) else {
        let stand_in = match exercise.tasks {
            Tasks::Processes => stand_in::thread(view, run),
            Tasks::Threads => None,
        };
        return stand_in.into_iter().collect();
    };
    // A solution prints what is right without a panic, so that is the reason. A program of one's
    // own may panic in the run that it is compared with.
    let panics = ending::taken(run, uses);
    if is_of_exercise(view) && !panics.is_empty() {
        panics
    } else {
        vec![mismatch]
    }
}

/// Whether there is a solution that prints what is compared, rather than a program of one's own.
fn is_of_exercise(view: &View) -> bool {
    !matches!(view, View::Text | View::AsUndisturbed)
}

/// Where somebody was kept from printing first and from working with others, in the learner's part;
/// only of the schedules that are shown, where it is asked for.
fn kept(exercise: &Exercise, run: &Run, given: u32) -> [Option<Site>; 2] {
    let require = &exercise.require;
    let shown = run.schedule <= requirement::BREADTH_FIRST;
    let printing = (shown && require.orders.is_some())
        .then(|| freedom::kept_from_printing(run, exercise.tasks));
    let working = (shown && require.overlap.is_some())
        .then(|| freedom::kept_from_working(run, exercise.tasks, inside::begun(run, given)));
    let own = |at: &&Site| !at.is_ours() && (given == 0 || at.line < given);
    [printing, working].map(|at| at.flatten().filter(own).cloned())
}

/// Where the first child was started; a manager's process only if there is no other.
fn first_start(run: &Run) -> Option<Site> {
    let child = (1..run.tasks.len()).find(|&task| !run.serves(task));
    run.tasks.get(child.unwrap_or(1))?.started_at.clone()
}

/// A finding with nothing but what happened and a line.
fn found(verdict: Verdict, fact: Fact, at: Option<&Site>) -> Found {
    let at = at.filter(|at| !at.is_ours()).map(Place::of);
    let finding = Finding {
        verdict,
        fact,
        at,
        labels: Vec::new(),
    };
    Found {
        finding,
        cause: None,
        details: Vec::new(),
        about: About::default(),
    }
}

impl Found {
    /// Adds what to say about another line, unless there is something on that line already.
    fn label(&mut self, at: Option<&Site>, label: Label) {
        let at = at.filter(|at| !at.is_ours());
        let Some(place) = at.map(Place::of) else {
            return;
        };
        let finding = &mut self.finding;
        if finding.at.as_ref() != Some(&place) && finding.labels.iter().all(|(at, _)| *at != place)
        {
            finding.labels.push((place, label));
        }
    }
}

/// Whether a task is a thread that another one started in its process.
fn is_thread(id: TaskId, task: &Task) -> bool {
    task.process != id
}

/// A task's name.
fn name(run: &Run, task: TaskId) -> String {
    run.tasks
        .get(task)
        .map_or("?", |task| &task.name)
        .to_owned()
}

/// A line of the program; at its end a process waits in none.
fn line(at: Option<&Site>) -> Line {
    at.filter(|at| !at.is_ours()).map(|at| at.line)
}

/// The first line of what a panic said.
fn first_line(message: &str) -> String {
    shortened(message.lines().next().unwrap_or_default(), MESSAGE_CHARS)
}

/// At most `limit` characters of a text, with `…` where more was cut off.
fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::build::RunBuilder;
    use super::*;
    use crate::course::Course;
    use crate::facts::fact::Ended;

    /// A text of which nothing is known.
    pub const ANY: Source = Source {
        uses: &|_| true,
        given: 0,
    };

    /// An exercise with a view and requirements of its own.
    pub fn exercise(view: View, require: &str) -> Exercise {
        let text = format!(
            "[exercise.\"05_lock/1_two_lines\"]\ntitle = \"T\"\nview = \"exact\"\npoints = 4\n\
             args = [[\"5\"], [\"3\"]]\nrequire = {{ {require} }}\n"
        );
        let course = Course::load_text(&text).expect("parses");
        Exercise {
            view,
            ..course.exercises[0].clone()
        }
    }

    fn verdicts(digest: &Digest) -> Vec<Verdict> {
        digest
            .found
            .iter()
            .map(|found| found.finding.verdict)
            .collect()
    }

    #[test]
    fn a_right_run_shows_nothing() {
        let allowed = [vec!["main: a".to_owned()]];
        let run = RunBuilder::new(0).print(0, "a").run();
        let digest = digest(&exercise(View::Exact, ""), Some(&allowed), ANY, &run);
        assert_eq!(verdicts(&digest), []);
        assert!(digest.finished && !digest.stop);
    }

    #[test]
    fn output_is_not_judged_where_a_process_panicked() {
        let allowed = [vec!["main: a".to_owned()]];
        let run = RunBuilder::new(1).print(0, "b").panic(1, "oh").run();
        let digest = digest(&exercise(View::Exact, ""), Some(&allowed), ANY, &run);
        assert_eq!(verdicts(&digest), [Verdict::Panic]);
    }

    #[test]
    fn output_is_judged_beside_a_race() {
        let allowed = [vec!["main: a".to_owned()]];
        let run = RunBuilder::new(2).print(0, "b").race(0, 0).run();
        let digest = digest(&exercise(View::Exact, ""), Some(&allowed), ANY, &run);
        assert_eq!(verdicts(&digest), [Verdict::DataRace, Verdict::WrongOutput]);
    }

    #[test]
    fn a_manager_is_not_the_first_child() {
        let start = |run: &Run| first_start(run).map(|at| at.line);
        let alone = RunBuilder::new(0).manager("Manager-1").run();
        assert_eq!(start(&alone), Some(1));
        let mut run = RunBuilder::new(1).started(1, 30).manager("Manager-1").run();
        assert_eq!(start(&run), Some(30));
        run.tasks.swap(1, 2);
        assert_eq!(start(&run), Some(30));
        run.tasks[1].daemon = false;
        assert_eq!(start(&run), Some(1), "only somebody of that name");
    }

    #[test]
    fn reaching_a_todo_stops_the_check() {
        let run = RunBuilder::new(0)
            .panic(0, "not yet implemented: count")
            .run();
        assert!(digest(&exercise(View::Exact, ""), None, ANY, &run).stop);
    }

    #[test]
    fn a_hundred_thousand_lines_are_judged_in_a_moment() {
        let view = View::Blocks {
            first: "is running".into(),
            last: "is done".into(),
        };
        let mut run = RunBuilder::new(1).print(1, "1 is running").run();
        run.output = vec![run.output[0].clone(); 100_000];
        let allowed = [vec!["child:".to_owned(), "  x".to_owned()]];
        let started = std::time::Instant::now();
        let digest = digest(&exercise(view, ""), Some(&allowed), ANY, &run);
        assert_eq!(verdicts(&digest), [Verdict::WrongOutput]);
        // Quadratic time would be minutes.
        assert!(started.elapsed() < Duration::from_secs(5));
    }

    #[test]
    fn a_label_does_not_hide_the_line_that_matters() {
        let fact = Fact::Ended(Ended::Status(1));
        let mut found = found(Verdict::Panic, fact, build::site(3).as_ref());
        for line in [3, 4, 4] {
            let label = Label::Repeats("main".to_owned());
            found.label(build::site(line).as_ref(), label);
        }
        assert_eq!(found.finding.labels.len(), 1);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }
}
