//! Which run this process belongs to, if any, and which of its tasks it is.
//!
//! # Safety
//!
//! The world of a run is reached here by a task's own code, one use after the other ([`with`]). Such
//! code runs only while its task holds the baton, which is what [`Segment::world`] asks for. A thread
//! that is no task, because the system is making or ending it, has no world.

use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, Ordering};

use sched_model::World;
use sched_segment::os::registers::{Registers, call_on};
use sched_segment::os::{computing, fingerprint, sys};
use sched_segment::segment::{STACK, Segment};

static SEGMENT: AtomicPtr<Segment> = AtomicPtr::new(ptr::null_mut());

/// What a thread knows about itself.
#[derive(Clone, Copy)]
struct Me {
    /// The task that it is.
    task: u32,
    /// The number of its process.
    process: u32,
    /// Whether it leads its process.
    leads: bool,
    /// Whether it is a task at all: a thread is not one before it begins and after it ends.
    attached: bool,
    /// Where the scheduler's stack for it ends; null before it is known.
    stack: *mut u8,
}

thread_local! {
    static ME: Cell<Me> = const {
        Cell::new(Me {
            task: 0,
            process: 0,
            leads: true,
            attached: false,
            stack: ptr::null_mut(),
        })
    };
}

/// Makes this thread the task with this number, of the process with that number.
pub(crate) fn attach(segment: &'static Segment, task: u32, process: u32, leads: bool) {
    ME.set(Me {
        task,
        process,
        leads,
        attached: true,
        stack: ptr::null_mut(),
    });
    // A child inherits it from its parent; writing it again would copy a page for nothing.
    if !ptr::eq(SEGMENT.load(Ordering::Acquire), segment) {
        SEGMENT.store(ptr::from_ref(segment).cast_mut(), Ordering::Release);
        computing::attach(&segment.computing);
    }
}

/// The segment, if this process is a task of a run.
pub(crate) fn segment() -> Option<&'static Segment> {
    let segment = SEGMENT.load(Ordering::Acquire);
    // SAFETY: null or what `attach` stored: a mapping that is never undone.
    unsafe { segment.as_ref() }
}

/// This thread is no task any more.
pub(crate) fn detach() {
    ME.set(Me {
        attached: false,
        ..ME.get()
    });
}

/// Whether this process is a copy of which nobody knows yet whether it is to be a task: see
/// [`trial`](crate::trial).
static ON_TRIAL: AtomicBool = AtomicBool::new(false);

/// This process is a copy on trial, and no task yet.
pub(crate) fn begin_trial() {
    detach();
    ON_TRIAL.store(true, Ordering::Relaxed);
}

/// Whether this process is a copy on trial.
#[must_use]
pub fn on_trial() -> bool {
    ON_TRIAL.load(Ordering::Relaxed)
}

/// Something needs the scheduler: a copy on trial gives up.
#[cold]
fn end_trial() {
    if let Some(segment) = segment().filter(|_| on_trial()) {
        segment.on_trial.store(1, Ordering::Release);
        sys::leave(0);
    }
}

/// The task that this thread is.
pub(crate) fn me() -> u32 {
    ME.get().task
}

/// The number of the process that this task belongs to.
pub(crate) fn my_process() -> u32 {
    ME.get().process
}

/// Whether this task leads its process.
pub(crate) fn leads() -> bool {
    ME.get().leads
}

/// Whether this thread is a task of a run now. It is not while the system creates or ends it.
#[must_use]
pub fn is_task() -> bool {
    controlled() && ME.get().attached
}

/// Whether the program runs under the controlled scheduler.
#[inline]
#[must_use]
pub fn controlled() -> bool {
    !SEGMENT.load(Ordering::Relaxed).is_null()
}

/// Whether this process, or one it comes from, ever got hold of standard output.
static USES_OUTPUT: AtomicBool = AtomicBool::new(false);

/// Notes that standard output is about to be used: from now on its buffer may hold something.
pub fn uses_output() {
    if !USES_OUTPUT.load(Ordering::Relaxed) {
        USES_OUTPUT.store(true, Ordering::Relaxed);
    }
}

/// Whether standard output may hold something to be flushed. Flushing nothing costs several page
/// faults, which matters to a process that lives for a fraction of a millisecond. Always true in a
/// plain run.
#[must_use]
pub fn may_hold_output() -> bool {
    !controlled() || USES_OUTPUT.load(Ordering::Relaxed)
}

/// A task that is on the scheduler's stack.
pub(crate) struct Apart<'a> {
    /// Its run.
    pub segment: &'static Segment,
    /// Its number.
    pub me: u32,
    /// The registers when it left the program's stack.
    pub registers: &'a Registers,
}

impl Apart<'_> {
    /// Looks at or changes the world. `act` must not come back here: it already has the world.
    #[inline]
    pub fn with<R>(&self, act: impl FnOnce(&mut World, u32) -> R) -> R {
        let _once = Once::enter();
        // SAFETY: this thread is a task, and its code runs, so it holds the baton: a task without it
        // waits in `await_turn`, and one that has given it away for good does nothing more but
        // `detach`. No other reference is in use: a task gets them here and in `hand_over`, which is
        // called with none, and `act` does not come back here, which `Once` sees to in tests.
        let world = unsafe { self.segment.world() };
        act(world, self.me)
    }
}

/// Looks at or changes the world. `None` in a plain run, and for a thread that is no task.
///
/// `act` must not call this function: it already has the world.
#[inline]
pub(crate) fn with<R>(act: impl FnOnce(&mut World, u32) -> R) -> Option<R> {
    apart(|apart| apart.with(act))
}

/// Works for the scheduler, on its own stack: nothing of it is left on the program's. `None` in a
/// plain run, and for a thread that is no task.
#[inline]
pub(crate) fn apart<R>(act: impl FnOnce(&Apart) -> R) -> Option<R> {
    let me = ME.get();
    if !me.attached {
        end_trial();
        return None;
    }
    let segment = segment()?;
    let stack = match me.stack.is_null() {
        true => find_stack(segment, me),
        false => me.stack,
    };
    let act = |registers: &Registers| {
        act(&Apart {
            segment,
            me: me.task,
            registers,
        })
    };
    // SAFETY: the stack is this task's alone, as the head of this file says; who works there already
    // goes on below.
    Some(unsafe { call_on(free_part(stack), act) })
}

/// The end of what is free of this stack.
#[inline(always)]
fn free_part(stack: *mut u8) -> *mut u8 {
    let here = usize::try_from(fingerprint::stack_pointer()).unwrap_or(0);
    let used = stack.addr().wrapping_sub(here);
    // More may be pushed until the stack is changed.
    let below = here.wrapping_sub(128) & !15;
    if used <= STACK {
        stack.with_addr(below)
    } else {
        stack
    }
}

/// Whether this thread works for the scheduler now, as [`apart`] makes it.
pub(crate) fn works_apart() -> bool {
    let stack = ME.get().stack;
    let here = usize::try_from(fingerprint::stack_pointer()).unwrap_or(0);
    !stack.is_null() && stack.addr().wrapping_sub(here) <= STACK
}

#[cold]
fn find_stack(segment: &'static Segment, me: Me) -> *mut u8 {
    // SAFETY: as in `with`, where this is on its way to; the reference ends here.
    let slot = unsafe { segment.world() }.slot(me.task);
    let stack = segment.stack_of(slot);
    ME.set(Me { stack, ..me });
    stack
}

#[cfg(debug_assertions)]
thread_local! {
    static IN_USE: Cell<bool> = const { Cell::new(false) };
}

/// While this value lives, nothing else on this thread may reach the world. Only tests check that.
struct Once;

impl Once {
    #[inline(always)]
    fn enter() -> Self {
        #[cfg(debug_assertions)]
        assert!(!IN_USE.replace(true), "the world is in use already");
        Self
    }
}

impl Drop for Once {
    #[inline(always)]
    fn drop(&mut self) {
        #[cfg(debug_assertions)]
        IN_USE.set(false);
    }
}

/// `words` words of shared memory with arbitrary content, already mapped in all processes of a run.
/// `None` in a plain run or when the supply is used up: the caller must then map memory itself.
#[must_use]
pub fn shared_words(words: usize) -> Option<&'static [AtomicU64]> {
    let segment = segment()?;
    words_of(&segment.shared, words, |world| &mut world.shared_used)
}

/// The same, of memory that costs nothing until it is used.
#[must_use]
pub fn reserved_words(words: usize) -> Option<&'static [AtomicU64]> {
    let segment = segment()?;
    words_of(&segment.more_shared, words, |world| {
        &mut world.more_shared_used
    })
}

/// The next `words` words of a supply of which so many are used.
fn words_of(
    supply: &'static [AtomicU64],
    words: usize,
    used: fn(&mut World) -> &mut u32,
) -> Option<&'static [AtomicU64]> {
    let start = with(|world, _| {
        let used = used(world);
        let start = *used as usize;
        let end = start.checked_add(words)?;
        *used = u32::try_from(end).ok().filter(|_| end <= supply.len())?;
        Some(start)
    })??;
    supply.get(start..start + words)
}

/// Where the main thread's stack ends: looked up once, before main.
static STACK_END: AtomicU64 = AtomicU64::new(0);

/// Looks up where the stack ends, for all processes to come.
pub(crate) fn learn_stack() {
    STACK_END.store(fingerprint::end_of_stack().unwrap_or(0), Ordering::Relaxed);
}

/// Where the main thread's stack ends; `None` where it is not known.
#[must_use]
pub fn stack_end() -> Option<usize> {
    usize::try_from(STACK_END.load(Ordering::Relaxed))
        .ok()
        .filter(|&end| end != 0)
}

#[cfg(test)]
mod tests {
    use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

    use sched_segment::segment::Mapping;

    use super::*;

    /// Makes this thread a task, in memory of its own; the segment is the whole process's. Only who has
    /// the guard has the baton, and with it the scheduler's stack.
    fn become_task() -> MutexGuard<'static, ()> {
        static ONE: OnceLock<&'static Segment> = OnceLock::new();
        static BATON: Mutex<()> = Mutex::new(());
        let baton = BATON.lock().unwrap_or_else(PoisonError::into_inner);
        let segment = ONE.get_or_init(|| Mapping::create().expect("memory").1.forever());
        attach(segment, 3, 0, false);
        baton
    }

    #[test]
    fn only_a_thread_that_is_a_task_now_has_a_world() {
        let _baton = become_task();
        assert_eq!(with(|_, me| me), Some(3));
        let other = std::thread::spawn(|| with(|_, me| me)).join();
        assert_eq!(other.expect("ends"), None, "it is no task yet");
        detach();
        assert_eq!(with(|_, me| me), None, "it is a task no more");
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "the world is in use already")]
    fn who_has_the_world_does_not_ask_for_it_again() {
        let _baton = become_task();
        with(|_, _| with(|_, _| ()));
    }
}
