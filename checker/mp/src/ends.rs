//! Who holds the ends of a pipe: an end is open while some process that holds it lives.
//!
//! A process holds an end that it made, that was moved into the closure it runs, or that it has
//! used. An end that it merely got by fork, as it gets everything, does not count. (The descriptors
//! of pipe(7) would count, and no reader would ever see the end of the file.)

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::{Pid, PidfdFlags};
use sched_model::limits::{MAX_TASKS, NEAR_TASKS};
use sched_model::records::FIRST_PID;
use sched_model::slot_set::bits;
use sched_runtime::{attached, kernel};

use crate::lifecycle::{Hooks, Part, heir, register};
use crate::lock::Inner;
use crate::shared::Block;

/// How many processes may hold one end at once in a plain run.
const HOLDERS: usize = 1024;
/// Words of a set of all processes that there can be under check, a bit for each.
const SET: usize = MAX_TASKS.div_ceil(64);
/// Those of the processes that nearly every run has.
const NEAR: usize = NEAR_TASKS.div_ceil(64);
/// Where it is noted how many words of each set are in use beyond these.
const USED: usize = 2 * NEAR;

/// The two ends of a pipe: who holds them.
pub(crate) struct Ends {
    inner: Inner,
    /// First the holders of end 0, then those of end 1: under check as a set, and in a plain run
    /// their process ids (0 for a free place).
    holders: Block,
    /// The other words of the two sets, of which only those in use hold anything.
    more_holders: Option<Block>,
    /// Called when somebody let go of an end.
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Ends {
    /// Two ends, held by this process.
    pub(crate) fn new(wake: impl Fn() + Send + Sync + 'static) -> Arc<Self> {
        register(Part::Pipes, HOOKS);
        let ends = Arc::new(Self {
            inner: Inner::new(),
            holders: Block::new(words()),
            more_holders: attached::controlled().then(|| Block::reserved(2 * (SET - NEAR))),
            wake: Box::new(wake),
        });
        ends.hold(0);
        ends.hold(1);
        ends
    }

    fn place(&self, end: usize, pid: u32) -> Option<&AtomicU64> {
        let mut places = (end * HOLDERS..(end + 1) * HOLDERS).map(|at| self.holders.word(at));
        places.find(|place| place.load(Ordering::Acquire) == u64::from(pid))
    }

    /// How many words of each set are in use, under check.
    fn used(&self) -> usize {
        let more = self.holders.word(USED).load(Ordering::Acquire);
        (NEAR + usize::try_from(more).unwrap_or(0)).min(SET)
    }

    /// A word of a set, under check.
    fn word(&self, end: usize, at: usize) -> &AtomicU64 {
        match (at.checked_sub(NEAR), &self.more_holders) {
            (Some(at), Some(more)) => more.word(end * (SET - NEAR) + at),
            _ => self.holders.word(end * NEAR + at % NEAR),
        }
    }

    /// The word and the bit of a process, under check.
    fn bit(&self, end: usize, pid: u32) -> (&AtomicU64, u64) {
        let number = pid.wrapping_sub(FIRST_PID) as usize % (64 * SET);
        let at = number / 64;
        for unused in self.used()..=at {
            (0..2).for_each(|end| self.word(end, unused).store(0, Ordering::Release));
            let more = (unused + 1 - NEAR) as u64;
            self.holders.word(USED).store(more, Ordering::Release);
        }
        (self.word(end, at), 1 << (number % 64))
    }

    /// Adds a holder, unless there are too many.
    fn add(&self, end: usize, pid: u32) -> bool {
        if attached::controlled() {
            let (word, bit) = self.bit(end, pid);
            word.fetch_or(bit, Ordering::AcqRel);
            return true;
        }
        let free = self.place(end, pid).or_else(|| self.place(end, 0));
        free.inspect(|place| place.store(pid.into(), Ordering::Release))
            .is_some()
    }

    fn remove(&self, end: usize, pid: u32) {
        if attached::controlled() {
            let (word, bit) = self.bit(end, pid);
            word.fetch_and(!bit, Ordering::AcqRel);
        } else if let Some(place) = self.place(end, pid) {
            place.store(0, Ordering::Release);
        }
    }

    /// Whether what this process holds is `end` of these two.
    fn is(self: &Arc<Self>, (ends, at): &(Arc<Self>, usize), end: usize) -> bool {
        *at == end && Arc::ptr_eq(ends, self)
    }

    /// This process holds `end` from now on, if it does not yet.
    ///
    /// # Panics
    ///
    /// When too many processes hold it.
    pub(crate) fn hold(self: &Arc<Self>, end: usize) {
        let me = kernel::pid();
        let mut held = held();
        if held.iter().any(|one| self.is(one, end)) {
            return;
        }
        held.push((Arc::clone(self), end));
        assert!(
            self.inner.with(|| self.add(end, me)),
            "more than {HOLDERS} processes hold one end of a pipe"
        );
    }

    /// Whether dropping `end` now means that this process lets go of it.
    pub(crate) fn would_let_go(self: &Arc<Self>, end: usize) -> bool {
        heir().is_none() && held().iter().any(|one| self.is(one, end))
    }

    /// This process lets go of `end`, or hands it to the child whose closure it was moved into.
    pub(crate) fn drop_end(self: &Arc<Self>, end: usize) {
        held().retain(|one| !self.is(one, end));
        self.replace(end, kernel::pid(), heir());
    }

    /// From now on `heir`, or nobody, holds `end` in the place of `pid`.
    fn replace(&self, end: usize, pid: u32, heir: Option<u32>) {
        self.inner.with(|| {
            self.remove(end, pid);
            if let Some(heir) = heir {
                // The place of `pid` is free now.
                self.add(end, heir);
            }
        });
        (self.wake)();
    }

    /// A living holder of `end`, if there is one.
    pub(crate) fn holder(&self, end: usize) -> Option<u32> {
        if attached::controlled() {
            let words = (0..self.used()).map(|at| self.word(end, at));
            let sets = words.map(|word| word.load(Ordering::Acquire));
            let mut holders = bits(sets).map(|number| FIRST_PID + number);
            return holders.find(|&pid| lives(pid));
        }
        let places = (end * HOLDERS..(end + 1) * HOLDERS).map(|at| self.holders.word(at));
        let pids = places.map(|place| place.load(Ordering::Acquire));
        let mut pids = pids.filter_map(|pid| u32::try_from(pid).ok().filter(|pid| *pid != 0));
        pids.find(|&pid| lives(pid))
    }
}

/// How many words the holders of both ends need at once.
fn words() -> usize {
    if attached::controlled() {
        USED + 1
    } else {
        2 * HOLDERS
    }
}

/// Whether a process lives. One that has ended and waits to be joined does not.
fn lives(pid: u32) -> bool {
    if attached::controlled() {
        return sched_runtime::process::lives(sched_runtime::process::Process { pid });
    }
    if pid == kernel::pid() {
        return true;
    }
    let Some(pid) = Pid::from_raw(pid.cast_signed()) else {
        return false;
    };
    // A descriptor of a process is readable once it has ended.
    let Ok(process) = rustix::process::pidfd_open(pid, PidfdFlags::empty()) else {
        return false;
    };
    let mut ended = [PollFd::new(&process, PollFlags::IN)];
    let now = Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    rustix::event::poll(&mut ended, Some(&now)).is_ok_and(|ended| ended == 0)
}

const HOOKS: Hooks = Hooks {
    in_child: forget,
    at_exit: let_go_of_all,
    hands_over: true,
};

/// The ends that this process holds.
static HELD: Mutex<Vec<(Arc<Ends>, usize)>> = Mutex::new(Vec::new());

fn held() -> MutexGuard<'static, Vec<(Arc<Ends>, usize)>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A new process holds what its parent hands it, and nothing else yet.
fn forget() {
    std::mem::forget(std::mem::take(&mut *held()));
}

/// At the end of a process: lets go of all ends.
fn let_go_of_all() {
    let all = std::mem::take(&mut *held());
    for (ends, end) in all {
        ends.replace(end, kernel::pid(), None);
    }
}
