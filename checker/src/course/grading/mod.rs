//! How grades are made of what checks come to: `grading.toml`, read strictly.

pub mod amount;
pub mod moment;
pub mod roster;
mod table;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{anyhow, bail};
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use self::amount::{Amount, MOST_DECIMALS};
use self::moment::{Moment, Zone};
use self::roster::Learner;
use super::{Exercise, duration};
use crate::facts::named::nearest;
use crate::facts::said;
use crate::message::grading as message;

/// A day, of which each begun one counts.
const DAY: i64 = 24 * 60 * 60;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawPolicy {
    exercises: Vec<String>,
    hints: bool,
    tries: Tries,
    decimals: u32,
    total: Option<Amount>,
    learners: Option<PathBuf>,
    deadline: Option<RawDeadline>,
    points: BTreeMap<String, Amount>,
    weights: BTreeMap<String, Amount>,
    columns: Columns,
}

impl Default for RawPolicy {
    fn default() -> Self {
        RawPolicy {
            exercises: Vec::new(),
            hints: true,
            tries: Tries::Best,
            decimals: 2,
            total: None,
            learners: None,
            deadline: None,
            points: BTreeMap::new(),
            weights: BTreeMap::new(),
            columns: Columns::default(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDeadline {
    at: RawMoment,
    #[serde(default, deserialize_with = "duration::read")]
    grace: Option<Duration>,
    #[serde(default)]
    per_day: Percent,
    #[serde(default, deserialize_with = "duration::read")]
    until: Option<Duration>,
}

/// A moment as TOML writes it, or the same in quotes.
#[derive(Deserialize)]
#[serde(untagged)]
enum RawMoment {
    Bare(Datetime),
    Quoted(String),
}

/// Which of several tries counts, for each exercise by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tries {
    /// The one with most points, after what lateness costs.
    #[default]
    Best,
    /// The last one in which something was handed in for it.
    Last,
}

/// A part of the points, written as `10%`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percent(Amount);

impl TryFrom<String> for Percent {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let number = text.strip_suffix('%').and_then(|it| it.trim().parse().ok());
        let amount = number.and_then(|it: f64| Amount::of(it / 100.0));
        let amount = amount.filter(|it| *it <= Amount::ONE);
        amount
            .map(Percent)
            .ok_or_else(|| message::no_percent(&text))
    }
}

impl From<Percent> for String {
    fn from(percent: Percent) -> String {
        format!("{}%", percent.0.times(Amount::whole(100)).shown())
    }
}

/// What the columns of grades are called in the tables for platforms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// In Moodle's.
    pub moodle: String,
    /// The assignment of Canvas, with its number in parentheses if it is there already.
    pub canvas: String,
    /// In Blackboard's, with `|` and its number if it is there already.
    pub blackboard: String,
}

impl Default for Columns {
    fn default() -> Self {
        Columns {
            moodle: "Grade".to_owned(),
            canvas: "Exercises".to_owned(),
            blackboard: "Exercises".to_owned(),
        }
    }
}

/// When it is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    at: Moment,
    zone: Zone,
    grace: i64,
    per_day: Percent,
    until: Option<i64>,
}

impl Deadline {
    /// The days begun by which something was late; none within the grace.
    pub fn days_late(&self, submitted: Moment) -> i64 {
        let late = submitted.0 - self.at.0;
        match late <= self.grace {
            true => 0,
            false => late.div_euclid(DAY) + i64::from(late % DAY > 0),
        }
    }

    /// What is left of points after so many days; nothing once it is too late.
    fn factor(&self, submitted: Moment) -> Amount {
        if self
            .until
            .is_some_and(|until| submitted.0 - self.at.0 > until)
        {
            return Amount::default();
        }
        let days = u32::try_from(self.days_late(submitted)).unwrap_or(u32::MAX);
        Amount::ONE.less(Amount::whole(days).times(self.per_day.0))
    }
}

/// What an exercise is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worth {
    /// The most that can be reached, weighted.
    pub points: Amount,
    /// Whether it counts.
    pub counts: bool,
}

/// How grades are made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// By exercise.
    pub worth: BTreeMap<String, Worth>,
    /// Whether learners are given hints.
    pub hints: bool,
    /// Which of several tries counts.
    pub tries: Tries,
    /// Of points.
    pub decimals: u32,
    /// What all points together are scaled to.
    pub total: Option<Amount>,
    /// When it is due.
    pub deadline: Option<Deadline>,
    /// For platforms.
    pub columns: Columns,
    /// Who is in the class; told beside their grades.
    #[serde(skip)]
    pub learners: Vec<Learner>,
    /// Where that stands.
    #[serde(skip)]
    pub table: Option<PathBuf>,
}

impl Policy {
    /// Reads the file and the table of learners that it names.
    ///
    /// # Errors
    ///
    /// With the line of what cannot be understood.
    pub fn load(path: &Path, course: &[Exercise]) -> anyhow::Result<Policy> {
        let shown = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| anyhow!(message::not_read(&shown, &error.to_string())))?;
        let (mut policy, table) = parse(&text, &shown, course)?;
        if let Some(table) = table {
            // Beside the file that names it.
            let table = path.parent().unwrap_or(Path::new("")).join(table);
            let shown = table.display().to_string();
            let bytes = std::fs::read(&table)
                .map_err(|error| anyhow!(message::not_read(&shown, &error.to_string())))?;
            let text = table::text(&bytes).ok_or_else(|| anyhow!(message::no_text(&shown)))?;
            policy.table = Some(table);
            let zone = policy.deadline.as_ref().map_or(0, |it| it.zone);
            policy.learners = roster::read(&text, &shown, zone)?;
        }
        Ok(policy)
    }

    /// Where no file says how: points as checks tell them.
    pub fn plain() -> Policy {
        Policy {
            worth: BTreeMap::new(),
            hints: true,
            tries: Tries::Best,
            decimals: MOST_DECIMALS,
            total: None,
            deadline: None,
            columns: Columns::default(),
            learners: Vec::new(),
            table: None,
        }
    }

    /// What an exercise is worth; one that nobody speaks of counts for nothing.
    pub fn worth_of(&self, exercise: &str) -> Worth {
        let nothing = Worth {
            points: Amount::ONE,
            counts: false,
        };
        self.worth.get(exercise).copied().unwrap_or(nothing)
    }

    /// The files that this was read from, of which one is named.
    pub fn files(&self, file: &Path) -> Vec<PathBuf> {
        self.table
            .iter()
            .cloned()
            .chain([file.to_owned()])
            .collect()
    }

    /// The exercises that count.
    pub fn counting(&self) -> impl Iterator<Item = &str> {
        let counting = self.worth.iter().filter(|(_, worth)| worth.counts);
        counting.map(|(id, _)| id.as_str())
    }

    /// Whether nobody can be late because the table has no times.
    pub fn knows_no_times(&self) -> bool {
        self.deadline.is_some() && self.learners.iter().all(|it| it.submitted.is_empty())
    }

    /// When a try was handed in, as the table of learners or a platform's name tells it.
    pub fn submitted(&self, who: Option<&Learner>, attempt: usize, name: &str) -> Option<Moment> {
        let told = who.and_then(|who| who.submitted.get(attempt).copied().flatten());
        let zone = self.deadline.as_ref().map_or(0, |it| it.zone);
        told.or_else(|| moment::of_name(name, zone))
    }

    /// What is left of the points of what was handed in then. Where nobody knows when, it was in
    /// time.
    pub fn factor(&self, submitted: Option<Moment>) -> Amount {
        let both = self.deadline.as_ref().zip(submitted);
        both.map_or(Amount::ONE, |(deadline, at)| deadline.factor(at))
    }
}

/// Reads the file's text; also which table of learners it names.
fn parse(
    text: &str,
    shown: &str,
    course: &[Exercise],
) -> anyhow::Result<(Policy, Option<PathBuf>)> {
    let raw: RawPolicy = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text[..at.min(text.len())].matches('\n').count();
        let error = error.message();
        let key = error
            .strip_prefix(said::MISSING_KEY)
            .and_then(|it| it.split('`').next());
        let here = text.lines().nth(line).and_then(|it| it.split_once('='));
        let key = key.or_else(|| Some(here?.0.trim()));
        let told = message::mistake(error, key, unknown(error));
        anyhow!("{shown}:{}: {told}", line + 1)
    })?;
    if raw.decimals > MOST_DECIMALS {
        bail!("{shown}: {}", message::too_many_decimals(MOST_DECIMALS));
    }
    check_names(&raw, course).map_err(|error| anyhow!("{shown}: {error}"))?;
    let deadline = raw.deadline.as_ref().map(deadline).transpose();
    let policy = Policy {
        worth: course
            .iter()
            .map(|it| (it.id.clone(), worth(&raw, it)))
            .collect(),
        hints: raw.hints,
        tries: raw.tries,
        decimals: raw.decimals,
        total: raw.total,
        deadline: deadline.map_err(|error| anyhow!("{shown}: {error}"))?,
        columns: raw.columns,
        learners: Vec::new(),
        table: None,
    };
    let is_something = |amount: Amount| amount > Amount::default();
    let mut worth = policy.worth.values().filter(|it| it.counts);
    if !policy.total.is_none_or(is_something) || !worth.any(|it| is_something(it.points)) {
        bail!("{shown}: {}", message::nothing_counts());
    }
    Ok((policy, raw.learners))
}

/// Fails at a name that no exercise and no topic has.
fn check_names(raw: &RawPolicy, course: &[Exercise]) -> anyhow::Result<()> {
    let names = raw
        .exercises
        .iter()
        .chain(raw.points.keys())
        .chain(raw.weights.keys());
    for name in names {
        if !course.iter().any(|it| is_meant(name, &it.id)) {
            let all = course.iter().flat_map(|it| [it.id.as_str(), topic(&it.id)]);
            bail!(message::no_exercise(name, nearest(name, all)));
        }
    }
    Ok(())
}

/// The known key that an unknown one may be: the parser names both.
fn unknown(error: &str) -> Option<&str> {
    let rest = error.strip_prefix(said::UNKNOWN_KEY)?;
    let mut quoted = rest.split('`').skip(1).step_by(2);
    nearest(quoted.next()?, quoted)
}

fn topic(id: &str) -> &str {
    id.split('/').next().unwrap_or(id)
}

/// Whether an exercise or a topic names this exercise.
fn is_meant(name: &str, id: &str) -> bool {
    name == id || name == topic(id)
}

/// What an exercise is worth; what is said of itself goes before what is said of its topic.
fn worth(raw: &RawPolicy, exercise: &Exercise) -> Worth {
    let id = exercise.id.as_str();
    let of = |all: &BTreeMap<String, Amount>| all.get(id).or_else(|| all.get(topic(id))).copied();
    let points = of(&raw.points).unwrap_or(Amount::whole(exercise.points));
    let weight = of(&raw.weights).unwrap_or(Amount::ONE);
    let named = raw.exercises.is_empty() || raw.exercises.iter().any(|it| is_meant(it, id));
    Worth {
        points: points.times(weight),
        counts: named && weight > Amount::default(),
    }
}

fn deadline(raw: &RawDeadline) -> anyhow::Result<Deadline> {
    let written = match &raw.at {
        RawMoment::Bare(at) => *at,
        RawMoment::Quoted(text) => text.parse().or_else(|_| {
            bail!(message::mistake(
                &message::no_moment(text),
                Some("at"),
                None
            ))
        })?,
    };
    let Some((at, zone)) = moment::moment(&written, None) else {
        let Datetime { date, time, .. } = written;
        let [date, time] = [date.map(|it| it.to_string()), time.map(|it| it.to_string())];
        bail!(message::no_zone(
            &written.to_string(),
            date.as_deref(),
            time.as_deref()
        ));
    };
    let seconds = |time: Duration| i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    Ok(Deadline {
        at,
        zone,
        grace: raw.grace.map_or(0, seconds),
        per_day: raw.per_day,
        until: raw.until.map(seconds),
    })
}

#[cfg(test)]
pub mod tests;
