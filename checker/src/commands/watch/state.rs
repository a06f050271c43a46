//! What is on the screen while `course` watches, and what each key means there. Pure data and
//! functions.

use super::keys::Key;
use crate::facts::progress::Progress;

/// What fills the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// The exercise and its report.
    Exercise,
    /// The list, with the entry that is marked.
    List(usize),
    /// What the keys do.
    Help,
    /// Something else to be read, such as what all checks came to.
    Text(String),
}

/// What stands below the exercise's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Report {
    /// The check is not done yet; how far it is, once that is known.
    Checking(Option<Progress>),
    /// What it came to.
    Done,
}

/// What a key asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    Nothing,
    /// To draw the screen again.
    Draw,
    /// To go to this exercise.
    Go(usize),
    /// To check the exercise again.
    Check,
    /// To check all exercises.
    CheckAll,
    /// The next hint.
    Hint,
    /// To put the exercise back to how it was handed out.
    Reset,
    /// To take that back.
    Undo,
    /// The page of the schedule that failed.
    Timeline,
    /// To end.
    Quit,
}

/// The screen's state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// How many exercises there are.
    pub count: usize,
    /// Where the learner is.
    pub current: usize,
    /// What fills the screen.
    pub view: View,
    /// The report on the current exercise.
    pub report: Report,
    /// What stands above the report, the last one first: hints, and what a key has done.
    pub notes: Vec<String>,
    /// The first line seen of what scrolls.
    pub scroll: usize,
    /// How far it can be scrolled.
    pub last: usize,
    /// How many of its lines are seen at once.
    pub page: usize,
    /// Whether `x` was pressed, and once more resets the exercise.
    pub asks_to_reset: bool,
}

impl State {
    /// At this exercise, before its first check.
    pub fn new(count: usize, current: usize) -> State {
        State {
            count,
            current,
            view: View::Exercise,
            report: Report::Checking(None),
            notes: Vec::new(),
            scroll: 0,
            last: 0,
            page: 0,
            asks_to_reset: false,
        }
    }

    /// What a key asks for.
    pub fn key(&mut self, key: Key) -> Action {
        if matches!(key, Key::Closed | Key::Char('q')) && self.view == View::Exercise
            || key == Key::Closed
        {
            return Action::Quit;
        }
        if self.last > 0
            && !matches!(self.view, View::List(_))
            && let Some(scroll) = moved(key, self.scroll, self.page, self.last)
        {
            self.scroll = scroll;
            self.asks_to_reset = false;
            return Action::Draw;
        }
        match self.view {
            View::List(marked) => self.key_in_list(key, marked),
            View::Help | View::Text(_) => {
                self.show(View::Exercise);
                Action::Draw
            }
            View::Exercise => self.key_at_exercise(key),
        }
    }

    fn key_in_list(&mut self, key: Key, marked: usize) -> Action {
        let last = self.count.saturating_sub(1);
        match key {
            Key::Enter | Key::Char('c') => {
                self.show(View::Exercise);
                return Action::Go(marked);
            }
            Key::Escape | Key::Char('l' | 'q') => self.show(View::Exercise),
            key if let Some(marked) = moved(key, marked, self.page, last) => {
                self.view = View::List(marked);
            }
            _ => return Action::Nothing,
        }
        Action::Draw
    }

    fn key_at_exercise(&mut self, key: Key) -> Action {
        let asked = std::mem::take(&mut self.asks_to_reset);
        match key {
            Key::Char('x') if asked => Action::Reset,
            Key::Char('x') => {
                self.asks_to_reset = true;
                self.scroll = 0;
                Action::Draw
            }
            Key::Char('n') if self.current + 1 < self.count => Action::Go(self.current + 1),
            Key::Char('p') if self.current > 0 => Action::Go(self.current - 1),
            Key::Char('r') => Action::Check,
            Key::Char('c') => Action::CheckAll,
            Key::Char('h') => Action::Hint,
            Key::Char('u') => Action::Undo,
            Key::Char('t') => Action::Timeline,
            Key::Char('l') => {
                self.show(View::List(self.current));
                Action::Draw
            }
            Key::Char('?') => {
                self.show(View::Help);
                Action::Draw
            }
            // The question is taken back.
            _ if asked => Action::Draw,
            _ => Action::Nothing,
        }
    }

    /// Goes to an exercise, whose check begins.
    pub fn go(&mut self, exercise: usize) {
        self.current = exercise;
        self.begin();
    }

    /// The check of the current exercise begins.
    pub fn begin(&mut self) {
        self.report = Report::Checking(None);
        self.notes.clear();
        self.asks_to_reset = false;
        self.scroll = 0;
    }

    /// Fills the screen with something, from its beginning.
    pub fn show(&mut self, view: View) {
        self.view = view;
        self.scroll = 0;
    }

    /// Shows what a key has done, where it is seen.
    pub fn note(&mut self, note: String) {
        // What is there already is not shown twice.
        self.notes.retain(|it| *it != note);
        self.notes.push(note);
        self.scroll = 0;
    }
}

/// Where a key moves, from line `at`, with so many lines at once; `None` if it does not move.
fn moved(key: Key, at: usize, page: usize, last: usize) -> Option<usize> {
    // One line of the page before stays.
    let page = page.saturating_sub(1).max(1);
    let to = match key {
        Key::Up | Key::Char('k') => at.saturating_sub(1),
        Key::Down | Key::Char('j') => at + 1,
        Key::PageUp | Key::Char('b') => at.saturating_sub(page),
        Key::PageDown | Key::Char(' ') => at + page,
        Key::Home | Key::Char('g') => 0,
        Key::End | Key::Char('G') => last,
        _ => return None,
    };
    Some(to.min(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(state: &mut State, keys: &str) -> Action {
        let press = |key| state.key(Key::Char(key));
        keys.chars().map(press).last().expect("a key")
    }

    #[test]
    fn keys_go_to_the_next_and_the_previous_exercise_and_no_further() {
        let mut state = State::new(3, 1);
        assert_eq!(press(&mut state, "n"), Action::Go(2));
        assert_eq!(press(&mut state, "p"), Action::Go(0));
        state.go(2);
        assert_eq!(press(&mut state, "n"), Action::Nothing);
        state.go(0);
        assert_eq!(press(&mut state, "p"), Action::Nothing);
    }

    #[test]
    fn a_reset_must_be_asked_for_twice_in_a_row() {
        let mut state = State::new(3, 1);
        assert_eq!(press(&mut state, "x"), Action::Draw);
        assert_eq!(press(&mut state, "x"), Action::Reset);
        assert_eq!(press(&mut state, "xhx"), Action::Draw);
        assert_eq!(press(&mut state, "z"), Action::Draw);
        assert_eq!(press(&mut state, "z"), Action::Nothing);
    }

    #[test]
    fn in_the_list_keys_move_the_mark_and_choose() {
        let mut state = State::new(3, 1);
        assert_eq!(press(&mut state, "l"), Action::Draw);
        assert_eq!(state.view, View::List(1));
        press(&mut state, "jjj");
        assert_eq!(state.view, View::List(2));
        state.key(Key::Up);
        assert_eq!(state.key(Key::Enter), Action::Go(1));
        assert_eq!(state.view, View::Exercise);
        assert_eq!(press(&mut state, "lq"), Action::Draw);
        assert_eq!(press(&mut state, "q"), Action::Quit);
    }

    #[test]
    fn what_is_longer_than_the_screen_scrolls_and_a_new_check_begins_at_its_top() {
        let mut state = State::new(3, 1);
        (state.page, state.last) = (10, 25);
        press(&mut state, " ");
        assert_eq!(state.scroll, 9);
        press(&mut state, "  jk");
        assert_eq!(state.scroll, 24);
        state.key(Key::End);
        assert_eq!(state.scroll, 25);
        state.key(Key::PageUp);
        assert_eq!(state.scroll, 16);
        assert_eq!(press(&mut state, "x"), Action::Draw);
        assert_eq!((state.scroll, state.asks_to_reset), (0, true));
        assert_eq!(press(&mut state, "j"), Action::Draw);
        assert!(!state.asks_to_reset);
        state.begin();
        assert_eq!(state.scroll, 0);
        state.last = 0;
        assert_eq!(press(&mut state, " "), Action::Nothing);
    }

    #[test]
    fn any_key_leaves_the_help_and_a_closed_terminal_ends() {
        let mut state = State::new(3, 1);
        assert_eq!(press(&mut state, "?q"), Action::Draw);
        assert_eq!(state.view, View::Exercise);
        press(&mut state, "?");
        assert_eq!(state.key(Key::Closed), Action::Quit);
    }
}
