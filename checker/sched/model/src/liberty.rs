//! Liberties: where std leaves open what happens, and mostly the same does, another thing happens.
//!
//! A program must be right whatever happens there: a wait may end for no reason, a notification may
//! go to anybody who waits. In ordinary schedules it never does, so that a failure which needs none of
//! it is told without it.

use crate::ids::TaskId;
use crate::numbered::numbered;

/// How many a run may take: a program that looks again and again must come to an end.
pub const MAX_LIBERTIES: usize = 4;

/// So many lines of a program that leave something open are known of a run, with the first time each.
pub const MAX_OPEN: usize = 32;

/// The schedules that take liberties have the numbers from this one on, whatever else is run.
pub const FIRST_WITH_LIBERTIES: u32 = 100_000_000;
/// So many ways there are to take liberties in a schedule: each has a number.
const MANNERS: u32 = 1000;
/// From this one on liberties are drawn; before, there is one.
const DRAWN: u32 = 900;
/// Schedules of which there are others that take liberties.
pub const MOST_BASES: u32 = 4_000_000;
/// Those in which others go on before a use of a count have the numbers from this one on.
const FIRST_LATE: u32 = FIRST_WITH_LIBERTIES + MOST_BASES * MANNERS;
/// Of so many uses in a run.
const USES: u32 = 10_000;
/// Schedules of which there are such ones.
const MOST_LATE: u32 = (u32::MAX - FIRST_LATE) / USES;

numbered! {
    /// What happens in place of what mostly does.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[repr(u8)]
    pub enum Freedom {
        /// A wait without a limit of time ends for no reason.
        WakesUp = 1,
        /// A notification wakes another one than who waited longest.
        WakesAnother,
        /// A weak exchange fails for no reason.
        Fails,
        /// Who wants to read comes before a writer that waits.
        ReadsFirst,
        /// A message is taken before an older one, whose sender waits as well.
        TakesAnother,
        /// A wait with a limit of time ends before, for no reason.
        WakesEarly,
        /// A load returns an older value than the newest.
        ReadsOlder,
        /// A store takes its place before one that was made already, which overwrites it at once.
        Overtaken,
        /// Others go on before a count is used: see [`counts`](crate::engine::counts).
        IsLate,
    }
}

impl Freedom {
    /// Whether it only decides which of several tasks comes first, or how early one goes on that waits
    /// for so long and no longer: a program may leave open what it prints then.
    #[must_use]
    pub fn is_of_order(self) -> bool {
        match self {
            Self::WakesAnother
            | Self::ReadsFirst
            | Self::TakesAnother
            | Self::WakesEarly
            | Self::IsLate => true,
            Self::WakesUp | Self::Fails | Self::ReadsOlder | Self::Overtaken => false,
        }
    }
}

impl Freedom {
    /// Whether it is that a value is not the newest one.
    #[must_use]
    pub fn is_of_values(self) -> bool {
        match self {
            Self::ReadsOlder | Self::Overtaken => true,
            Self::WakesUp
            | Self::WakesAnother
            | Self::Fails
            | Self::ReadsFirst
            | Self::TakesAnother
            | Self::WakesEarly
            | Self::IsLate => false,
        }
    }
}

/// In [`Liberty::turn`]: what is counted are uses of counts, at which others can go on first.
pub const LATE: u32 = 1 << 31;

/// A liberty that a run takes. A task comes to places where it could take one; they are counted for
/// each task, so that this keeps its meaning when others are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Liberty {
    /// Who takes it.
    pub task: TaskId,
    /// At which of these places, from 0; with [`LATE`] at which use of a count.
    pub turn: u32,
    /// Which of the things that may happen there, from 1: 0 is what mostly does.
    pub way: u32,
}

/// The same, as the segment has it; all zeroes for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct LibertyRecord {
    /// Who takes it.
    pub task: u32,
    /// At which place of the task.
    pub turn: u32,
    /// Which of the things that may happen there, from 1.
    pub way: u32,
    /// Where it was taken.
    pub site: u32,
}

/// A line of the program that leaves something open, as the segment has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
#[cfg_attr(test, derive(zerocopy::FromZeros))]
pub struct OpenRecord {
    /// Where.
    pub site: u32,
    /// How many places the run had come to before.
    pub first: u32,
}

/// All of them as the segment has them, as far as there is room.
#[must_use]
pub fn records(all: &[Liberty]) -> [LibertyRecord; MAX_LIBERTIES] {
    let mut table = [LibertyRecord::default(); MAX_LIBERTIES];
    for (record, it) in table.iter_mut().zip(all) {
        *record = LibertyRecord {
            task: u32::try_from(it.task).unwrap_or(u32::MAX),
            turn: it.turn,
            way: it.way,
            site: 0,
        };
    }
    table
}

/// How a schedule takes liberties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Only one, at this of all places that the run comes to; the first or the second of the things
    /// that may happen there.
    Once {
        /// Which place, from 0.
        place: u32,
        /// Whether it is the second.
        second: bool,
    },
    /// They are drawn, in the way of this number.
    Drawn(u32),
    /// Only that others go on before this use of a count.
    Late {
        /// Which of all uses in the run, from 0.
        place: u32,
    },
}

impl Manner {
    fn code(self) -> Option<u32> {
        let code = match self {
            Self::Once { place, second } => place.checked_mul(2)? + u32::from(second),
            Self::Drawn(number) => DRAWN + number % (MANNERS - DRAWN),
            Self::Late { .. } => return None,
        };
        let is_known = Self::of_code(code) == self || matches!(self, Self::Drawn(_));
        is_known.then_some(code)
    }

    fn of_code(code: u32) -> Self {
        match code.checked_sub(DRAWN) {
            Some(number) => Self::Drawn(number),
            None => Self::Once {
                place: code / 2,
                second: code % 2 == 1,
            },
        }
    }
}

/// The number of the schedule that is as this one, but takes liberties; `None` if there is none.
#[must_use]
pub fn number(base: u32, manner: Manner) -> Option<u32> {
    if let Manner::Late { place } = manner {
        let exists = base < MOST_LATE && place < USES;
        return exists.then(|| FIRST_LATE + base * USES + place);
    }
    let code = manner.code()?;
    (base < MOST_BASES).then(|| FIRST_WITH_LIBERTIES + base * MANNERS + code)
}

/// The schedule that this one is as, and how it takes liberties, if it does.
#[must_use]
pub fn parts(schedule: u32) -> Option<(u32, Manner)> {
    if let Some(number) = schedule.checked_sub(FIRST_LATE) {
        let place = number % USES;
        return Some((number / USES, Manner::Late { place }));
    }
    let number = schedule.checked_sub(FIRST_WITH_LIBERTIES)?;
    Some((number / MANNERS, Manner::of_code(number % MANNERS)))
}

/// The schedule that this one is as, but for the liberties.
#[must_use]
pub fn base(schedule: u32) -> u32 {
    parts(schedule).map_or(schedule, |(base, _)| base)
}

#[cfg(test)]
mod tests {
    use super::{FIRST_WITH_LIBERTIES, MOST_BASES, Manner, base, number, parts};

    #[test]
    fn a_number_tells_which_schedule_takes_liberties_and_how() {
        let once = |place, second| Manner::Once { place, second };
        for of in [0, 1, 199, MOST_BASES - 1] {
            for manner in [once(0, false), once(449, true), Manner::Drawn(99)] {
                let schedule = number(of, manner).expect("there is one");
                assert_eq!(parts(schedule), Some((of, manner)));
                assert_eq!(base(schedule), of);
            }
        }
        let late = |place| Manner::Late { place };
        for (of, manner) in [(0, late(0)), (999, late(9999)), (19_000, late(7))] {
            let schedule = number(of, manner).expect("there is one");
            assert_eq!(parts(schedule), Some((of, manner)));
        }
        assert_eq!(number(0, late(10_000)), None);
        assert_eq!(number(MOST_BASES, late(0)), None);
        assert_eq!(number(MOST_BASES, once(0, false)), None);
        assert_eq!(number(0, once(450, false)), None, "that is another manner");
        assert_eq!(number(0, once(u32::MAX, false)), None);
        assert_eq!(parts(FIRST_WITH_LIBERTIES - 1), None);
        assert_eq!(base(7), 7);
    }
}
