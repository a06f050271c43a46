//! The summary of a class, its grades as a table, and the page: all made from the results alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::marks::Mark;
use super::patterns::{self, Pattern};
use super::remarks;
use super::result::{Graded, Marked};
use crate::course;
use crate::course::grading::Policy;
use crate::course::grading::amount::Amount;
use crate::facts::Verdict;
use crate::message;
use crate::options::partition::Partition;
use crate::report::json::TOOL;

/// The summary's file.
pub const SUMMARY: &str = "summary.json";
/// The file that says which part of a class a folder is.
pub const PART: &str = "part.json";

/// A class that was graded.
pub struct Class {
    /// The seed of all checks.
    pub seed: u64,
    /// Schedules for each exercise.
    pub schedules: u32,
    /// A hash of the course.
    pub course: String,
    /// The exercises, in the order of the course.
    pub exercises: Vec<Exercise>,
    /// What lies in the class's folder and is nobody's, by name.
    pub nobodys: Vec<String>,
    /// How grades are made, if a file says so.
    pub policy: Option<Policy>,
    /// What submissions are worth by that, by name.
    pub marks: BTreeMap<String, Mark>,
    /// The submissions, by name.
    pub graded: Vec<Graded>,
    /// Names that several learners have, once that was asked for.
    pub shared: OnceLock<BTreeSet<String>>,
}

/// An exercise that was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exercise {
    /// `05_lock/1_two_lines`.
    pub exercise: String,
    /// Its title.
    pub title: String,
    /// Points there are.
    pub max_points: u32,
}

impl From<&course::Exercise> for Exercise {
    fn from(exercise: &course::Exercise) -> Self {
        Exercise {
            exercise: exercise.id.clone(),
            title: exercise.title.clone(),
            max_points: exercise.points,
        }
    }
}

/// The summary. Nothing in it differs between runs.
#[derive(Serialize, Deserialize)]
pub struct Summary {
    /// The version of the format.
    pub version: u32,
    /// Who made it.
    pub tool: String,
    /// The seed of all checks.
    pub seed: u64,
    /// Schedules for each exercise.
    pub schedules: u32,
    /// A hash of the course.
    pub course: String,
    /// How grades are made, if a file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grading: Option<Policy>,
    /// The exercises.
    pub exercises: Vec<Exercise>,
    /// How often each mistake was made, for each exercise, the most frequent first.
    pub patterns: Vec<Pattern>,
    /// What lies in the class's folder and is nobody's, by name.
    #[serde(default)]
    pub not_taken: Vec<String>,
    /// The submissions, by name.
    pub submissions: Vec<Line>,
}

/// A submission in the summary.
#[derive(Serialize, Deserialize)]
pub struct Line {
    /// The learner.
    pub name: String,
    /// Points reached.
    pub points: u32,
    /// Points there are.
    pub max_points: u32,
    /// Whether some of it must be tried again.
    pub again: bool,
    /// The verdicts, in the order of the exercises.
    pub verdicts: Vec<Option<Verdict>>,
    /// What it is worth, if a file says how grades are made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Mark>,
}

/// Which part of a class a folder holds.
#[derive(Serialize, Deserialize)]
pub struct Part {
    /// The part.
    pub partition: Partition,
}

impl Class {
    /// The summary.
    pub fn summary(&self) -> Summary {
        let line = |graded: &Graded| Line {
            name: graded.name.clone(),
            points: graded.points,
            max_points: graded.max_points,
            again: graded.again(),
            verdicts: graded.results.iter().map(|it| it.verdict).collect(),
            grade: self.marks.get(&graded.name).cloned(),
        };
        Summary {
            version: super::result::VERSION,
            tool: TOOL.to_owned(),
            seed: self.seed,
            schedules: self.schedules,
            course: self.course.clone(),
            grading: self.policy.clone(),
            exercises: self.exercises.clone(),
            patterns: self.patterns(),
            not_taken: self.nobodys.clone(),
            submissions: self.graded.iter().map(line).collect(),
        }
    }

    /// What is wrong how often.
    pub fn patterns(&self) -> Vec<Pattern> {
        let exercises = self.exercises.iter().map(|it| it.exercise.as_str());
        patterns::of(exercises, &self.graded)
    }

    /// How many submissions there are, and how they were checked.
    pub fn intro(&self) -> String {
        let full = |it: &&Graded| {
            let mark = self.marks.get(&it.name);
            mark.map_or(it.points == it.max_points, |it| it.points == it.max_points)
        };
        let full = self.graded.iter().filter(full).count();
        let is_there = |it: &&Graded| it.results.iter().any(Marked::is_there);
        let there = self.graded.iter().filter(is_there).count();
        let counts = [there, full, self.graded.len() - there];
        message::grade::intro(counts, self.exercises.len(), self.schedules, self.seed)
    }

    /// The grades as comma-separated values (RFC 4180), a line a submission.
    pub fn grades(&self) -> String {
        let mut head = vec![message::grade::name_column().to_owned()];
        head.extend(self.exercises.iter().map(|it| it.exercise.clone()));
        head.push(message::grade::total_column().to_owned());
        head.push(message::grade::remarks_column().to_owned());
        let mut text = row(&head);
        for graded in &self.graded {
            let points = self.points(graded);
            let mut cells = vec![self.called(graded).into_owned()];
            cells.extend(points.exercises.into_iter().map(|(points, _)| points));
            cells.push(points.points);
            cells.push(self.remarks(graded).join("; "));
            text.push_str(&row(&cells));
        }
        text
    }

    /// What a learner is called, with the submission where several are called the same.
    pub fn called<'g>(&'g self, graded: &'g Graded) -> Cow<'g, str> {
        let name = self.name(graded);
        match self.shared_names().contains(name) && name != graded.name {
            true => message::grade::namesake(name, &graded.name).into(),
            false => name.into(),
        }
    }

    fn name<'g>(&'g self, graded: &'g Graded) -> &'g str {
        let mark = self.marks.get(&graded.name);
        let name = mark.and_then(|it| Some(it.learner.as_ref()?.name.as_str()));
        name.filter(|it| !it.is_empty()).unwrap_or(&graded.name)
    }

    fn shared_names(&self) -> &BTreeSet<String> {
        self.shared.get_or_init(|| {
            let mut seen = BTreeSet::new();
            let names = self.graded.iter().map(|it| self.name(it));
            let shared = names.filter(|name| !seen.insert(*name));
            shared.map(str::to_owned).collect()
        })
    }

    /// Whether there is a table of learners, and the submission is of nobody in it.
    pub fn is_nobodys(&self, graded: &Graded) -> bool {
        let mark = self.marks.get(&graded.name);
        mark.is_some_and(|it| {
            it.remarks
                .iter()
                .any(|it| it == message::grading::not_listed())
        })
    }

    /// The points of a submission, as they are shown.
    pub fn points(&self, graded: &Graded) -> Points {
        let Some(mark) = self.marks.get(&graded.name) else {
            let of = |it: &Marked| (it.points.to_string(), it.max_points.to_string());
            return Points {
                exercises: graded.results.iter().map(of).collect(),
                points: graded.points.to_string(),
                max_points: graded.max_points.to_string(),
            };
        };
        let shown = |it: &Option<Amount>| it.map_or("–".to_owned(), Amount::shown);
        let both = mark.exercises.iter().zip(&mark.max);
        Points {
            exercises: both
                .map(|(points, max)| (shown(points), shown(max)))
                .collect(),
            points: mark.points.shown(),
            max_points: mark.max_points.shown(),
        }
    }

    /// Why a submission has no more points, in words.
    pub fn remarks(&self, graded: &Graded) -> Vec<String> {
        remarks::reasons(graded)
            .chain(self.asides(graded))
            .collect()
    }

    /// Those remarks that are handed back.
    pub fn for_learner(&self, mut remarks: Vec<String>) -> Vec<String> {
        remarks.retain(|it| !message::grading::is_for_graders(it));
        remarks
    }

    /// What is to be said of it besides its exercises.
    pub fn asides(&self, graded: &Graded) -> Vec<String> {
        let mark = self.marks.get(&graded.name);
        let of_mark = mark.map_or(&[][..], |it| &it.remarks);
        let not_taken = remarks::not_taken(graded);
        of_mark.iter().cloned().chain(not_taken).collect()
    }
}

/// Points as they are shown.
pub struct Points {
    /// Those reached and those there are for each exercise; a dash where it does not count.
    pub exercises: Vec<(String, String)>,
    /// All that were reached.
    pub points: String,
    /// All there are.
    pub max_points: String,
}

/// Removes the summary, since the results that it sums up have changed.
pub fn remove(out: &Path) {
    // Where it cannot be removed, it is replaced at the end.
    let _ = fs::remove_file(out.join(SUMMARY));
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|it| cell(it)).collect();
    cells.join(",") + "\n"
}

/// A cell (RFC 4180) that no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let text = guarded(text);
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

/// A text that no spreadsheet takes for a formula (OWASP, "CSV Injection").
pub fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("{}{text}", if formula { "'" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_no_formula_and_stays_one_cell() {
        assert_eq!(cell("ada"), "ada");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@x"), "'@x");
        assert_eq!(cell("-2"), "'-2");
        assert_eq!(cell("+a,\"b\""), "\"'+a,\"\"b\"\"\"");
        assert_eq!(cell("lovelace, ada"), "\"lovelace, ada\"");
    }
}
