//! What an exercise requires beyond its transcript, as course.toml says it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

use super::duration;
use crate::facts::{Requirement, State};
use crate::message::course as message;

/// What must hold beyond the transcript. What must be possible in some schedule (overlap, orders,
/// blocked_on), and the number of processes, are not required of rows that are edges.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirements {
    /// So many tasks at once in a marked section, in some schedule.
    pub overlap: Option<u32>,
    /// Never more tasks than that at once in a marked section, in any schedule.
    pub at_most: Option<Count>,
    /// So many different orders of lines, over all schedules.
    pub orders: Option<u32>,
    /// The longest virtual time a run without delays may take.
    #[serde(default, deserialize_with = "duration::read")]
    pub makespan: Option<Duration>,
    /// So many child processes that print, in schedule 0.
    pub processes: Option<Count>,
    /// No task asks again and again where it should wait.
    #[serde(default)]
    pub no_polling: bool,
    /// Objects, by name, for each of which some task waits in some schedule.
    #[serde(default)]
    pub blocked_on: Vec<String>,
    /// The states that named tasks go through, in schedule 0.
    #[serde(default)]
    pub states: Required,
    /// What is done only while a lock is held.
    #[serde(default)]
    pub held: Vec<Held>,
    /// What is done only while a lock is not held.
    #[serde(default)]
    pub not_held: Vec<NotHeld>,
    /// Queues with one message for each task: who has it does not look again.
    #[serde(default)]
    pub once: Vec<String>,
    /// What must not be left behind.
    #[serde(default)]
    pub clean: Vec<Clean>,
}

/// What is done only while a lock is held, in every run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// The lock's name; that of a condition is `the lock of NAME`. `None`: whichever it is, the same
    /// each time.
    pub lock: Option<String>,
    /// Objects that are changed, by name.
    #[serde(default)]
    pub changed: Vec<String>,
    /// Parts of lines that are printed.
    #[serde(default)]
    pub printed: Vec<String>,
}

/// What is done only while a lock is not held, in every run.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotHeld {
    /// The marked section.
    pub section: String,
    /// The lock's name, as in [`Held`]. `None`: any that another task takes, too.
    pub lock: Option<String>,
}

impl Requirements {
    /// Those that are made.
    pub fn made(&self) -> Vec<Requirement> {
        // Taken apart, so that none is forgotten.
        let Requirements {
            overlap,
            at_most,
            orders,
            makespan,
            processes,
            no_polling,
            blocked_on,
            states,
            held,
            not_held,
            once,
            clean,
        } = self;
        let all = [
            (Requirement::Overlap, overlap.is_some()),
            (Requirement::AtMost, at_most.is_some()),
            (Requirement::Orders, orders.is_some()),
            (Requirement::Makespan, makespan.is_some()),
            (Requirement::Processes, processes.is_some()),
            (Requirement::NoPolling, *no_polling),
            (Requirement::BlockedOn, !blocked_on.is_empty()),
            (Requirement::States, !states.is_empty()),
            (Requirement::Held, !held.is_empty()),
            (Requirement::NotHeld, !not_held.is_empty()),
            (Requirement::Once, !once.is_empty()),
            (Requirement::Clean, !clean.is_empty()),
        ];
        let made = all.into_iter().filter(|(_, made)| *made);
        made.map(|(requirement, _)| requirement).collect()
    }
}

/// A number, or the argument of the row that tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// The number itself.
    Fixed(u32),
    /// `"$1"`: the first argument.
    Argument(usize),
}

impl Count {
    /// The number for a row of arguments; `None` where the row has no such number.
    pub fn of(self, row: &[String]) -> Option<u32> {
        match self {
            Count::Fixed(number) => Some(number),
            Count::Argument(index) => row.get(index.checked_sub(1)?)?.parse().ok(),
        }
    }
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountVisitor;
        impl Visitor<'_> for CountVisitor {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(message::NUMBER)
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Count, E> {
                u32::try_from(number).map(Count::Fixed).map_err(E::custom)
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Count, E> {
                let index = text.strip_prefix('$').and_then(|index| index.parse().ok());
                match index {
                    Some(index) if index > 0 => Ok(Count::Argument(index)),
                    _ => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_any(CountVisitor)
    }
}

/// The states that named tasks must go through in the natural schedule.
pub type Required = BTreeMap<String, Vec<State>>;

/// What must not be left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clean {
    /// Every child that is no daemon was joined, or seen to have exited, by its parent; every
    /// thread, by whoever started it.
    Joined,
    /// No lock is held.
    Locks,
    /// Every message was read.
    Queues,
}
