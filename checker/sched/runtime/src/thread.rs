//! Threads under check: beginning, ending, joining, parking. Unused in a plain run, where threads
//! are the system's alone.
//!
//! A thread is made by the real std. Whoever makes it waits until it is at its gate, and whoever
//! gets the baton after a thread's end waits until that thread is really gone. So nothing else in
//! the process ever runs while the system creates or ends a thread, and addresses are the same in
//! each run of a schedule. The last thing a thread does by itself is to hand the baton over, after
//! its thread-local destructors: std runs these in the reverse order of their registration, and
//! ours is registered before any of the program's.

use std::cell::{Cell, RefCell};
use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustix::thread::futex;
use sched_model::engine::block::WaitFor;
use sched_model::engine::decide::Next;
use sched_model::engine::world::{Kind, NONE, Op, World};
use sched_model::limits::{Excess, PANICKED, STACKS};
use sched_model::records::ThreadRecord;
use sched_segment::hand_over;
use sched_segment::os::{fingerprint, sys};

use crate::attached::{attach, detach, me, segment, with};
use crate::ending::{leaves, let_leave};
use crate::exits::{await_task, look_at};
use crate::kernel::{self, point};
use crate::liberty;
use crate::memory;
use crate::object::{Caller, Object};
use crate::record;
use crate::room::limit_memory;
use crate::until::Until;

/// Whether the thread that is being made is at its gate. None of its values is 0, so that it lies
/// beside the other statics that a process writes.
static ARRIVED: AtomicU32 = AtomicU32::new(NOT_YET);
const NOT_YET: u32 = 1;
const THERE: u32 = 2;
/// A thread that is about to be made.
#[derive(Debug)]
pub struct Starting {
    task: u32,
    process: u32,
}

/// The making of a thread, as its maker sees it. It failed if this is dropped.
#[derive(Debug)]
pub struct Making(u32);

/// Says that a thread will be made: a point. `None` in a plain run.
///
/// # Errors
///
/// When the run has as many tasks as it may have.
pub fn start(
    name: Option<&str>,
    scope: u64,
    caller: Caller,
) -> io::Result<Option<(Starting, Making)>> {
    let Some(segment) = segment() else {
        return Ok(None);
    };
    point(Op::Start, Object::NONE, caller);
    let made = with(|world, me| {
        let site = world.task(me).site;
        let task = world.add_thread(me, name, scope, site)?;
        world.record(me, Kind::Start, NONE, u64::from(task), 0);
        segment.add_task(task, Some(world.task(me).process));
        Some((task, world.task(task).pid, world.live_threads(me).count()))
    });
    match made.flatten() {
        Some((task, process, threads)) => {
            if threads > STACKS {
                limit_memory(threads);
            }
            ARRIVED.store(NOT_YET, Ordering::Relaxed);
            MAKING.set(true);
            let starting = Starting { task, process };
            Ok(Some((starting, Making(task))))
        }
        None => {
            kernel::unsupported(&Excess::Tasks.text(), Some(caller));
            Err(io::Error::from_raw_os_error(libc::EAGAIN))
        }
    }
}

impl Starting {
    /// Called by the new thread before anything else: waits until it is its turn. What is returned
    /// must be kept until the thread's work is done, or has panicked.
    #[must_use]
    pub fn begin(self) -> Working {
        END.set(Some(End));
        if let Some(segment) = segment() {
            attach(segment, self.task, self.process, false);
            let tid = rustix::thread::gettid().as_raw_pid();
            segment.ids(self.task).thread.store(tid, Ordering::Release);
            ARRIVED.store(THERE, Ordering::Release);
            let _one = futex::wake(&ARRIVED, futex::Flags::PRIVATE, 1);
            segment.baton().await_turn(self.task);
            let_leave();
            memory::on_new_stack();
            with(|world, me| world.record(me, Kind::Begin, NONE, 0, 0));
        }
        Working(())
    }
}

impl Making {
    /// The task that the thread is.
    #[must_use]
    pub fn task(&self) -> u32 {
        self.0
    }

    /// The thread was made: waits until it is at its gate.
    pub fn done(self) {
        while ARRIVED.load(Ordering::Acquire) == NOT_YET {
            // Any error means: look again.
            let _again = futex::wait(&ARRIVED, futex::Flags::PRIVATE, NOT_YET, None);
        }
        MAKING.set(false);
        std::mem::forget(self);
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        MAKING.set(false);
        with(|world, _| world.was_not_made(self.0));
    }
}

/// Whether this task is making a thread in a way that the scheduler knows about.
#[must_use]
pub fn is_making() -> bool {
    MAKING.get()
}

/// The system makes the thread now: it comes after all that its maker did until here.
pub fn is_made() {
    memory::becomes_threaded();
    with(World::hand_down);
}

/// A thread's work, while it goes on.
#[derive(Debug)]
pub struct Working(());

impl Drop for Working {
    fn drop(&mut self) {
        PANICS.set(std::thread::panicking());
    }
}

thread_local! {
    static MAKING: Cell<bool> = const { Cell::new(false) };
    /// Whether a panic ended this thread's work.
    static PANICS: Cell<bool> = const { Cell::new(false) };
    /// The end of this thread: dropped after all that the program registers.
    static END: RefCell<Option<End>> = const { RefCell::new(None) };
}

struct End;

impl Drop for End {
    fn drop(&mut self) {
        kernel::exit_point_where_started();
        let Some(segment) = segment() else { return };
        leaves();
        let code = if PANICS.get() { PANICKED } else { 0 };
        let next = with(|world, me| {
            world.exited(me, code);
            hand_over::decide(segment, world, me, me)
        });
        give_away(next);
        detach();
    }
}

/// Gives the baton away for good.
fn give_away(mut next: Option<Next>) {
    let Some(segment) = segment() else { return };
    while let Some(Next::Task(task)) = next {
        if hand_over::hand_over(segment, me(), task) {
            return;
        }
        next = with(|world, me| hand_over::decide(segment, world, task, me));
    }
    sys::leave(0);
}

/// Waits for the end of a thread. False where the wait was answered before: only where its result is
/// `nothing`.
pub fn join(task: u32, nothing: bool, caller: Caller) -> bool {
    if nothing {
        with(|world, _| world.thread_mut(task).result |= ThreadRecord::NOTHING);
    }
    let ended = await_task(task, None, caller).is_some();
    with(|world, _| {
        world.task_mut(task).joined = 1;
        world.thread_mut(task).result |= if ended { 0 } else { ThreadRecord::OWED };
    });
    ended
}

/// At the end of a process: waits for the threads for which [`join`] did not.
pub fn outlive_owed(caller: Caller) {
    let next = |world: &mut World, me| {
        let is_owed = |&it: &u32| world.thread(it).result & ThreadRecord::OWED != 0;
        let owed = { world.live_threads(me).find(is_owed) }?;
        world.thread_mut(owed).result &= !ThreadRecord::OWED;
        Some(owed)
    };
    while let Some(owed) = with(next).flatten() {
        await_task(owed, None, caller);
    }
}

/// The handle by which a thread of this process could be joined is gone.
pub fn let_go(task: u32) {
    with(|world, me| {
        // A forked process has copies of its parent's handles, by which it can join nobody.
        if world.task(task).process == world.task(me).process {
            world.thread_mut(task).result |= ThreadRecord::LET_GO;
        }
    });
}

/// Whether a thread has ended.
#[must_use]
pub fn is_finished(task: u32, caller: Caller) -> bool {
    look_at(task, caller).is_some()
}

/// A scope for threads that borrow from the stack of whoever opened it.
#[derive(Debug)]
pub struct Scope {
    key: u64,
    /// What was lent before.
    lent: u64,
    /// How many tasks there were.
    before: u32,
}

/// Opens the scope with this key, which is an address.
#[must_use]
pub fn open_scope(key: u64) -> Scope {
    let sp = fingerprint::stack_pointer();
    let opened = with(|world, me| {
        let lent = std::mem::replace(&mut world.thread_mut(me).lent, sp);
        (lent, world.task_count)
    });
    let (lent, before) = opened.unwrap_or((0, 0));
    Scope { key, lent, before }
}

impl Scope {
    /// Waits for all threads of the scope.
    pub fn close(self, caller: Caller) {
        while let Some(task) = with(|world, me| world.live_in_scope(me, self.key)).flatten() {
            let _code = await_task(task, None, caller);
        }
        with(|world, me| {
            world.leave_scope(me, self.key, self.before);
            world.thread_mut(me).lent = self.lent;
        });
    }
}

/// Whether this process has other threads that live.
#[must_use]
pub fn others_live() -> bool {
    match with(|world, me| world.live_threads(me).count() > 1) {
        Some(several) => several,
        None => sys::other_threads(),
    }
}

/// The task that this thread is, for [`unpark`].
#[must_use]
pub fn current() -> u32 {
    me()
}

/// Waits until this task is unparked, or was since it last parked.
pub fn park(timeout: Option<Duration>, caller: Caller) {
    let object = with(|world, me| world.parker(me)).unwrap_or(NONE);
    point(Op::Receive, Object(object), caller);
    if with(World::take_token) == Some(true) {
        return;
    }
    let wait = WaitFor {
        word: World::parked_at(me()),
        object,
        child: NONE,
        deadline: Until::after(timeout).deadline(),
    };
    if liberty::rises(wait, caller) {
        return;
    }
    kernel::block(wait, Some(caller));
    if with(World::take_token) == Some(false) {
        record::would_block(Object(object), caller);
    }
}

/// Lets a task go on that is parked, or will park next.
pub fn unpark(task: u32, caller: Caller) {
    let object = with(|world, _| world.parker(task)).unwrap_or(NONE);
    point(Op::Sign, Object(object), caller);
    with(|world, me| world.unpark(me, task));
}
