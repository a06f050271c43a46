//! The shared segment: one mapping that the checker and all processes of a run see.
//!
//! # Safety
//!
//! The only place where the bytes of the segment become Rust values. The segment is created by
//! the checker as a sealed-size memfd of exactly [`size_of::<Segment>`] bytes, zeroed by the
//! kernel, and stays mapped until the owner of the [`Mapping`] drops it. All fields are atomics,
//! except for the [`World`], which consists of integers only (each bit pattern is valid) and is
//! reached through [`Segment::world`], whose contract is the baton: one party at a time; and for the
//! scheduler's stacks, of which only the addresses are told. A
//! program that writes there without the baton does so with unsafe code of its own.

use std::cell::UnsafeCell;
use std::os::fd::{AsFd, OwnedFd};
use std::ptr::NonNull;
use std::sync::atomic::{AtomicI32, AtomicU32, AtomicU64, Ordering};

use rustix::fs::MemfdFlags;
use rustix::mm::{MapFlags, ProtFlags};
use rustix::thread::futex;

use sched_model::World;
use sched_model::limits::{MAX_LIVE, MAX_TASKS, MORE_SHARED_WORDS, NEAR_TASKS, SHARED_WORDS};
use sched_model::parts::Parts;

use crate::baton::{Baton, Seat, Word};
use crate::os::computing::Count;

/// Marks a segment as one of ours, with this layout.
const MAGIC: u64 = 0x6373_6368_6564_0002 ^ ((size_of::<World>() as u64) << 16);

/// Where segments are mapped if possible: at the start of a page table's range, so that a small
/// run needs one page table for all it touches.
const WISHED_ADDRESS: usize = 0x2000_0000_0000;

/// A futex word in shared memory.
#[repr(transparent)]
pub struct SharedWord(AtomicU32);

impl Word for SharedWord {
    fn load(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
    fn store(&self, value: u32) {
        self.0.store(value, Ordering::SeqCst);
    }
    fn swap(&self, value: u32) -> u32 {
        self.0.swap(value, Ordering::SeqCst)
    }
    fn replace(&self, current: u32, new: u32) -> bool {
        self.0
            .compare_exchange(current, new, Ordering::SeqCst, Ordering::SeqCst)
            .is_ok()
    }
    fn wait(&self, value: u32) {
        // Any error (the value changed, a signal came) means: look again.
        let _again = futex::wait(&self.0, futex::Flags::empty(), value, None);
    }
    fn wake(&self) {
        let _woken = futex::wake(&self.0, futex::Flags::empty(), 1);
    }
}

/// What is in the shared memory.
#[repr(C)]
pub struct Segment {
    magic: AtomicU64,
    /// Process id of the checker.
    pub host: AtomicI32,
    /// The core that the processes of a run share; negative for any.
    pub core: AtomicI32,
    /// How far runs are to be kept in a domain of their own: see `protocol`.
    pub contained: AtomicU32,
    /// Not 0 once a copy of a process needs the scheduler that is not known to be a task.
    pub on_trial: AtomicU32,
    /// Milliseconds of CPU time that the check has left for a run; the largest number: without end.
    pub cpu_left: AtomicU32,
    /// Counts points, for the supervisor to see whether a run gets on.
    pub progress: AtomicU32,
    /// Not 0 once a program tells of each access to memory, which makes it compute more slowly.
    pub watched: AtomicU32,
    /// What the program computes.
    pub computing: Count,
    turn: SharedWord,
    /// How many tasks this run has had.
    tasks: AtomicU32,
    seats: [Seat<SharedWord>; NEAR_TASKS],
    ids: [Ids; NEAR_TASKS],
    /// Memory for what the program shares.
    pub shared: [AtomicU64; SHARED_WORDS],
    world: UnsafeCell<World>,
    /// Of all further tasks.
    more_seats: [Seat<SharedWord>; MAX_TASKS - NEAR_TASKS],
    more_ids: [Ids; MAX_TASKS - NEAR_TASKS],
    /// More memory for what the program shares.
    pub more_shared: [AtomicU64; MORE_SHARED_WORDS],
    /// Where the scheduler's code runs, for each slot of a task: no part of the program's memory.
    stacks: [Stack; MAX_LIVE],
}

/// The scheduler's stack of one task.
#[repr(C, align(4096))]
struct Stack(UnsafeCell<[u8; STACK]>);

/// Bytes of it: several times what is ever used.
pub const STACK: usize = 1 << 16;

/// What the system knows a task by.
#[repr(C)]
#[derive(Debug)]
pub struct Ids {
    /// The real process id of a leading task, 0 for a thread.
    pub process: AtomicI32,
    /// The real thread id of any other task, 0 for a leading one.
    pub thread: AtomicI32,
    /// The leading task of a thread's process, plus one; 0 for a leading task.
    leader: AtomicU32,
}

const _: () = {
    let world = std::mem::offset_of!(Segment, world);
    let first_clocks = std::mem::offset_of!(World, clocks) + 8 * size_of::<[u32; NEAR_TASKS]>();
    assert!(
        world + first_clocks <= 1 << 16,
        "a small run's tasks must lie in the first 64 KiB"
    );
    let log = std::mem::offset_of!(World, log);
    assert!(
        world + log < 2 << 20,
        "the beginnings of all parts must lie within one page table"
    );
};

/// Where things are in the segment, for tests of what a program can change there.
#[doc(hidden)]
pub mod place {
    use super::{Segment, World};
    use sched_model::records::TaskRecord;
    use std::mem::offset_of;

    /// Where it is mapped.
    pub const SEGMENT: usize = super::WISHED_ADDRESS;
    /// What the checker asks for.
    pub const CONFIG: usize = offset_of!(Segment, world) + offset_of!(World, config);
    /// The tasks.
    pub const TASKS: usize = offset_of!(Segment, world) + offset_of!(World, tasks);
    /// From one task to the next.
    pub const TASK_SIZE: usize = size_of::<TaskRecord>();
    /// Where in a task's record its exit code is.
    pub const EXIT_CODE: usize = offset_of!(TaskRecord, exit_code);
    /// The events.
    pub const LOG: usize = offset_of!(Segment, world) + offset_of!(World, log);
}

impl Segment {
    /// The baton of this run.
    #[inline]
    pub fn baton(&self) -> Baton<'_, SharedWord> {
        Baton {
            turn: &self.turn,
            seats: Parts::new(&self.seats, &self.more_seats, MAX_TASKS),
        }
    }

    /// Whether this address lies in the segment.
    pub fn contains(&self, address: u64) -> bool {
        let start = std::ptr::from_ref(self).addr() as u64;
        (start..start + size_of::<Self>() as u64).contains(&address)
    }

    /// Forgets the processes and threads of an earlier run.
    pub fn reset(&self) {
        let tasks = self.tasks.swap(0, Ordering::SeqCst) as usize;
        self.baton().reset(tasks);
        for ids in Parts::new(&self.ids, &self.more_ids, tasks).iter() {
            for id in [&ids.process, &ids.thread] {
                id.store(0, Ordering::Relaxed);
            }
            ids.leader.store(0, Ordering::Relaxed);
        }
    }

    /// Says that there is one more task, before it runs: the one that leads its process, or a thread
    /// of the process that `leader` leads.
    pub fn add_task(&self, task: u32, leader: Option<u32>) {
        let tasks = task.saturating_add(1).min(MAX_TASKS as u32);
        self.tasks.fetch_max(tasks, Ordering::SeqCst);
        let leader = leader.map_or(0, |leader| leader + 1);
        self.ids(task).leader.store(leader, Ordering::SeqCst);
    }

    /// What the system knows a task by.
    pub fn ids(&self, task: u32) -> &Ids {
        let all = Parts::new(&self.ids, &self.more_ids, MAX_TASKS);
        all.get(task as usize).unwrap_or(&self.ids[0])
    }

    /// The same of all tasks that this run has had.
    pub fn all_ids(&self) -> impl Iterator<Item = (u32, &Ids)> {
        let tasks = self.tasks.load(Ordering::SeqCst) as usize;
        (0..).zip(Parts::new(&self.ids, &self.more_ids, tasks).iter())
    }

    /// The real process ids of all processes of this run, 0 for what is none.
    pub fn pids(&self) -> impl Iterator<Item = i32> {
        self.all_ids()
            .map(|(_, ids)| ids.process.load(Ordering::Acquire))
    }

    /// The threads of the process that `leader` leads, beside itself.
    pub fn threads_of(&self, leader: u32) -> impl Iterator<Item = u32> {
        let is = move |ids: &Ids| ids.leader.load(Ordering::SeqCst) == leader + 1;
        let all = self.all_ids().filter(move |(_, ids)| is(ids));
        all.map(|(thread, _)| thread)
    }

    /// The system's id of a task: its thread id, which for a leading task is the process id. 0 if
    /// the task does not exist.
    pub fn real_id(&self, task: u32) -> i32 {
        if task as usize >= MAX_TASKS {
            return 0;
        }
        let ids = self.ids(task);
        match ids.thread.load(Ordering::Acquire) {
            0 => ids.process.load(Ordering::Acquire),
            thread => thread,
        }
    }

    /// The end of the scheduler's stack of the task that has this slot: for the thread that is this
    /// task, until it hands the baton over for good. Nobody else uses the [`STACK`] bytes below.
    #[must_use]
    pub fn stack_of(&self, slot: u32) -> *mut u8 {
        let stack = &self.stacks[slot as usize % MAX_LIVE];
        stack.0.get().cast::<u8>().wrapping_add(STACK)
    }

    /// The state of the run.
    ///
    /// # Safety
    ///
    /// The caller holds the baton, or no process of a run exists; and it has no other reference
    /// from this function in use.
    #[expect(
        clippy::mut_from_ref,
        reason = "exclusive by the baton, as for a lock's guard"
    )]
    #[inline]
    pub unsafe fn world(&self) -> &mut World {
        let world = self.world.get();
        // SAFETY: the pointer is valid, aligned and initialised as part of `self`; that nobody
        // else reads or writes while the reference lives is the caller's obligation.
        unsafe { &mut *world }
    }
}

// SAFETY: everything but `world` and `stacks` is atomic; `world` is only reached through an unsafe
// function whose contract excludes simultaneous use, and of `stacks` only addresses are told.
unsafe impl Sync for Segment {}

/// A mapped segment, unmapped on drop.
pub struct Mapping {
    segment: NonNull<Segment>,
}

impl Mapping {
    /// Creates a zeroed segment and maps it.
    ///
    /// # Errors
    ///
    /// What `memfd_create`, `ftruncate` or `mmap` say.
    pub fn create() -> std::io::Result<(OwnedFd, Self)> {
        let fd = rustix::fs::memfd_create("course-run", MemfdFlags::CLOEXEC)?;
        rustix::fs::ftruncate(&fd, size_of::<Segment>() as u64)?;
        let mapping = Self::map(&fd)?;
        mapping.get().magic.store(MAGIC, Ordering::Release);
        Ok((fd, mapping))
    }

    /// Maps a segment that another process created.
    ///
    /// # Errors
    ///
    /// What `fstat` or `mmap` say; `InvalidData` if it is no segment of this layout.
    pub fn open(fd: impl AsFd) -> std::io::Result<Self> {
        if rustix::fs::fstat(&fd)?.st_size != size_of::<Segment>().cast_signed() as i64 {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        let mapping = Self::map(&fd)?;
        if mapping.get().magic.load(Ordering::Acquire) != MAGIC {
            return Err(std::io::ErrorKind::InvalidData.into());
        }
        Ok(mapping)
    }

    fn map(fd: impl AsFd) -> std::io::Result<Self> {
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let size = size_of::<Segment>();
        let wish = std::ptr::without_provenance_mut(WISHED_ADDRESS);
        // SAFETY: a new mapping, at the wished address only if that is free; the file has `size`
        // bytes (created so, or checked by the caller), so no access beyond its end can fault.
        let start = unsafe { rustix::mm::mmap(wish, size, access, MapFlags::SHARED, fd, 0) }?;
        let segment = NonNull::new(start.cast()).ok_or(std::io::ErrorKind::AddrNotAvailable)?;
        Ok(Self { segment })
    }

    /// The segment.
    #[must_use]
    pub fn get(&self) -> &Segment {
        // SAFETY: the mapping is page-aligned, has the size of a `Segment`, lives as long as
        // `self`, and zeroes (or what was written since) are valid for all its fields.
        unsafe { self.segment.as_ref() }
    }

    /// The segment for the rest of the process's life.
    #[must_use]
    pub fn forever(self) -> &'static Segment {
        let mapping = std::mem::ManuallyDrop::new(self);
        // SAFETY: as in `get`; the mapping is never undone because its owner is never dropped.
        unsafe { mapping.segment.as_ref() }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: exactly the range that `map` mapped; no reference outlives `self`.
        let _ = unsafe { rustix::mm::munmap(self.segment.as_ptr().cast(), size_of::<Segment>()) };
    }
}

// SAFETY: the mapping is plain shared memory, valid in every thread; see `Sync` of `Segment`.
unsafe impl Send for Mapping {}

/// A world of zeroes in ordinary memory, for tests; too large to be made on the stack.
#[doc(hidden)]
#[must_use]
pub fn world_of_zeroes() -> Box<World> {
    let world = Box::<World>::new_zeroed();
    // SAFETY: a `World` consists of integers only, for which zeroes are a valid value.
    unsafe { world.assume_init() }
}
