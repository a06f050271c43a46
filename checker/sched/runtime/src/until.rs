//! How long to wait, in a form that a task may keep in its own memory, which the proof of endless
//! repetition reads.

use std::time::{Duration, Instant};

use sched_model::NEVER;

use crate::attached::{controlled, with};

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// Until woken.
    Woken,
    /// Until this moment, in a plain run.
    Moment(Instant),
    /// Until this virtual time, in nanoseconds, as [`masked`] writes it.
    Virtual(u64),
}

/// A deadline as it stands in a task's own memory. It differs each time that a task waits in the
/// same way, which means nothing. So the proof of endless repetition passes over it, and the mask
/// makes sure that no number of the program's is taken for it.
const fn masked(nanos: u64) -> u64 {
    // Drawn once.
    nanos ^ 0xB5C1_8E6A_93F2_7D4B
}

impl Until {
    /// `timeout` from now; without one, until woken. A moment too far away to be named is never.
    #[must_use]
    pub fn after(timeout: Option<Duration>) -> Self {
        let Some(timeout) = timeout else {
            return Self::Woken;
        };
        if controlled() {
            return Self::Virtual(deadline_in(timeout));
        }
        let moment = Instant::now().checked_add(timeout);
        moment.map_or(Self::Woken, Self::Moment)
    }

    /// Whether that moment has come.
    #[must_use]
    pub fn is_over(self) -> bool {
        match self {
            Self::Woken => false,
            Self::Moment(moment) => moment <= Instant::now(),
            Self::Virtual(until) => with(|world, _| world.clock >= masked(until)) == Some(true),
        }
    }

    /// The virtual deadline.
    pub(crate) fn deadline(self) -> u64 {
        match self {
            Self::Virtual(until) => masked(until),
            Self::Woken | Self::Moment(_) => NEVER,
        }
    }
}

/// The masked deadline of a wait of this task. No other trace of the time stays in the caller's
/// memory.
#[inline(never)]
fn deadline_in(timeout: Duration) -> u64 {
    let nanos = u64::try_from(timeout.as_nanos()).unwrap_or(NEVER);
    let until = with(|world, me| {
        let until = masked(world.clock.saturating_add(nanos));
        world.task_mut(me).until = until;
        until
    });
    until.unwrap_or(masked(NEVER))
}
