//! The command lines that a report offers for copying: to replay, to check again.

use crate::facts::FirstFailure;
use crate::message::plain;

/// The options of a check that have to be typed again.
#[derive(Clone, Debug)]
pub struct Again {
    /// The exercise's name.
    pub exercise: String,
    /// The file that was checked, as reports name it.
    pub file: String,
    /// The arguments that the check itself was given.
    pub row: Vec<String>,
    /// The row of arguments that is taken when none is given.
    pub first_row: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// How many schedules there were, where that has to be said.
    pub schedules: Option<u32>,
    /// Further options that say which file was checked.
    pub flags: Vec<String>,
    /// Whether it is the learner's own answer to an exercise, for which there are more hints.
    pub hints: bool,
}

impl Again {
    /// The same check.
    pub fn check(&self) -> String {
        let mut words = vec![
            "course".to_owned(),
            "check".to_owned(),
            self.exercise.clone(),
        ];
        if !self.row.is_empty() {
            arguments(&mut words, &self.row);
        }
        self.finish(words)
    }

    /// The replay of a schedule; its arguments only where they are not the first row.
    pub fn replay(&self, failure: &FirstFailure) -> String {
        let mut words = vec![
            "course".to_owned(),
            "replay".to_owned(),
            self.exercise.clone(),
        ];
        words.push(failure.schedule.to_string());
        if failure.args != self.first_row {
            arguments(&mut words, &failure.args);
        }
        self.finish(words)
    }

    /// The next hint.
    pub fn hint(&self) -> String {
        ["course", "hint", &plain::shell_word(&self.exercise)].join(" ")
    }

    /// The replay of a schedule in a file, which also holds the arguments.
    pub fn replay_file(&self, file: &str) -> String {
        let words = ["course", "replay", &self.exercise, "--schedule-file", file];
        let again = Again {
            schedules: None,
            seed: 0,
            ..self.clone()
        };
        again.finish(words.map(str::to_owned).to_vec())
    }

    /// Adds what differs from the defaults, and quotes.
    fn finish(&self, mut words: Vec<String>) -> String {
        if self.seed != 0 {
            words.extend(["--seed".to_owned(), self.seed.to_string()]);
        }
        if let Some(schedules) = self.schedules {
            words.extend(["--schedules".to_owned(), schedules.to_string()]);
        }
        words.extend(self.flags.iter().cloned());
        let quoted: Vec<String> = words.iter().map(|word| plain::shell_word(word)).collect();
        quoted.join(" ")
    }
}

/// Adds arguments of the program.
fn arguments(words: &mut Vec<String>, row: &[String]) {
    if row.iter().any(|arg| arg.starts_with('-')) {
        words.extend(row.iter().map(|arg| format!("--args={arg}")));
    } else {
        words.push("--args".to_owned());
        words.extend(row.iter().cloned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn again() -> Again {
        Again {
            exercise: "05_lock/1_two_lines".to_owned(),
            file: "exercises/05_lock/1_two_lines.rs".to_owned(),
            row: Vec::new(),
            first_row: vec!["5".to_owned()],
            seed: 0,
            schedules: None,
            flags: Vec::new(),
            hints: false,
        }
    }

    fn failure(args: &[&str]) -> FirstFailure {
        FirstFailure {
            args: args.iter().map(|&arg| arg.to_owned()).collect(),
            schedule: 17,
        }
    }

    #[test]
    fn only_what_differs_from_the_defaults_is_typed() {
        let again = again();
        assert_eq!(again.check(), "course check 05_lock/1_two_lines");
        let replay = |args: &[&str]| again.replay(&failure(args));
        assert_eq!(replay(&["5"]), "course replay 05_lock/1_two_lines 17");
        assert_eq!(
            replay(&["3"]),
            "course replay 05_lock/1_two_lines 17 --args 3"
        );
        assert_eq!(replay(&[]), "course replay 05_lock/1_two_lines 17 --args");
        assert_eq!(
            replay(&["-x", "a b", "it's"]),
            r"course replay 05_lock/1_two_lines 17 --args=-x '--args=a b' '--args=it'\''s'"
        );
    }

    #[test]
    fn a_schedule_in_a_file_is_all_that_a_replay_needs() {
        let mut again = again();
        again.seed = 7;
        again.flags = vec!["--file".to_owned(), "my.rs".to_owned()];
        let replay =
            "course replay 05_lock/1_two_lines --schedule-file 'a b.schedule' --file my.rs";
        assert_eq!(again.replay_file("a b.schedule"), replay);
    }

    #[test]
    fn a_program_is_checked_with_the_same_arguments_again() {
        let mut again = again();
        again.row = vec!["4".to_owned(), "b c".to_owned()];
        let check = "course check 05_lock/1_two_lines --args 4 'b c'";
        assert_eq!(again.check(), check);
    }

    #[test]
    fn seed_schedules_and_file_are_typed_where_they_were() {
        let mut again = again();
        again.seed = 7;
        again.schedules = Some(50);
        again.flags = vec!["--file".to_owned(), "my file.rs".to_owned()];
        assert_eq!(
            again.replay(&failure(&["3", ""])),
            "course replay 05_lock/1_two_lines 17 --args 3 '' --seed 7 --schedules 50 \
             --file 'my file.rs'"
        );
    }
}
