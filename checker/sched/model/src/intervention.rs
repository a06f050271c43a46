//! Interventions: one thing that a run does otherwise than its schedule would, without a change to the
//! program. If a failure is gone with one, what it stands for is the mistake.
//!
//! Each names places of the source, so it means the same in every schedule, whatever the tasks and
//! objects are called there.

use crate::ids::TaskId;
use crate::numbered::numbered;
use crate::site::{OURS, Site};

/// How many places and pairs of places a run can be told.
pub const MAX_INTERVENTIONS: usize = 8;

/// One change to what the scheduler does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intervention {
    /// From the first of these places to the second nobody comes between the steps of a task, unless
    /// it has to wait.
    Together(Site, Site),
    /// The same from this place until the task comes there again.
    TogetherUntilAgain(Site),
    /// Only one task at a time holds what is taken at these places.
    OneAtATime(Vec<Site>),
    /// A task goes on here only when what it started there has ended.
    AfterEnd {
        /// Where it goes on.
        at: Site,
        /// Where it started it.
        started: Site,
        /// Only this one; `None`: all that it started there.
        child: Option<TaskId>,
    },
    /// A notification here wakes all that wait.
    WakesAll(Vec<Site>),
    /// A notification here that wakes nobody is kept, for the next one that waits.
    Kept(Vec<Site>),
    /// When nobody can go on, whoever waits here for a message learns that none comes any more.
    Ends(Vec<Site>),
    /// When nobody can go on, whoever waits here does, as if what it waits for had come.
    Answered(Vec<Site>),
    /// What std leaves open happens here as it mostly does.
    AsMostly(Vec<Site>),
    /// Nobody is late, so that a sleep here is over only when all have gone on that could before.
    OnTime(Site),
    /// Who waits here does so without a limit of time.
    NoLimit(Vec<Site>),
    /// Accesses to atomics ask for more order, each at least for this.
    Stronger(Vec<(Site, Order)>),
}

numbered! {
    /// What an access to an atomic asks for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    #[repr(u32)]
    pub enum Order {
        /// `Acquire`.
        Acquire = 1,
        /// `Release`.
        Release,
        /// `AcqRel`.
        AcqRel,
        /// `SeqCst`.
        SeqCst,
    }
}

/// [`InterventionRecord::kind`].
pub mod kind {
    /// [`Intervention::Together`](super::Intervention::Together).
    pub const TOGETHER: u32 = 1;
    /// [`Intervention::OneAtATime`](super::Intervention::OneAtATime), one of its places.
    pub const ONE_AT_A_TIME: u32 = 2;
    /// [`Intervention::AfterEnd`](super::Intervention::AfterEnd).
    pub const AFTER_END: u32 = 3;
    /// [`Intervention::OnTime`](super::Intervention::OnTime).
    pub const ON_TIME: u32 = 4;
    /// [`Intervention::WakesAll`](super::Intervention::WakesAll), one of its places.
    pub const WAKES_ALL: u32 = 5;
    /// [`Intervention::Kept`](super::Intervention::Kept), one of its places.
    pub const KEPT: u32 = 6;
    /// [`Intervention::Ends`](super::Intervention::Ends), one of its places.
    pub const ENDS: u32 = 7;
    /// [`Intervention::Stronger`](super::Intervention::Stronger), one of its places.
    pub const STRONGER: u32 = 8;
    /// [`Intervention::Answered`](super::Intervention::Answered), one of its places.
    pub const ANSWERED: u32 = 9;
    /// [`Intervention::AsMostly`](super::Intervention::AsMostly), one of its places.
    pub const AS_MOSTLY: u32 = 10;
    /// [`Intervention::NoLimit`](super::Intervention::NoLimit), one of its places.
    pub const NO_LIMIT: u32 = 11;
}

/// A place in the source, as the segment has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct PlaceRecord {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
    /// [`file_number`] of its file.
    pub file: u32,
}

/// An intervention, as the segment has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct InterventionRecord {
    /// One of [`kind`]; 0 for none.
    pub kind: u32,
    /// Where it begins, or is.
    pub at: PlaceRecord,
    /// Where it ends, or what it is about.
    pub other: PlaceRecord,
    /// Which task it is about; 0, which nobody started, for any. Of [`kind::STRONGER`] the [`Order`]; of
    /// [`kind::TOGETHER`] 1 where it is until the task comes there again.
    pub child: u32,
}

/// A number for a file. The learner's part and the given part may be two, though to whoever reads
/// reports they are one, in which no line comes twice. So those of the program have one number; one
/// of our libraries has its own (FNV-1a of its name).
#[must_use]
pub fn file_number(name: &[u8]) -> u32 {
    if !name.starts_with(OURS) {
        return 0;
    }
    let step = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    name.iter().fold(0x811C_9DC5, step)
}

impl PlaceRecord {
    fn of(site: &Site) -> Self {
        Self {
            line: site.line,
            column: site.column,
            file: file_number(site.file.as_bytes()),
        }
    }
}

impl Intervention {
    /// What it is called in reports for programs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Together(..) | Self::TogetherUntilAgain(_) => "together",
            Self::OneAtATime(_) => "one_at_a_time",
            Self::AfterEnd { .. } => "after_end",
            Self::OnTime(_) => "on_time",
            Self::WakesAll(_) => "wakes_all",
            Self::Kept(_) => "kept",
            Self::Ends(_) => "ends",
            Self::Answered(_) => "answered",
            Self::AsMostly(_) => "as_mostly",
            Self::NoLimit(_) => "no_limit",
            Self::Stronger(_) => "stronger",
        }
    }

    /// The places that it names, in order.
    #[must_use]
    pub fn places(&self) -> Vec<&Site> {
        match self {
            Self::Together(first, last) => vec![first, last],
            Self::TogetherUntilAgain(place) => vec![place, place],
            Self::OneAtATime(places)
            | Self::WakesAll(places)
            | Self::Kept(places)
            | Self::Ends(places)
            | Self::Answered(places)
            | Self::AsMostly(places)
            | Self::NoLimit(places) => places.iter().collect(),
            Self::AfterEnd { at, started, .. } => vec![at, started],
            Self::OnTime(sleep) => vec![sleep],
            Self::Stronger(all) => all.iter().map(|(at, _)| at).collect(),
        }
    }

    /// Both in one, where one of the two does all that the other one does, or they are of one kind and
    /// together no more than that.
    #[must_use]
    pub fn merged(&self, other: &Self) -> Option<Self> {
        let all = |one: &[Site], two: &[Site]| {
            let new = two.iter().filter(|it| !one.contains(it));
            one.iter().chain(new).cloned().collect()
        };
        match (self, other) {
            (Self::OneAtATime(one), Self::OneAtATime(two)) => Some(Self::OneAtATime(all(one, two))),
            (Self::WakesAll(one), Self::WakesAll(two)) => Some(Self::WakesAll(all(one, two))),
            (Self::Kept(one), Self::Kept(two)) => Some(Self::Kept(all(one, two))),
            (Self::Ends(one), Self::Ends(two)) => Some(Self::Ends(all(one, two))),
            (Self::Answered(one), Self::Answered(two)) => Some(Self::Answered(all(one, two))),
            (Self::AsMostly(one), Self::AsMostly(two)) => Some(Self::AsMostly(all(one, two))),
            (Self::NoLimit(one), Self::NoLimit(two)) => Some(Self::NoLimit(all(one, two))),
            (Self::Together(a, b), Self::Together(c, d)) => {
                // In a line, what comes later may stand first.
                let before = |a: &Site, b: &Site| a == b || (&a.file, a.line) < (&b.file, b.line);
                let holds =
                    |(a, b): (&Site, &Site), (c, d): (&Site, &Site)| before(a, c) && before(d, b);
                if holds((a, b), (c, d)) {
                    Some(self.clone())
                } else {
                    holds((c, d), (a, b)).then(|| other.clone())
                }
            }
            (one, two) => (one == two).then(|| one.clone()),
        }
    }

    /// Whether a failure of another kind says nothing against it: it only keeps tasks waiting, so that
    /// each run with it is one that the program might have had without; or it lets one go on that
    /// would wait for ever, or keeps one waiting that would have gone on without what it waits for,
    /// and what else is wrong with the program shows only then.
    #[must_use]
    pub fn may_fail_otherwise(&self) -> bool {
        match self {
            Self::Together(..) | Self::TogetherUntilAgain(_) | Self::OneAtATime(_) => true,
            Self::AfterEnd { .. } | Self::OnTime(_) | Self::AsMostly(_) => true,
            Self::Answered(_) | Self::NoLimit(_) => true,
            Self::WakesAll(_) | Self::Kept(_) | Self::Ends(_) | Self::Stronger(_) => false,
        }
    }

    fn records(&self) -> Vec<InterventionRecord> {
        let record = |kind: u32, at: &Site, other: &Site| InterventionRecord {
            kind,
            at: PlaceRecord::of(at),
            other: PlaceRecord::of(other),
            child: 0,
        };
        let each = |kind: u32, places: &[Site]| {
            let of_each = places.iter().map(|it| record(kind, it, it));
            of_each.collect()
        };
        match self {
            Self::Together(first, last) => vec![record(kind::TOGETHER, first, last)],
            Self::TogetherUntilAgain(place) => vec![InterventionRecord {
                child: 1,
                ..record(kind::TOGETHER, place, place)
            }],
            Self::OneAtATime(places) => each(kind::ONE_AT_A_TIME, places),
            Self::WakesAll(places) => each(kind::WAKES_ALL, places),
            Self::Kept(places) => each(kind::KEPT, places),
            Self::Ends(places) => each(kind::ENDS, places),
            Self::Answered(places) => each(kind::ANSWERED, places),
            Self::AsMostly(places) => each(kind::AS_MOSTLY, places),
            Self::NoLimit(places) => each(kind::NO_LIMIT, places),
            Self::AfterEnd { at, started, child } => vec![InterventionRecord {
                child: child.map_or(0, |it| u32::try_from(it).unwrap_or(0)),
                ..record(kind::AFTER_END, at, started)
            }],
            Self::OnTime(sleep) => vec![record(kind::ON_TIME, sleep, sleep)],
            Self::Stronger(all) => {
                let of_each = all.iter().map(|(at, order)| InterventionRecord {
                    child: *order as u32,
                    ..record(kind::STRONGER, at, at)
                });
                of_each.collect()
            }
        }
    }
}

/// All of them as the segment has them, if there is room.
#[must_use]
pub fn records(all: &[Intervention]) -> Option<[InterventionRecord; MAX_INTERVENTIONS]> {
    let mut table = [InterventionRecord::default(); MAX_INTERVENTIONS];
    let records: Vec<InterventionRecord> = all.iter().flat_map(Intervention::records).collect();
    table.get_mut(..records.len())?.copy_from_slice(&records);
    Some(table)
}

#[cfg(test)]
mod tests {
    use super::{Intervention, MAX_INTERVENTIONS, kind, records};
    use crate::site::Site;

    fn site(line: u32) -> Site {
        Site {
            file: "a.rs".into(),
            line,
            column: 5,
        }
    }

    #[test]
    fn each_place_has_a_record_and_too_many_have_none() {
        let one = Intervention::OneAtATime(vec![site(3), site(4)]);
        let both = [one.clone(), Intervention::Together(site(7), site(9))];
        let table = records(&both).expect("has room");
        let kinds = table.map(|it| it.kind);
        assert_eq!(
            kinds[..4],
            [kind::ONE_AT_A_TIME, kind::ONE_AT_A_TIME, kind::TOGETHER, 0]
        );
        assert_eq!((table[2].at.line, table[2].other.line), (7, 9));
        let many = vec![one; MAX_INTERVENTIONS / 2 + 1];
        assert_eq!(records(&many), None);
    }
}
