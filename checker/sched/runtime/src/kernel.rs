//! What the primitives of `mp` and of the checked std are written over: points, waiting, waking.
//!
//! There are two kernels behind these functions. In a plain run they are Linux's futexes, and what
//! only the scheduler needs does nothing. Under check they act on the [`World`] of the run. Each
//! function must be called from a task of the run while it holds the baton. That is always so,
//! since a task's code runs only then.

use std::cell::OnceCell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use sched_model::engine::block::WaitFor;
use sched_model::engine::decide::Next;
use sched_model::engine::world::{Kind, NEVER, NONE, Op, World, state};
use sched_model::limits::{Excess, NEAR_TASKS};
use sched_model::records::FIRST_PID;
use sched_model::rng::SplitMix64;
use sched_model::{Meaning, ObjectKind};
use sched_segment::hand_over;
use sched_segment::os::registers::Registers;
use sched_segment::os::{fingerprint, sys};

use crate::attached::{Apart, apart, controlled, is_task, leads, me, my_process, segment, with};
use crate::ending::let_leave;
use crate::ends;
use crate::object::{Caller, Object, site_of, site_once, with_site};
use crate::until::Until;
use crate::walk::own_stack;
use crate::{plain, words};

/// Virtual ids of threads begin here: they share the numbers with processes.
pub(crate) const FIRST_TID: u32 = 60_001;

/// This process's id: virtual under check.
#[must_use]
pub fn pid() -> u32 {
    if controlled() {
        FIRST_PID + my_process()
    } else {
        rustix::process::getpid().as_raw_pid().cast_unsigned()
    }
}

/// Whether this thread is a task that leads its process: its main thread.
#[must_use]
pub fn leads_process() -> bool {
    is_task() && leads()
}

/// The virtual time, without a point: for callers that must not count as reading the clock.
#[must_use]
pub fn now() -> Duration {
    Duration::from_nanos(with(|world, _| world.clock).unwrap_or(0))
}

/// A number that no other task has: the thread's id, virtual under check. For a leading task it is
/// the process id.
#[must_use]
pub fn task_number() -> u32 {
    if controlled() {
        if leads() { pid() } else { FIRST_TID + me() }
    } else {
        rustix::thread::gettid().as_raw_pid().cast_unsigned()
    }
}

/// The parent's process id: virtual under check. Main's parent is 40000.
#[must_use]
pub fn parent_pid() -> u32 {
    let parent = with(
        |world, me| match world.task(world.task(me).process).parent {
            NONE => FIRST_PID - 1,
            parent => FIRST_PID + world.task(parent).pid,
        },
    );
    match parent {
        Some(pid) => pid,
        None => rustix::process::getppid().map_or(0, |p| p.as_raw_pid().cast_unsigned()),
    }
}

/// Makes an object known to the scheduler. `cells` elements of it are checked for races.
pub fn object(kind: ObjectKind, name: &str, cells: usize, caller: Caller) -> Object {
    let cells = u32::try_from(cells).unwrap_or(NONE >> 1);
    let made = with_site(Some(caller), |world, me, site| {
        let made = world.add_object(kind as u32, name, site, cells);
        if made.is_none() {
            world.task_mut(me).site = site;
            world.give_up(me, &Excess::Objects.text());
        }
        made
    });
    match made {
        None => Object::NONE,
        Some(Some(id)) => Object(id),
        Some(None) => sys::leave(0),
    }
}

/// Says how the cells of `object` are to be shown.
pub fn cells_mean(object: Object, meaning: Meaning) {
    with(|world, _| {
        if let Some(record) = world.object_mut(object.0) {
            record.meaning = meaning as u32;
        }
    });
}

/// A scheduling point: `op` is what this task is about to do. Returns when it may do it.
pub fn point(op: Op, object: Object, caller: Caller) {
    point_from(op, object, 0, Some(caller));
}

/// The same for one element of `object`.
pub fn point_at(op: Op, object: Object, index: usize, caller: Caller) {
    let index = u32::try_from(index).unwrap_or(NONE);
    point_from(op, object, index, Some(caller));
}

/// The same where the line may be unknown.
#[inline(never)]
pub(crate) fn point_from(op: Op, object: Object, index: u32, caller: Option<Caller>) {
    pass_at(op, |apart, world| Target {
        object: object.0,
        index,
        site: caller.map_or(NONE, |caller| site_of(apart, world, caller, 0)),
    });
}

/// The same for no object, at any site.
#[inline]
pub(crate) fn pass(op: Op, site: impl FnOnce(&Apart, &mut World) -> u32) {
    pass_at(op, |apart, world| Target {
        object: NONE,
        index: 0,
        site: site(apart, world),
    });
}

/// What a task is about to use, and where.
#[derive(Clone, Copy)]
pub(crate) struct Target {
    /// The object.
    pub object: u32,
    /// Which element of it.
    pub index: u32,
    /// The site.
    pub site: u32,
}

/// The same for what is found out there.
#[inline]
pub(crate) fn pass_at(op: Op, target: impl FnOnce(&Apart, &mut World) -> Target) {
    apart(|apart| {
        ends::at_point(apart);
        // Only the holder of the baton counts, so no atomic addition is needed.
        let progress = &apart.segment.progress;
        let passed = progress.load(Ordering::Relaxed);
        progress.store(passed.wrapping_add(1), Ordering::Relaxed);
        apart.segment.computing.point();
        let pass = |world: &mut World, me, at: Target| {
            world.announce_at(me, op, at.object, at.index, at.site);
            let next = hand_over::decide(apart.segment, world, me, me);
            let stays = next == Next::Task(me) && world.task(me).pending_kill == 0;
            (!stays).then_some(next)
        };
        let passed = apart.with(|world, me| {
            let at = target(apart, world);
            if world.wants_look(me, at.site) {
                Err(at)
            } else {
                Ok(pass(world, me, at))
            }
        });
        let next = passed.unwrap_or_else(|at| {
            compare_states(apart.registers, at.site);
            apart.with(|world, me| pass(world, me, at))
        });
        if next.is_some() {
            go_on(next);
        }
    });
}

/// Tells whether this task spins, and takes part in the proof of endless repetition.
#[cold]
#[inline(never)]
fn compare_states(registers: &Registers, site: u32) {
    let Some(own) = own_stack() else { return };
    let until = with(|world, me| world.task(me).until).unwrap_or(0);
    let seen = OnceCell::new();
    let glance = || *seen.get_or_init(|| fingerprint::at_a_glance(registers, own, until));
    let repeats = with(|world, me| {
        world.note_spinning(me, site, glance);
        world.suspects_repetition()
    });
    if repeats != Some(true) {
        return;
    }
    if with(|world, me| world.has_company(me)) == Some(true) {
        return compare_threads(registers, own, until, site, &glance);
    }
    let concerns = with(|world, me| world.concerns_proof(me, site, glance));
    if concerns != Some(true) {
        return;
    }
    if let Some(hash) = fingerprint::of_this_process(registers, until) {
        with(|world, me| {
            world.task_mut(me).site = site;
            world.note_fingerprint(me, hash);
        });
    }
}

/// The same as [`compare_states`] where other threads of this process can run.
fn compare_threads(
    registers: &Registers,
    own: [u64; 2],
    until: u64,
    site: u32,
    glance: &dyn Fn() -> u64,
) {
    let mut apart = [[0; 2]; NEAR_TASKS];
    let count = with(|world, me| {
        let concerns = world.concerns_proof_of_threads(me, site, glance);
        concerns.then(|| {
            // What is known of a leading task's stack is only known once it is asked for.
            world.thread_mut(me).stack = own;
            world.stacks(me, &mut apart)
        })
    });
    let Some(count) = count.flatten() else { return };
    let apart = &mut apart[..count];
    apart.sort_unstable();
    if let Some(common) = fingerprint::of_common_memory(apart, until) {
        let own = fingerprint::of_stack(registers, own[1], until);
        with(|world, me| {
            world.task_mut(me).site = site;
            world.note_thread(me, own, common);
        });
    }
}

/// Does what was decided: go on, hand the baton over and wait for it, or leave the ended run.
pub(crate) fn follow(next: Option<Next>) {
    apart(|_| go_on(next));
}

/// The same, on the scheduler's stack.
#[inline(never)]
fn go_on(next: Option<Next>) {
    match next {
        None => {}
        Some(Next::Over) => sys::leave(0),
        Some(Next::Task(task)) if task == me() && !is_to_be_killed(task) => {}
        Some(Next::Task(task)) => give_away(task),
    }
}

/// Hands the baton over, to `task` or whoever is next if that is dead, and waits for it.
fn give_away(mut task: u32) {
    let Some(segment) = segment() else { return };
    while !hand_over::hand_over(segment, me(), task) {
        match with(|world, me| hand_over::decide(segment, world, task, me)) {
            Some(Next::Task(next)) => task = next,
            Some(Next::Over) | None => sys::leave(0),
        }
    }
    segment.baton().await_turn(me());
    let_leave();
}

fn is_to_be_killed(task: u32) -> bool {
    with(|world, _| world.task(task).pending_kill != 0) == Some(true)
}

/// Blocks while `word` has this value; false when the time is over. May return early: look at the
/// word again. `object` is what the word belongs to.
pub fn wait(word: &AtomicU32, value: u32, until: Until, object: Object, caller: Caller) -> bool {
    wait_or_exit(word, value, until, object, None, caller)
}

/// Like [`wait`], but under check the exit of the process `other` ends the wait, too.
pub fn wait_or_exit(
    word: &AtomicU32,
    value: u32,
    until: Until,
    object: Object,
    other: Option<u32>,
    caller: Caller,
) -> bool {
    if !controlled() {
        let left = match until {
            Until::Moment(moment) => Some(moment.saturating_duration_since(Instant::now())),
            Until::Woken | Until::Virtual(_) => None,
        };
        return plain::wait(word, value, left);
    }
    if word.load(Ordering::Acquire) != value {
        return true;
    }
    let other = other.and_then(|pid| with(|world, _| world.leader(pid.wrapping_sub(FIRST_PID))));
    !block(
        WaitFor {
            word: words::key(word),
            object: object.0,
            child: other.unwrap_or(NONE),
            deadline: until.deadline(),
        },
        Some(caller),
    )
}

/// Wakes up to `n` tasks that wait for the futex `word`. Returns how many. If any was woken, a
/// point follows, at which those that waited can take what was released.
#[must_use]
pub fn wake_futex(word: &AtomicU32, n: u32) -> u32 {
    let key = words::key(word);
    let woken = with(|world, _| {
        let woken = world.wake(key, n);
        if woken > 0 {
            world.changed_for_now();
        }
        woken
    });
    let woken = woken.unwrap_or(0);
    if woken > 0 {
        point_from(Op::Release, Object::NONE, 0, None);
    }
    woken
}

/// What the real std's locks wait by, where they have no mirror: blocks while the futex `word` has
/// this value, until woken or until this virtual time. False when the time is over.
#[must_use]
pub fn wait_for_futex(word: &AtomicU32, deadline: Option<Duration>) -> bool {
    let nanos = |time: Duration| u64::try_from(time.as_nanos()).unwrap_or(NEVER);
    let wait = WaitFor {
        word: words::key(word),
        object: NONE,
        child: NONE,
        deadline: deadline.map_or(NEVER, nanos),
    };
    !block(wait, None)
}

/// Waits for something that never comes, until this process ends.
pub fn wait_for_ever() {
    let wait = WaitFor {
        word: NO_WORD,
        object: NONE,
        child: NONE,
        deadline: NEVER,
    };
    block(wait, None);
}

/// Blocks this task; true when the deadline passed.
pub(crate) fn block(wait: WaitFor, caller: Option<Caller>) -> bool {
    pause(wait, caller, World::block)
}

/// Lets this task begin to wait; true when it ends by its deadline.
pub(crate) fn pause(
    wait: WaitFor,
    caller: Option<Caller>,
    begin: fn(&mut World, u32, WaitFor),
) -> bool {
    let Some(segment) = segment() else {
        return false;
    };
    let next = with_site(caller, |world, me, site| {
        if caller.is_some() {
            world.task_mut(me).site = site;
        }
        begin(world, me, wait);
        hand_over::decide(segment, world, me, me)
    });
    follow(next);
    with(|world, me| world.task(me).timed_out == 1) == Some(true)
}

/// No real word has this address, and no other placeholder uses it.
const NO_WORD: u64 = 2;
/// As many as there are, for [`wake`].
pub const EVERYONE: u32 = i32::MAX.cast_unsigned();

/// Wakes up to `n` tasks that wait for `word`. Returns how many.
pub fn wake(word: &AtomicU32, n: u32) -> u32 {
    if controlled() {
        let key = words::key(word);
        with(|world, _| world.wake(key, n)).unwrap_or(0)
    } else {
        plain::wake(word, n)
    }
}

/// Sleeps: in virtual time under check.
pub fn sleep(duration: Duration, caller: Caller) {
    point(Op::Sleep, Object::NONE, caller);
    let nanos = u64::try_from(duration.as_nanos()).unwrap_or(NEVER >> 1);
    let Some(segment) = segment() else { return };
    let next = with(|world, me| {
        world.sleep(me, nanos);
        hand_over::decide(segment, world, me, me)
    });
    follow(next);
}

/// Lets others go first.
pub fn yield_now(caller: Caller) {
    let_others_go(Some(caller));
}

/// The same where the line may be unknown.
pub(crate) fn let_others_go(caller: Option<Caller>) {
    point_from(Op::Yield, Object::NONE, 0, caller);
    with(|world, me| {
        world.record(me, Kind::Yield, NONE, 0, 0);
        world.not_yet(me);
    });
}

/// The virtual time since the start of main.
pub fn clock(caller: Caller) -> Duration {
    point(Op::Clock, Object::NONE, caller);
    let nanos = with(|world, me| {
        world.record(me, Kind::Clock, NONE, 0, 0);
        world.read_clock(me)
    });
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// The next number of this task's random stream; `None` in a plain run.
pub fn random(caller: Caller) -> Option<u64> {
    with_site(Some(caller), |world, me, site| {
        world.task_mut(me).site = site;
        world.record(me, Kind::Random, NONE, 0, 0);
        // For the proof of endless repetition, a new random number is a new state.
        world.changed();
        world.task_mut(me).random.next_u64()
    })
}

/// Bytes that are the same in every schedule of this seed: for hash keys and the like.
pub fn fixed_bytes(bytes: &mut [u8]) -> bool {
    let filled = with(|world, _| {
        let mut rng = SplitMix64::for_stream(world.config.seed, 0x6B65_7973);
        for chunk in bytes.chunks_mut(8) {
            let word = rng.next_u64().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
    });
    filled.is_some()
}

/// The point before this process exits: at a line that asked for it, or at one of ours, to which none
/// of the program led.
pub fn exit_point(asked: Option<Caller>, ours: Caller) {
    match asked {
        Some(caller) => point(Op::Exit, Object::NONE, caller),
        None => pass(Op::Exit, |_, world| site_once(world, ours)),
    }
}

/// The point before this task ends: at the line that started it.
pub fn exit_point_where_started() {
    let started_at = |apart: &Apart, world: &mut World| world.task(apart.me).started_at;
    pass(Op::Exit, started_at);
}

/// Ends the run as inconclusive, because of something that is not controlled.
pub fn unsupported(what: &str, caller: Option<Caller>) {
    let ended = with_site(caller, |world, me, site| {
        if caller.is_some() {
            world.task_mut(me).site = site;
        }
        world.give_up(me, what);
    });
    if ended.is_some() {
        sys::leave(0);
    }
}

/// Whether `task` of this run still lives.
pub(crate) fn lives(task: u32) -> Option<bool> {
    with(|world, _| task < world.task_count && world.task(task).state != state::EXITED)
}
