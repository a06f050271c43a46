//! What the parts of this library do when a process forks and when one ends. A part registers
//! itself at its first use; who starts processes knows none of them.

use std::io;
use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, Once, PoisonError};

use sched_runtime::attached;

/// The parts, in the order in which they have their turn at the end of a process: CPython's.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Children,
    Queues,
    Pipes,
    Managers,
}

/// What a part does.
#[derive(Clone, Copy)]
pub(crate) struct Hooks {
    /// In a new process: forgets what is its parent's.
    pub(crate) in_child: fn(),
    /// At the end of a process.
    pub(crate) at_exit: fn(),
    /// Whether something changes hands when it is moved into a child's closure; see [`heir`].
    pub(crate) hands_over: bool,
}

impl Hooks {
    /// Nothing at all.
    pub(crate) const NONE: Self = Self {
        in_child: || (),
        at_exit: || (),
        hands_over: false,
    };
}

/// What has registered itself in this process, or in one that it comes from; by [`Part`].
static HOOKS: Mutex<[Hooks; 4]> = Mutex::new([Hooks::NONE; 4]);

/// Counts the forks this process made or came from. Starts at 1 to lie with the other statics that
/// a new process writes, instead of on a page of its own.
static FORKS: AtomicU64 = AtomicU64::new(1);

/// The child whose closure is being dropped in its parent; 0 for none.
static HEIR: AtomicU32 = AtomicU32::new(0);

/// Registers what a part does; to do so again makes no difference.
///
/// # Panics
///
/// When libc has no room for a function to be called at exit.
pub(crate) fn register(part: Part, hooks: Hooks) {
    extern "C" fn handler() {
        at_exit();
    }
    static REGISTERED: Once = Once::new();
    REGISTERED
        .call_once(|| sched_runtime::sys::at_exit(handler).expect("libc has room for a handler"));
    HOOKS.lock().unwrap_or_else(PoisonError::into_inner)[part as usize] = hooks;
}

fn registered() -> [Hooks; 4] {
    *HOOKS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets each part do what it does at the end of this process. Called by libc when the process ends
/// by `exit` or by returning from main; who ends otherwise calls it.
pub(crate) fn at_exit() {
    for hooks in registered() {
        (hooks.at_exit)();
    }
}

/// The number of forks that this process made or came from: when it changes, all memory may be in
/// use by another process as well.
pub(crate) fn forks() -> u64 {
    FORKS.load(Ordering::Relaxed)
}

/// Says that this process forked, or was forked.
pub(crate) fn forked() {
    FORKS.fetch_add(1, Ordering::Relaxed);
}

/// The child that gets what is being dropped now, because it was moved into the child's closure.
pub(crate) fn heir() -> Option<u32> {
    Some(HEIR.load(Ordering::Relaxed)).filter(|child| *child != 0)
}

/// A fork that is about to be made. Keeps the child from running until its parent has handed over
/// what was moved to it. Under check the child does not run before that anyway.
pub(crate) struct Fork(Option<(OwnedFd, OwnedFd)>);

impl Fork {
    /// To be called before the fork.
    ///
    /// # Errors
    ///
    /// When the process has too many open files.
    pub(crate) fn prepare() -> io::Result<Self> {
        let needed = !attached::controlled() && registered().iter().any(|hooks| hooks.hands_over);
        let pipe = needed.then(|| rustix::pipe::pipe_with(rustix::pipe::PipeFlags::CLOEXEC));
        Ok(Self(pipe.transpose()?))
    }

    /// To be called in the child: waits until the parent is done, or gone, and forgets what is the
    /// parent's.
    pub(crate) fn in_child(self) {
        forked();
        if let Some((reader, writer)) = self.0 {
            drop(writer);
            // Nothing is ever written: reading ends when the parent closes its end.
            while rustix::io::read(&reader, &mut [0_u8]) == Err(rustix::io::Errno::INTR) {}
        }
        HEIR.store(0, Ordering::Relaxed);
        for hooks in registered() {
            (hooks.in_child)();
        }
    }

    /// To be called in the parent: drops what was moved to the child, and lets the child go on.
    pub(crate) fn in_parent(self, child: u32, moved: Box<dyn FnOnce() + '_>) {
        forked();
        let before = HEIR.swap(child, Ordering::Relaxed);
        drop(moved);
        HEIR.store(before, Ordering::Relaxed);
    }
}
