//! Who holds the ends of a pipe: an end is open while some process that holds it lives.
//!
//! A process holds an end that it made, that was moved into the closure it runs, or that it has
//! used; one that came along by fork, as everything does, does not count. (With the descriptors of
//! pipe(7) it would, and no reader would ever see the end of the file.)

use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::process::{Pid, PidfdFlags};
use sched::kernel;

use crate::lock::Inner;
use crate::shared::Block;

/// How many processes may hold one end at once.
const HOLDERS: usize = 64;

/// The two ends of a pipe: who holds them.
pub(crate) struct Ends {
    inner: Inner,
    /// The holders' process ids (0 for a free place), first those of end 0, then of end 1.
    holders: Block,
    /// Called when somebody let go of an end.
    wake: Box<dyn Fn() + Send + Sync>,
}

impl Ends {
    /// Two ends, held by this process.
    pub(crate) fn new(wake: impl Fn() + Send + Sync + 'static) -> Arc<Self> {
        crate::process::tidy_up_at_exit();
        EXIST.store(true, Ordering::Relaxed);
        let ends = Arc::new(Self {
            inner: Inner::new(),
            holders: Block::new(2 * HOLDERS),
            wake: Box::new(wake),
        });
        ends.hold(0);
        ends.hold(1);
        ends
    }

    fn places(end: usize) -> std::ops::Range<usize> {
        end * HOLDERS..(end + 1) * HOLDERS
    }

    fn place(&self, end: usize, pid: u32) -> Option<usize> {
        let pid = u64::from(pid);
        Self::places(end).find(|&at| self.holders.word(at).load(Ordering::Acquire) == pid)
    }

    /// This process holds `end` from now on, if it does not yet.
    ///
    /// # Panics
    ///
    /// When too many processes hold it.
    pub(crate) fn hold(self: &Arc<Self>, end: usize) {
        let me = kernel::pid();
        let mut held = held();
        if held
            .iter()
            .any(|(ends, at)| *at == end && Arc::ptr_eq(ends, self))
        {
            return;
        }
        held.push((Arc::clone(self), end));
        let free = self.inner.with(|| {
            let free = self.place(end, me).or_else(|| self.place(end, 0))?;
            self.holders.word(free).store(me.into(), Ordering::Release);
            Some(free)
        });
        assert!(
            free.is_some(),
            "more than {HOLDERS} processes hold one end of a pipe"
        );
    }

    /// Whether dropping `end` now means that this process lets go of it.
    pub(crate) fn would_let_go(self: &Arc<Self>, end: usize) -> bool {
        let holds = |(ends, at): &(Arc<Self>, usize)| *at == end && Arc::ptr_eq(ends, self);
        MOVING_TO.load(Ordering::Relaxed) == 0 && held().iter().any(holds)
    }

    /// This process lets go of `end`, or hands it to the child whose closure it was moved into.
    pub(crate) fn drop_end(self: &Arc<Self>, end: usize) {
        held().retain(|(ends, at)| *at != end || !Arc::ptr_eq(ends, self));
        let heir = MOVING_TO.load(Ordering::Relaxed);
        self.replace(end, kernel::pid(), heir);
    }

    /// In the place of `pid` is `heir` from now on; 0 for nobody.
    fn replace(&self, end: usize, pid: u32, heir: u32) {
        self.inner.with(|| {
            let free = || (heir != 0).then(|| self.place(end, 0)).flatten();
            if let Some(at) = self.place(end, pid).or_else(free) {
                self.holders.word(at).store(heir.into(), Ordering::Release);
            }
        });
        (self.wake)();
    }

    /// A living holder of `end`, if there is one.
    pub(crate) fn holder(&self, end: usize) -> Option<u32> {
        let pids = Self::places(end).map(|at| self.holders.word(at).load(Ordering::Acquire));
        let mut pids = pids.filter_map(|pid| u32::try_from(pid).ok().filter(|pid| *pid != 0));
        pids.find(|&pid| lives(pid))
    }
}

/// Whether a process lives: not one that has ended and waits to be joined.
fn lives(pid: u32) -> bool {
    if kernel::controlled() {
        return sched::process::lives(sched::process::Process { pid });
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

/// The ends that this process holds.
static HELD: Mutex<Vec<(Arc<Ends>, usize)>> = Mutex::new(Vec::new());
/// The child whose closure is being dropped in its parent; 0 for none.
static MOVING_TO: AtomicU32 = AtomicU32::new(0);
/// Whether there ever was a pipe in this process or those it comes from.
static EXIST: AtomicBool = AtomicBool::new(false);

fn held() -> std::sync::MutexGuard<'static, Vec<(Arc<Ends>, usize)>> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Drops in the parent what was moved to the child: the child holds the ends in it.
pub(crate) fn moved_to(child: u32, target: Box<dyn FnOnce() + '_>) {
    let before = MOVING_TO.swap(child, Ordering::Relaxed);
    drop(target);
    MOVING_TO.store(before, Ordering::Relaxed);
}

/// A new process holds what its parent hands it, and nothing else yet.
pub(crate) fn forget() {
    MOVING_TO.store(0, Ordering::Relaxed);
    std::mem::forget(std::mem::take(&mut *held()));
}

/// At the end of a process: lets go of all ends.
pub(crate) fn let_go() {
    let all = std::mem::take(&mut *held());
    for (ends, end) in all {
        ends.replace(end, kernel::pid(), 0);
    }
}

/// Keeps a child from running until its parent has handed over what was moved to it. Under check
/// it does not run before that anyway.
pub(crate) struct Handover(Option<(OwnedFd, OwnedFd)>);

impl Handover {
    /// To be made before the fork, and dropped by the parent when all is handed over.
    pub(crate) fn new() -> io::Result<Self> {
        let needed = EXIST.load(Ordering::Relaxed) && !kernel::controlled();
        let pipe = needed.then(|| rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC));
        Ok(Self(pipe.transpose()?))
    }

    /// In the child: waits until the parent is done, or gone.
    pub(crate) fn wait(self) {
        if let Some((reader, writer)) = self.0 {
            drop(writer);
            // Nothing is ever written: reading ends when the parent closes its end.
            while rustix::io::read(&reader, &mut [0_u8]) == Err(rustix::io::Errno::INTR) {}
        }
    }
}
