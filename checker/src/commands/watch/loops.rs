//! The loop of `course watch`: takes events, and acts on them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::Scope;
use std::time::{Duration, Instant};

use anyhow::anyhow;

use super::jobs::Jobs;
use super::keys::KeyMode;
use super::screen::screen;
use super::state::{Action, Report, State, View};
use super::{Happening, page_file, target};
use crate::commands::check::{check_one, not_judged, told};
use crate::commands::{hint, list, replay, reset};
use crate::course::Exercise;
use crate::course::record::Record;
use crate::course::text::Text;
use crate::course::workspace::Workspace;
use crate::facts::{Outcome, Verdict};
use crate::message::plain;
use crate::message::watch as message;
use crate::options::saved::Which;
use crate::options::{ReplayOptions, Target};
use crate::report::text;
use crate::support::exit_code::ExitCode;
use crate::support::{interrupt, terminal, write};

/// How often to look for signals, and at the file itself, in case the system does not report its
/// changes.
const TICK: Duration = Duration::from_millis(100);
/// Editors save in several steps; after the first one, this is how long to wait for the others.
const SETTLE: Duration = Duration::from_millis(15);
/// A file that is away longer than this is not just being saved.
const AWAY: Duration = Duration::from_millis(500);

/// Everything the loop knows.
pub struct Watch<'scope, 'env> {
    workspace: &'env Workspace,
    mode: &'env KeyMode,
    state: State,
    jobs: Jobs<'scope, 'env>,
    /// What was checked last, as it was read then.
    target: Option<Target<'env>>,
    /// Since when the file is away.
    away: Option<Instant>,
    /// Whether the last check began because of a save.
    saved: bool,
    /// What the last check came to.
    outcome: Option<Outcome>,
}

impl<'scope, 'env> Watch<'scope, 'env> {
    /// Ready to run.
    pub fn new(
        scope: &'scope Scope<'scope, 'env>,
        workspace: &'env Workspace,
        mode: &'env KeyMode,
        state: State,
        sender: Sender<Happening>,
    ) -> Self {
        Watch {
            workspace,
            mode,
            state,
            jobs: Jobs::new(scope, sender),
            target: None,
            away: None,
            saved: false,
            outcome: None,
        }
    }

    /// Watches until the learner quits or a signal comes.
    ///
    /// # Errors
    ///
    /// When the screen cannot be drawn.
    pub fn run(&mut self, happenings: &Receiver<Happening>) -> anyhow::Result<ExitCode> {
        self.check(false);
        self.draw()?;
        loop {
            let changed = match happenings.recv_timeout(TICK) {
                Ok(Happening::Key(key)) => match self.state.key(key) {
                    Action::Quit => return Ok(ExitCode::Passed),
                    action => self.act(action),
                },
                Ok(Happening::Saved) => {
                    std::thread::sleep(SETTLE);
                    self.check_if_changed()
                }
                Ok(Happening::Checked(number, outcome)) => self.learn(number, *outcome),
                Ok(Happening::CheckedAll(number, outcomes)) => self.show_all(number, &outcomes),
                Err(RecvTimeoutError::Timeout) => self.tick()?,
                Err(RecvTimeoutError::Disconnected) => return Ok(ExitCode::Passed),
            };
            if let Some(signal) = interrupt::signal() {
                return Ok(ExitCode::Interrupted(signal));
            }
            if changed {
                self.draw()?;
            }
        }
    }

    /// Ends the check that runs, if there is one.
    pub fn cancel(&mut self) {
        self.jobs.cancel();
    }

    fn exercise(&self) -> &'env Exercise {
        &self.workspace.course.exercises[self.state.current]
    }

    fn draw(&self) -> anyhow::Result<()> {
        let file = self.workspace.exercise_file(self.exercise());
        let record = Record::read(self.workspace)?;
        let entries = list::entries(self.workspace, &record);
        let file = self.workspace.relative(&file);
        terminal::clear();
        terminal::print(&screen(&self.state, self.exercise(), &file, &entries))?;
        Ok(())
    }

    /// Does what a key asked for; true if there is something to draw.
    fn act(&mut self, action: Action) -> bool {
        match action {
            Action::Nothing | Action::Quit => return false,
            Action::Draw => {}
            Action::Go(exercise) => self.go(exercise),
            Action::Check => self.check(false),
            Action::CheckAll => self.check_all(),
            Action::Hint => self.hint(),
            Action::Reset => self.reset(reset::reset),
            Action::Undo => self.reset(reset::undo),
            Action::Timeline => self.timeline(),
        }
        true
    }

    /// Nothing happened for a while: looks for a signal, or for a change that the system did not
    /// report.
    fn tick(&mut self) -> anyhow::Result<bool> {
        if interrupt::continued() {
            self.mode.set()?;
            return Ok(true);
        }
        Ok(self.check_if_changed())
    }

    /// Checks the exercise if its file is not what was last checked; true if so.
    fn check_if_changed(&mut self) -> bool {
        let now = Text::read(self.workspace.exercise_file(self.exercise())).hash();
        let checked = self.target.as_ref();
        if now == checked.and_then(|target| target.options.subject.text.hash()) {
            self.away = None;
            return false;
        }
        if now.is_none() && self.away.get_or_insert_with(Instant::now).elapsed() < AWAY {
            return false;
        }
        self.check(true);
        true
    }

    /// Goes to an exercise, and remembers that.
    fn go(&mut self, exercise: usize) {
        self.jobs.cancel();
        self.state.go(exercise);
        self.outcome = None;
        let id = self.exercise().id.clone();
        let noted = Record::change(self.workspace, |record| record.current = Some(id));
        self.check(false);
        if let Err(error) = noted {
            self.state.notes.push(message::failed(&error));
        }
    }

    /// Begins a check of the current exercise, and cancels one that is under way.
    fn check(&mut self, saved: bool) {
        self.jobs.cancel();
        self.state.begin();
        self.saved = saved;
        self.away = None;
        let workspace = self.workspace;
        let target = target(workspace, self.exercise());
        self.target = Some(target.clone());
        self.jobs.start(move |number| {
            let checked = or_panic(|| check_one(workspace, &target, false));
            Happening::Checked(number, Box::new(checked))
        });
    }

    /// Begins a check of all exercises.
    fn check_all(&mut self) {
        self.jobs.cancel();
        self.state.begin();
        let workspace = self.workspace;
        self.jobs.start(move |number| {
            let mut outcomes = Vec::new();
            for exercise in &workspace.course.exercises {
                let target = target(workspace, exercise);
                let checked = or_panic(|| check_one(workspace, &target, true));
                if interrupt::requested() {
                    break;
                }
                let failed = |error| not_judged(workspace, &target, &error);
                outcomes.push(checked.unwrap_or_else(failed));
            }
            Happening::CheckedAll(number, outcomes)
        });
    }

    /// Shows what a check came to, or moves on; true if there is something to draw.
    fn learn(&mut self, number: u64, checked: anyhow::Result<Outcome>) -> bool {
        if !self.jobs.is_last(number) {
            return false;
        }
        let Some(target) = &self.target else {
            return false;
        };
        let failed = |error| not_judged(self.workspace, target, &error);
        let outcome = checked.unwrap_or_else(failed);
        let passed = outcome.verdict == Verdict::Passed;
        let report = told(self.workspace, target, &outcome);
        if passed && self.saved {
            self.move_on(report);
            return true;
        }
        if passed {
            let meaning = text::summary(std::slice::from_ref(&outcome));
            self.state.report = Report::Done(report + &meaning);
            self.state.notes.push(message::go_on().to_owned());
        } else {
            self.state.report = Report::Done(report);
        }
        self.outcome = Some(outcome);
        true
    }

    /// The exercise passed: to the next one that is not done.
    fn move_on(&mut self, report: String) {
        let ids = self.workspace.ids();
        let record = Record::read(self.workspace).unwrap_or_default();
        match record.next_open(&ids, self.state.current) {
            Some(next) => {
                self.go(next);
                self.state.before = Some(report);
            }
            None => {
                self.state.report = Report::Done(report);
                self.state.notes.push(message::all_done(ids.len()));
            }
        }
    }

    fn show_all(&mut self, number: u64, outcomes: &[Outcome]) -> bool {
        if !self.jobs.is_last(number) {
            return false;
        }
        self.state.view = View::Text(text::summary(outcomes));
        // The exercise that was shown before is checked again, to show it when the learner goes
        // back.
        self.check(false);
        true
    }

    fn hint(&mut self) {
        let note = match hint::next(self.workspace, self.exercise(), None) {
            Ok(Some(hint)) => {
                let text = plain::wrap("", &plain::block(&hint.text));
                message::hint(&hint.title, &text, hint.last)
            }
            Ok(None) => {
                let id = &self.exercise().id;
                crate::message::learner::no_hint(id, crate::course::select::topic(id))
            }
            Err(error) => message::failed(&error),
        };
        // The last one again is not shown twice.
        self.state.notes.retain(|it| *it != note);
        self.state.notes.push(note);
    }

    /// Resets the exercise or takes that back, and checks what is there now.
    fn reset(&mut self, how: fn(&Workspace, &Exercise) -> anyhow::Result<String>) {
        self.jobs.cancel();
        let note = match how(self.workspace, self.exercise()) {
            Ok(told) => told,
            Err(error) => message::failed(&error),
        };
        self.check(false);
        self.state.notes.push(note);
    }

    /// Writes the page of the schedule that failed.
    fn timeline(&mut self) {
        self.state
            .notes
            .retain(|note| note != message::no_timeline());
        let note = match self.page() {
            Ok(Some(path)) => message::timeline(&path),
            Ok(None) => message::no_timeline().to_owned(),
            Err(error) => message::failed(&error),
        };
        self.state.notes.retain(|it| *it != note);
        self.state.notes.push(note);
    }

    /// The file of the page; `None` where no schedule failed.
    fn page(&self) -> anyhow::Result<Option<PathBuf>> {
        let (Some(outcome), Some(target)) = (&self.outcome, &self.target) else {
            return Ok(None);
        };
        let Some(failure) = &outcome.first_failure else {
            return Ok(None);
        };
        let mut target = target.clone();
        target.options.exhaustive = outcome.exhaustive.map(|it| it.preemptions);
        let options = ReplayOptions {
            target,
            row: failure.args.clone(),
            which: Which::Number(failure.schedule),
            step: false,
            full: false,
            html: None,
        };
        let path = page_file(self.workspace);
        write::whole(&path, replay::page(self.workspace, &options)?)?;
        Ok(Some(path))
    }
}

/// The result of the work. A panic counts as an error of the tool, and watching goes on.
fn or_panic<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(anyhow!(message::panicked())))
}
