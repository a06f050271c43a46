//! What `course replay --step` and saved schedules say, one function a message.

use std::path::Path;

use anstyle::{AnsiColor, Style};

use crate::facts::State;
use crate::message::plain;
use crate::message::with_arguments;

/// What begins a game.
pub fn title(exercise: &str, row: &[String]) -> String {
    let row = plain::line(&with_arguments(row));
    format!(
        "You are the scheduler of {exercise}{row}. At each point at which several could go on, you \
         say who does. Type ? for help."
    )
}

/// How to play.
pub fn help() -> &'static str {
    "  0, 1, ..  lets the task with this number go on, to its next step
  Enter     lets the task marked with > go on
  u         takes the last choice back
  e         makes no more choices, up to the end
  s [NAME]  saves this schedule to the file NAME.schedule
  q         ends the game
  ?         shows this help
Ready could go on, Running does, Blocked waits for something, Exited is over.
`next` is what a task would do if you let it go on now.
"
}

/// Asks who goes on.
pub fn who(tasks: &[usize], natural: &str) -> String {
    let tasks: Vec<String> = tasks.iter().map(usize::to_string).collect();
    format!("Who goes on? [{}; Enter: {natural}] ", tasks.join(" "))
}

/// A state in its column, in the colour that pages give it, too.
pub fn state(state: State) -> String {
    let colour = match state {
        State::Ready => AnsiColor::Yellow,
        State::Running => AnsiColor::Green,
        State::Blocked => AnsiColor::Red,
        State::Exited => AnsiColor::BrightBlack,
    };
    let style = Style::new().fg_color(Some(colour.into()));
    let name = format!("{state:?}");
    format!("{style}{name:8}{style:#}")
}

/// Asks what is to be done at the end.
pub fn what_now() -> &'static str {
    "That is the end. [u: take back, s: save, q: quit] "
}

/// Nothing is known under this word.
pub fn unknown(word: &str) -> String {
    let word = plain::cut(&plain::line(word), 40);
    format!("`{word}` is none of the choices. Type ? for help.\n")
}

/// There is no choice to take back.
pub fn at_the_beginning() -> &'static str {
    "There is no choice to take back: this is the first one.\n"
}

/// A choice was taken back.
pub fn taken_back(steps: usize) -> String {
    match steps {
        0 => "Taken back, to the beginning.\n".to_owned(),
        1 => "Taken back, to after step 1.\n".to_owned(),
        steps => format!("Taken back, to after step {steps}.\n"),
    }
}

/// Steps that are not shown.
pub fn earlier(steps: usize) -> String {
    format!("      .. {steps} steps\n")
}

/// What a task would do next.
pub fn next(deed: &str) -> String {
    format!("next: {deed}")
}

/// A task would go on, and do nothing that can be seen.
pub fn goes_on() -> &'static str {
    "next: nothing that others can see"
}

/// A task waits with a limit of time, and would go on as if that were over.
pub fn after_its_time(next: &str) -> String {
    format!("its time is over, {next}")
}

/// What a task holds.
pub fn holds(names: &str) -> String {
    format!("holds {names}")
}

/// The schedule was saved.
pub fn saved(file: &Path, replay: &str) -> String {
    let file = plain::line(&file.display().to_string());
    format!("Saved to {file}. To see it again:\n    {replay}\n")
}

/// The schedule could not be saved.
pub fn not_saved(reason: &str) -> String {
    format!("Not saved: {}\n", plain::line(reason))
}

/// The comment at the head of a saved schedule.
pub fn head_of_file(replay: &str) -> String {
    format!(
        "# A schedule of the course on process synchronisation. To see it:\n#     {}\n\
         # Each choice: in which turn (from 0) of which task another one went on instead.\n",
        plain::line(replay)
    )
}

/// The title of the replay of a saved schedule.
pub fn replay_title(file: &str, exercise: &str, row: &[String]) -> String {
    let row = plain::line(&with_arguments(row));
    format!("The schedule in {} of {exercise}{row}\n", plain::line(file))
}

/// Some choices of a saved schedule cannot be made.
pub fn program_has_changed() -> &'static str {
    "Not all choices of this schedule could be made: the program has changed since it was saved, \
     or is another one."
}

/// A file that is no saved schedule.
pub fn unreadable(file: &Path, reason: &str) -> String {
    let file = plain::line(&file.display().to_string());
    let reason = plain::line(reason.trim());
    format!("`{file}` is no schedule that `course replay --step` saved: {reason}")
}

/// A saved schedule is of another exercise.
pub fn other_exercise(file: &Path, its: &str, named: &str) -> String {
    let file = plain::line(&file.display().to_string());
    let its = plain::line(its);
    format!("the schedule in `{file}` is of {its}, not of {named}")
}
