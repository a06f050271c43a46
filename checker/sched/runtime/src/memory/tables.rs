//! Where all that is known of memory lies: beside the program's own, mapped at the first use.
//!
//! # Safety
//!
//! The tables are one private mapping of [`SIZE`] bytes, zeroed by the kernel, that stays until the
//! process ends; every field is an integer, or an array or a structure of integers, for which each bit
//! pattern is valid. A forked child finds it zeroed again (`MADV_WIPEONFORK`), as it must: its memory
//! is another one. They are reached by [`with_known`] alone. Its callers are tasks that have the baton,
//! or threads that the system is making or ending while nobody else runs, so there is one at a time in
//! a process; and on one thread `BUSY` keeps a call from coming back to it, such as from the
//! allocator.

use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicBool, AtomicPtr, Ordering};

use rustix::mm::{Advice, MapFlags, ProtFlags};
use rustix::process::{Resource, Rlimit};
use sched_model::engine::memory::{self, BYTES};
use sched_segment::os::fingerprint;

use super::calls::Calls;
use super::synced::Synced;

/// Bytes of a page of the program's memory, by which its cells are found.
pub const PAGE: usize = 4096;
/// Pages that are watched; a power of two. What lies on further ones is not.
const PAGES: usize = 1 << 12;
/// Places that are looked at for a page, so that a full table costs little.
const LOOKS: usize = 64;

/// Pages that are found at once; a power of two.
const LAST: usize = 16;

/// What the tables take.
pub const SIZE: usize = size_of::<Tables>();

/// All that is known. All zeroes is nothing.
#[repr(C)]
pub struct Tables {
    /// Which page has its cells in the same place of `cells`: its number.
    pages: [usize; PAGES],
    /// The last pages that were asked for, and their places.
    last: [[usize; 2]; LAST],
    /// Which calls there were.
    pub calls: Calls,
    /// What atomics and fences carry.
    pub synced: Synced,
    cells: [[memory::Cell; PAGE / BYTES]; PAGES],
}

impl Tables {
    /// The place of a page, with `add` a new one if need be.
    fn place(&mut self, page: usize, add: bool) -> Option<usize> {
        let [last, place] = self.last[page % LAST];
        if last == page {
            return Some(place);
        }
        let first = page.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let places = (first..first + LOOKS).map(|place| place % PAGES);
        for place in places {
            if self.pages[place] == 0 && add {
                self.pages[place] = page;
            }
            if self.pages[place] == page {
                self.last[page % LAST] = [page, place];
                return Some(place);
            }
            if self.pages[place] == 0 {
                return None;
            }
        }
        None
    }

    /// The cell of an address; `None` where there is no more room.
    pub fn cell(&mut self, address: usize) -> Option<&mut memory::Cell> {
        let place = self.place(address / PAGE, true)?;
        Some(&mut self.cells[place][address % PAGE / BYTES])
    }

    /// Whether there are cells for a page.
    pub fn knows(&mut self, page: usize) -> bool {
        self.place(page, false).is_some()
    }
}

static TABLES: AtomicPtr<Tables> = AtomicPtr::new(ptr::null_mut());
/// Whether there is no memory for them.
static NONE: AtomicBool = AtomicBool::new(false);

thread_local! {
    static BUSY: Cell<bool> = const { Cell::new(false) };
}

/// How many bytes are mapped for them.
pub fn mapped() -> usize {
    if TABLES.load(Ordering::Relaxed).is_null() {
        0
    } else {
        SIZE
    }
}

/// Acts on the tables, making them if there are none.
pub fn with_tables(act: impl FnOnce(&mut Tables)) {
    if TABLES.load(Ordering::Relaxed).is_null() && !NONE.load(Ordering::Relaxed) {
        match make() {
            Some(tables) => TABLES.store(tables, Ordering::Relaxed),
            None => {
                NONE.store(true, Ordering::Relaxed);
                crate::attached::with(|world, _| world.memory_left_out = 1);
            }
        }
    }
    with_known(act);
}

/// Acts on the tables, if there are some.
pub fn with_known(act: impl FnOnce(&mut Tables)) {
    let tables = TABLES.load(Ordering::Relaxed);
    if tables.is_null() || BUSY.replace(true) {
        return;
    }
    // SAFETY: mapped with that size, for ever, and valid whatever its bits are; there is no other
    // reference, by the module's rule.
    act(unsafe { &mut *tables });
    BUSY.set(false);
}

/// Maps the tables. The address space of a process is limited, and these are not the program's.
fn make() -> Option<*mut Tables> {
    let limit = rustix::process::getrlimit(Resource::As);
    if let Some(current) = limit.current {
        let raised = Rlimit {
            current: Some(current + SIZE as u64),
            ..limit
        };
        // Where it cannot be raised, the program has less.
        let _ = rustix::process::setrlimit(Resource::As, raised);
    }
    let (protection, flags) = (
        ProtFlags::READ | ProtFlags::WRITE,
        MapFlags::PRIVATE | MapFlags::NORESERVE,
    );
    // SAFETY: a new mapping, at an address that the kernel chooses.
    let start = unsafe { rustix::mm::mmap_anonymous(ptr::null_mut(), SIZE, protection, flags) };
    let start = start.ok()?;
    // SAFETY: the mapping was made just now, and nobody else knows of it.
    unsafe { rustix::mm::madvise(start, SIZE, Advice::LinuxWipeOnFork) }.ok()?;
    // SAFETY: as above; huge pages would be populated as a whole.
    let _small = unsafe { rustix::mm::madvise(start, SIZE, Advice::LinuxNoHugepage) };
    if let Some(segment) = crate::attached::segment() {
        segment.watched.store(1, Ordering::Relaxed);
    }
    // It is no part of the program's state.
    fingerprint::leave_out(start.addr() as u64);
    Some(start.cast())
}
