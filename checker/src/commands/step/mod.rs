//! `course replay --step`: the learner is the scheduler.

pub mod game;
mod view;

use std::io::IsTerminal;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use sched_model::run::{Deviation, Event, Liberty, Run, deviations};

use crate::check;
use crate::check::play::{self, Player};
use crate::commands::check::source;
use crate::course::workspace::Workspace;
use crate::explain::timeline;
use crate::facts::Found;
use crate::message;
use crate::message::plain;
use crate::message::trace;
use crate::options::ReplayOptions;
use crate::options::saved::{EXTENSION, Saved, Which};
use crate::report::text;
use crate::support::exit_code::ExitCode;
use crate::support::interrupt;
use crate::support::terminal::{self, Reader};
use crate::support::write;
use game::Game;
use view::View;

/// How often to look whether a signal asks to stop, while nothing is typed.
const LOOK: Duration = Duration::from_millis(100);

/// Plays until the input ends or the player does.
///
/// # Errors
///
/// When the program cannot be built or run, or nothing be printed.
pub fn run(workspace: &Workspace, options: &ReplayOptions) -> anyhow::Result<ExitCode> {
    let target = &options.target;
    let (exercise, row) = (&target.exercise, &options.row);
    let (first, liberties) = begins_with(workspace, options)?;
    let played = play::play(workspace, exercise, &target.options, row, |player| {
        let file = target.file(workspace);
        let mut table = Table {
            game: Game::new(&first, &mut |made| player.run(made, &liberties))?,
            source: source(workspace, target, &file).unwrap_or_default(),
            file,
            workspace,
            options,
            player,
            liberties: &liberties,
            shown: 0,
        };
        let title = message::step::title(&exercise.id, row);
        let mut told = plain::wrap("", &title) + "\n" + &table.position()?;
        let typed = typed();
        while terminal::print(&told)? == Reader::Reads {
            let Some(line) = next(&typed) else { break };
            if !std::io::stdin().is_terminal() {
                terminal::print(&format!("{}\n", plain::line(&line)))?;
            }
            let Some(answer) = table.react(line.trim())? else {
                break;
            };
            told = answer;
        }
        // What was asked last was not answered.
        terminal::print("\n")?;
        Ok(table.exit_code())
    });
    match interrupt::signal() {
        Some(signal) => Ok(ExitCode::Interrupted(signal)),
        None => played,
    }
}

/// The choices that the game begins with, to be left at any point, and the liberties that it takes.
fn begins_with(
    workspace: &Workspace,
    options: &ReplayOptions,
) -> anyhow::Result<(Vec<Deviation>, Vec<Liberty>)> {
    let target = &options.target;
    Ok(match &options.which {
        Which::Natural => (Vec::new(), Vec::new()),
        Which::Saved(_, saved) => (saved.choices(), saved.liberties()),
        Which::Number(number) => {
            let schedule = (options.row.as_slice(), *number);
            let (exercise, how) = (&target.exercise, &target.options);
            let replayed = check::replay(workspace, exercise, how, schedule, options.full)?;
            let run = replayed.run;
            (deviations(&run.choices), run.liberties)
        }
    })
}

/// What is typed, line by line.
fn typed() -> mpsc::Receiver<String> {
    let (sender, typed) = mpsc::channel();
    // On a thread of its own, so that a signal ends the game even while nothing is typed.
    std::thread::spawn(move || {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        for line in lines {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    typed
}

/// The next line; `None` at the end of the input, or when a signal asks to stop.
fn next(typed: &mpsc::Receiver<String>) -> Option<String> {
    while !interrupt::requested() {
        match typed.recv_timeout(LOOK) {
            Ok(line) => return Some(line),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    None
}

/// A game with what it takes to play it.
struct Table<'a, 'p> {
    workspace: &'a Workspace,
    options: &'a ReplayOptions<'a>,
    player: &'a mut Player<'p>,
    liberties: &'a [Liberty],
    game: Game,
    file: String,
    source: String,
    /// How many events were told.
    shown: usize,
}

impl Table<'_, '_> {
    /// The reaction to a line that was typed; `None` at the end of the game.
    fn react(&mut self, line: &str) -> anyhow::Result<Option<String>> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let chosen = word.parse().ok();
        let chosen = chosen.filter(|task| self.game.tasks().contains(task));
        let play = &mut |made: &[Deviation]| self.player.run(made, self.liberties);
        let told = match word {
            "q" => return Ok(None),
            "?" => message::step::help().to_owned(),
            "s" => self.save(rest.trim()),
            "u" if self.game.undo(play)? => {
                self.shown = self.game.events();
                message::step::taken_back(self.shown)
            }
            "u" => message::step::at_the_beginning().to_owned(),
            "e" => {
                self.game.finish();
                return self.position().map(Some);
            }
            "" if self.game.choice().is_none() => String::new(),
            "" => {
                self.game.choose(None, play)?;
                return self.position().map(Some);
            }
            _ if chosen.is_some() => {
                self.game.choose(chosen, play)?;
                return self.position().map(Some);
            }
            word => message::step::unknown(word),
        };
        let position = match self.game.choice() {
            // What is wrong is told once.
            None => message::step::what_now().to_owned(),
            Some(_) => self.position()?,
        };
        Ok(Some(told + &position))
    }

    /// What happened since it was told last, and who can go on.
    fn position(&mut self) -> anyhow::Result<String> {
        let events = self.game.events();
        let view = self.view();
        let mut told = view.happened(self.shown, events);
        if self.game.choice().is_none() {
            told.push_str(&self.end());
            told.push_str(message::step::what_now());
        } else {
            let file = self.file.clone();
            let deed = move |run: &Run, event: &Event| trace::deed(run, &file, event);
            let play = &mut |made: &[Deviation]| self.player.run(made, self.liberties);
            let candidates = self.game.candidates(&deed, play)?;
            let moments = timeline::timeline(&self.game.run).before(&self.game.run, events);
            let view = self.view();
            told.push('\n');
            told.push_str(&view.tasks(&moments, &candidates));
            let natural = candidates.iter().find(|it| it.natural);
            let natural = natural.map_or_else(String::new, |it| view.name(it.task));
            told.push_str(&message::step::who(&self.game.tasks(), &natural));
        }
        self.shown = events;
        Ok(told)
    }

    fn view(&self) -> View<'_> {
        View {
            run: &self.game.run,
            file: &self.file,
            source: &self.source,
        }
    }

    /// What is wrong with the run as it is played.
    fn found(&self) -> Vec<Found> {
        self.player.judge(&self.game.run)
    }

    /// How the run ended, and what is wrong with it.
    fn end(&self) -> String {
        let mut told = "\n".to_owned();
        for (first, paragraph) in trace::end(&self.game.run, &self.file) {
            told.push_str(&plain::wrap(first, &paragraph));
        }
        told.push('\n');
        let found = self.found();
        let findings = found.iter().map(|found| &found.finding);
        let source = |file: &str| source(self.workspace, &self.options.target, file);
        told.push_str(&text::findings(findings, &source));
        told.push('\n');
        told
    }

    /// Saves the schedule under a name, or the exercise's.
    fn save(&self, name: &str) -> String {
        let exercise = &self.options.target.exercise;
        let name = match name {
            "" => Path::new(&exercise.id.replace('/', "-")).with_extension(EXTENSION),
            name if name.ends_with(&format!(".{EXTENSION}")) => name.into(),
            name => format!("{name}.{EXTENSION}").into(),
        };
        let again = self.options.target.again(self.workspace, None);
        let replay = again.replay_file(&name.to_string_lossy());
        let (made, taken) = (self.game.made(), &self.game.run.liberties);
        let saved = Saved::new(&exercise.id, &self.options.row, &made, taken);
        let written = || -> anyhow::Result<()> {
            let path = write::target(&name)?;
            write::whole(&path, &saved.text(&replay)?)
        };
        match written() {
            Ok(()) => message::step::saved(&name, &replay),
            Err(error) => message::step::not_saved(&format!("{error:#}")),
        }
    }

    /// What the run came to, if it was played to its end.
    fn exit_code(&self) -> ExitCode {
        match self.game.choice() {
            Some(_) => ExitCode::Passed,
            None => ExitCode::of_verdicts(self.found().iter().map(|it| it.finding.verdict)),
        }
    }
}
