//! The loop of `course watch`: takes events, and acts on them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::Scope;
use std::time::{Duration, Instant};

use anyhow::anyhow;

use super::jobs::Jobs;
use super::keys::KeyMode;
use super::screen::{Content, screen};
use super::state::{Action, Report, State, View};
use super::{Happening, page_file, target};
use crate::commands::check::{check_one, check_telling, laid_out, not_judged};
use crate::commands::{hint, list, replay, reset};
use crate::course::Exercise;
use crate::course::record::Record;
use crate::course::text::Text;
use crate::course::workspace::Workspace;
use crate::facts::progress::{Progress, Stage};
use crate::facts::{Outcome, Verdict};
use crate::message::plain;
use crate::message::watch as message;
use crate::options::Target;
use crate::program::provide;
use crate::report::text::{self, Layout};
use crate::support::exit_code::ExitCode;
use crate::support::terminal::{self, Size};
use crate::support::{interrupt, write};

/// How often to look for signals, and at the file itself, in case the system does not report its
/// changes.
const TICK: Duration = Duration::from_millis(100);
/// Editors save in several steps; after the first one, this is how long to wait for the others.
const SETTLE: Duration = Duration::from_millis(15);
/// A file that is away longer than this is not just being saved.
const AWAY: Duration = Duration::from_millis(500);
/// How often at most to say how far a check is.
const TOLD: Duration = Duration::from_millis(100);

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
    /// What the pass of the exercise that was left just now says.
    before: Option<String>,
    /// What the pass of this one says below its first line.
    proves: String,
    /// Whether it was told what a pass proves.
    told: bool,
    /// The terminal's size when it was drawn last.
    size: Size,
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
            before: None,
            proves: String::new(),
            told: false,
            size: terminal::size(),
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
                Ok(Happening::Told(number, progress)) => self.hear(number, progress),
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

    fn draw(&mut self) -> anyhow::Result<()> {
        self.size = terminal::size();
        let file = self.workspace.exercise_file(self.exercise());
        let record = Record::read(self.workspace)?;
        let content = Content {
            exercise: self.exercise(),
            file: &self.workspace.relative(&file),
            report: self.report(),
            before: self.before.clone(),
            entries: &list::entries(self.workspace, &record),
        };
        let drawn = screen(&self.state, &content, self.size);
        (self.state.scroll, self.state.last) = (drawn.scroll, drawn.last);
        self.state.page = drawn.page;
        terminal::clear();
        terminal::print(&drawn.text)?;
        Ok(())
    }

    /// The report on the current exercise, as wide as the terminal.
    fn report(&self) -> Option<text::Report> {
        let (outcome, target) = (self.outcome.as_ref()?, self.target.as_ref()?);
        let layout = Layout {
            width: self.size.columns.min(terminal::WIDEST),
            watched: true,
            also_passing: false,
        };
        let mut report = laid_out(self.workspace, target, outcome, layout);
        if outcome.verdict == Verdict::Passed {
            let proves = plain::wrap_to(layout.width, "", &self.proves);
            report.rest.push_str(&proves);
        }
        Some(report)
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
        let resized = terminal::size() != self.size;
        Ok(self.check_if_changed() || resized)
    }

    /// Checks the exercise if its file is not what was last checked; true if so.
    fn check_if_changed(&mut self) -> bool {
        // What is built once need not be begun anew.
        if let Report::Checking(Some(progress)) = self.state.report
            && progress.stage == Stage::Libraries
        {
            return false;
        }
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
        self.before = None;
        let id = self.exercise().id.clone();
        let noted = Record::change(self.workspace, |record| record.current = Some(id));
        self.check(false);
        if let Err(error) = noted {
            self.state.note(message::failed(&error));
        }
    }

    /// Begins a check of the current exercise, and cancels one that is under way.
    fn check(&mut self, saved: bool) {
        self.jobs.cancel();
        self.state.begin();
        self.outcome = None;
        self.saved = saved;
        self.away = None;
        let workspace = self.workspace;
        let target = target(workspace, self.exercise());
        self.target = Some(target.clone());
        self.jobs.start(move |number, tell| {
            let checked = or_panic(|| {
                provide::find_telling(workspace, tell)?;
                let told = Mutex::new(Instant::now());
                check_telling(workspace, &target, &|done, total| {
                    let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
                    if told.elapsed() >= TOLD {
                        *told = Instant::now();
                        let stage = Stage::Schedules;
                        tell(Progress { stage, done, total });
                    }
                })
            });
            Happening::Checked(number, Box::new(checked))
        });
    }

    /// Shows how far the check is; true if there is something to draw.
    fn hear(&mut self, number: u64, progress: Progress) -> bool {
        let is_new = self.jobs.runs(number) && matches!(self.state.report, Report::Checking(_));
        if is_new {
            self.state.report = Report::Checking(Some(progress));
        }
        is_new
    }

    /// Begins a check of all exercises.
    fn check_all(&mut self) {
        self.jobs.cancel();
        self.state.begin();
        let workspace = self.workspace;
        self.jobs.start(move |number, _| {
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
        if outcome.verdict == Verdict::Passed {
            self.proves = self.what_it_proves(&outcome);
            if self.saved {
                return self.move_on(outcome);
            }
            self.state.note(message::go_on().to_owned());
        }
        self.state.report = Report::Done;
        self.outcome = Some(outcome);
        true
    }

    /// What a pass says: all of it once, and then in a line.
    fn what_it_proves(&mut self, outcome: &Outcome) -> String {
        match std::mem::replace(&mut self.told, true) {
            true => message::no_proof().to_owned(),
            false => text::what_passes_mean(std::slice::from_ref(outcome)),
        }
    }

    /// The exercise passed: to the next one that is not done.
    fn move_on(&mut self, outcome: Outcome) -> bool {
        self.outcome = Some(outcome);
        self.state.report = Report::Done;
        let report = self.report().map(text::Report::whole);
        let ids = self.workspace.ids();
        let record = Record::read(self.workspace).unwrap_or_default();
        match record.next_open(&ids, self.state.current) {
            Some(next) => {
                self.go(next);
                self.before = report;
            }
            None => self.state.note(message::all_done(ids.len())),
        }
        true
    }

    fn show_all(&mut self, number: u64, outcomes: &[Outcome]) -> bool {
        if !self.jobs.is_last(number) {
            return false;
        }
        self.state.show(View::Text(text::summary(outcomes)));
        // The exercise that was shown before is checked again, to show it when the learner goes
        // back.
        self.check(false);
        true
    }

    fn hint(&mut self) {
        let note = match hint::next(self.workspace, self.exercise(), None) {
            Ok(Some(hint)) => {
                let text = plain::block(&hint.text) + "\n";
                message::hint(&hint.title, &text, hint.last)
            }
            Ok(None) => {
                let id = &self.exercise().id;
                crate::message::learner::no_hint(id, crate::course::select::topic(id))
            }
            Err(error) => message::failed(&error),
        };
        self.state.note(note);
    }

    /// Resets the exercise or takes that back, and checks what is there now.
    fn reset(&mut self, how: fn(&Workspace, &Exercise) -> anyhow::Result<String>) {
        self.jobs.cancel();
        let note = match how(self.workspace, self.exercise()) {
            Ok(told) => told,
            Err(error) => message::failed(&error),
        };
        self.check(false);
        self.state.note(note);
    }

    /// Writes the page of the schedule that failed.
    fn timeline(&mut self) {
        let note = match self.page() {
            Ok(Some(path)) => message::timeline(&path),
            Ok(None) => message::no_timeline().to_owned(),
            Err(error) => message::failed(&error),
        };
        self.state.note(note);
    }

    /// The file of the page; `None` where no schedule failed.
    fn page(&self) -> anyhow::Result<Option<PathBuf>> {
        let (Some(outcome), Some(target)) = (&self.outcome, &self.target) else {
            return Ok(None);
        };
        let Some(page) = replay::page(self.workspace, target, outcome)? else {
            return Ok(None);
        };
        let path = page_file(self.workspace);
        write::whole(&path, page)?;
        Ok(Some(path))
    }
}

/// The result of the work. A panic counts as an error of the tool, and watching goes on.
fn or_panic<T>(work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(anyhow!(message::panicked())))
}
