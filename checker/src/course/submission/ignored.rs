//! What of a submission was not taken, each with the reason: with the answers this is all that an
//! intake sees.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::message::grade as message;
use crate::message::plain;

/// Entries that a result names; how many more there are is told.
const MOST: usize = 100;
/// The longest path that is shown.
const LONGEST: usize = 200;

/// Why an entry is no answer. The order is that in which they are told: what may have been meant as
/// an answer comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// It cannot be read.
    Unreadable(String),
    /// An archive of a kind that is not read.
    Archive(String),
    /// An archive within archives within archives.
    Nested,
    /// Folders within folders.
    TooDeep,
    /// A link, which is not followed.
    Link,
    /// Its path leads out of the archive.
    Outside,
    /// Its name is no text.
    Name,
    /// It may be meant for any of several exercises.
    Ambiguous(Vec<String>),
    /// It has the name of an exercise, and another ending.
    Ending,
    /// A device, a pipe or a socket.
    Special,
    /// Another file is meant more surely, and differs.
    LessSure(String),
    /// No exercise has this name, but it has the line that only exercises have; the nearest name.
    Renamed(Option<String>),
    /// A program that was typed into a platform's page.
    Typed,
    /// No exercise has this name; the nearest one has that.
    NoExercise(Option<String>),
    /// It answers an exercise that is not graded.
    OtherExercise(String),
    /// Another file is the same.
    Same(String),
    /// Files of editors, version control and archivers.
    Hidden,
    /// What cargo builds.
    Built,
}

impl Reason {
    /// Whether it may have been meant as an answer.
    fn matters(&self) -> bool {
        match self {
            Reason::OtherExercise(_) | Reason::Same(_) | Reason::Hidden | Reason::Built => false,
            // What the course brings along, notes, and whatever else.
            Reason::NoExercise(like) => like.is_some(),
            Reason::Unreadable(_)
            | Reason::Archive(_)
            | Reason::Nested
            | Reason::TooDeep
            | Reason::Link
            | Reason::Outside
            | Reason::Name
            | Reason::Ambiguous(_)
            | Reason::Ending
            | Reason::Special
            | Reason::LessSure(_)
            | Reason::Renamed(_)
            | Reason::Typed => true,
        }
    }

    fn told(&self) -> String {
        match self {
            Reason::Unreadable(why) => message::unreadable_entry(why),
            Reason::Archive(kind) => message::other_archive(kind),
            Reason::Nested => message::nested().to_owned(),
            Reason::TooDeep => message::too_deep(super::DEEPEST),
            Reason::Link => message::link().to_owned(),
            Reason::Outside => message::outside().to_owned(),
            Reason::Name => message::no_name().to_owned(),
            Reason::Ambiguous(ids) => message::ambiguous(ids),
            Reason::Ending => message::other_ending().to_owned(),
            Reason::Special => message::special().to_owned(),
            Reason::LessSure(taken) => message::less_sure(taken),
            Reason::Renamed(like) => message::renamed(like.as_deref()),
            Reason::Typed => message::typed().to_owned(),
            Reason::NoExercise(like) => message::no_exercise(like.as_deref()),
            Reason::OtherExercise(id) => message::other_exercise(id),
            Reason::Same(taken) => message::same_as(taken),
            Reason::Hidden => message::hidden().to_owned(),
            Reason::Built => message::built().to_owned(),
        }
    }
}

/// An entry that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ignored {
    /// Its path in the submission.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Whether it may have been meant as an answer.
    pub matters: bool,
}

/// All that was not taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotTaken {
    /// What may have been meant as an answer first, and no more than anybody reads.
    pub entries: Vec<Ignored>,
    /// How many more there are.
    pub more: usize,
}

impl NotTaken {
    /// What may have been meant as an answer.
    pub fn mattering(&self) -> impl Iterator<Item = &Ignored> {
        self.entries.iter().filter(|it| it.matters)
    }
}

/// What is not taken, while a submission is read.
#[derive(Default)]
pub struct List(BTreeSet<(bool, Reason, String)>);

impl List {
    /// One more.
    pub fn add(&mut self, path: &str, reason: Reason) {
        let mut path = plain::line(path);
        if let Some((cut, _)) = path.char_indices().nth(LONGEST) {
            path.truncate(cut);
            path.push('…');
        }
        self.0.insert((!reason.matters(), reason, path));
    }

    /// The list, as it is told.
    pub fn end(self) -> NotTaken {
        let more = self.0.len().saturating_sub(MOST);
        let entry = |(boring, reason, path): (bool, Reason, String)| Ignored {
            path,
            reason: reason.told(),
            matters: !boring,
        };
        NotTaken {
            entries: self.0.into_iter().take(MOST).map(entry).collect(),
            more,
        }
    }
}
