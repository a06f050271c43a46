//! What the screen shows while `course` watches, as text. Pure.

use super::state::{Report, State, View};
use crate::commands::list::{self, Entry};
use crate::course::Exercise;
use crate::message::plain;
use crate::message::watch as message;

/// The whole screen; `file` is the current exercise's.
pub fn screen(state: &State, exercise: &Exercise, file: &str, entries: &[Entry]) -> String {
    let done = entries.iter().filter(|entry| entry.is_done()).count();
    match &state.view {
        View::List(marked) => list::lines(entries, Some(*marked)) + &message::list_keys(),
        View::Help => message::help(),
        View::Text(text) => format!("{text}\n{}", message::back()),
        View::Exercise => {
            let mut screen = String::new();
            if let Some(before) = &state.before {
                screen.push_str(before);
                screen.push('\n');
            }
            screen.push_str(&message::title((&exercise.id, &exercise.title), file));
            match &state.report {
                Report::Checking => screen.push_str(message::checking()),
                Report::Done(report) => screen.push_str(report),
            }
            for note in &state.notes {
                screen.push('\n');
                screen.push_str(note);
            }
            if state.asks_to_reset {
                screen.push('\n');
                screen.push_str(&plain::wrap("", &message::asks_to_reset(file)));
            }
            screen.push('\n');
            screen.push_str(&message::progress(done, entries.len()));
            screen.push_str(message::keys());
            screen
        }
    }
}
