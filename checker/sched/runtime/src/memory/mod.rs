//! Plain memory that unsafe code shares: every access that the compiler tells of is checked against
//! those before it.
//!
//! Only programs that hold unsafe code are compiled so that they tell (`interpose/memory` of the
//! checked std is what they call), and those that name a weak ordering, which tell of atomics and of new
//! memory alone. All others tell of atomics only, of which those of a word matter to [`counts`].
//! Only a task of a run is watched, and it has the baton, so one access comes after the other.

mod calls;
pub mod counts;
mod synced;
#[allow(unsafe_code, reason = "memory beside the program's own is mapped")]
mod tables;

use std::sync::atomic::{AtomicBool, Ordering};

use sched_model::World;
use sched_model::engine::memory::BYTES;
pub use sched_model::engine::memory::How;

pub use self::synced::Change;
use self::synced::Synced;
use self::tables::{PAGE, Tables, with_known, with_tables};
pub use self::tables::{SIZE, mapped};
use crate::attached::{is_task, with, works_apart};
use crate::kernel;
pub use crate::walk::From;
use crate::walk::{self, own_stack};

/// Whether this process, or one it comes from, ever had a second thread. Before, all that is done comes
/// before all that others do, so nothing need be noted.
static THREADED: AtomicBool = AtomicBool::new(false);

/// A second thread is being made.
pub(crate) fn becomes_threaded() {
    note(&THREADED);
}

/// Whether the program tells of all that orders what its tasks do: of atomics by any path, and of memory
/// that is given out.
static TELLS: AtomicBool = AtomicBool::new(false);
/// Whether it tells of plain accesses, too.
static TELLS_ALL: AtomicBool = AtomicBool::new(false);

/// See [`TELLS`].
#[inline]
pub(crate) fn tells() -> bool {
    TELLS.load(Ordering::Relaxed)
}

/// Notes a fact for good; most processes need not copy the page for that.
fn note(fact: &AtomicBool) {
    if !fact.load(Ordering::Relaxed) {
        fact.store(true, Ordering::Relaxed);
    }
}

/// Whether this task is one of several, or was.
fn is_threaded() -> bool {
    THREADED.load(Ordering::Relaxed) && is_task()
}

fn is_watched() -> bool {
    tells() && is_threaded()
}

/// A task reads or writes `size` bytes.
pub fn accessed(address: usize, size: usize, how: How, from: From) {
    note(&TELLS_ALL);
    if !is_watched() {
        return;
    }
    with_tables(|tables| {
        let live = walk::live_stack();
        // One place on a stack is many variables, one after the other, so the last access counts; but
        // most of them are nobody else's, and not worth a walk.
        let own = live.contains(&address);
        let mut calls = own.then(|| calls::alone(from.pc)).flatten();
        with(|world, me| {
            let mut left_out = None;
            for (at, bytes) in cells(address, size) {
                // There is no room for a page once, so none for what else is on it.
                if left_out == Some(at / PAGE) {
                    continue;
                }
                let Some(cell) = tables.cell(at) else {
                    left_out = Some(at / PAGE);
                    world.memory_left_out = 1;
                    continue;
                };
                if world.is_noted(me, cell, (bytes, how), calls.filter(|_| own)) {
                    continue;
                }
                let calls = *calls
                    .get_or_insert_with(|| tables.calls.number(walk::walk(from, &live).as_slice()));
                check(tables, world, me, (at, bytes), (how, calls));
            }
        });
    });
}

/// A task uses an atomic by its mirror, at the place of its last point.
pub(crate) fn used_as_atomic(address: usize, size: usize, how: How) {
    if !is_watched() || !TELLS_ALL.load(Ordering::Relaxed) {
        return;
    }
    with_tables(|tables| {
        with(|world, me| {
            let site = world.task(me).site;
            for (at, bytes) in cells(address, size) {
                let cell = tables.cell(at);
                if !cell.is_some_and(|cell| world.is_noted(me, cell, (bytes, how), Some(site))) {
                    check(tables, world, me, (at, bytes), (how, site));
                }
            }
        });
    });
}

/// A task gives memory back: whoever still uses it, or has used it and is not known to be done, does
/// so at the risk that it is somebody else's by then.
pub fn freed(address: usize, size: usize, from: From) {
    if !is_watched() || !TELLS_ALL.load(Ordering::Relaxed) {
        return;
    }
    with_tables(|tables| {
        let live = walk::live_stack();
        let calls = tables.calls.number(walk::walk(from, &live).as_slice());
        with(|world, me| {
            let mut free = |tables: &mut Tables, cell| {
                check(tables, world, me, cell, (How::Free, calls));
            };
            if size <= PAGE {
                cells(address, size).for_each(|cell| free(tables, cell));
            } else {
                // Large pieces are seldom used whole.
                known_cells(tables, address, size).for_each(|cell| free(tables, cell));
            }
        });
    });
}

/// This memory is new: what was done to it before was done to something else. Also told by threads
/// that are no tasks, because they begin or end; nobody else runs then.
pub fn allocated(address: usize, size: usize) {
    note(&TELLS);
    if is_task() && !works_apart() {
        let (start, size) = (address as u64, size as u64);
        with(|world, _| world.forget_stores(kernel::pid(), start, size));
    }
    with_known(|tables| forget(tables, address, size));
}

/// A task read an atomic, and wrote nothing.
pub fn loaded(address: usize, order: Ordering) {
    synced(|synced, world, me| synced.loaded(world, me, address, order));
}

/// A task wrote an atomic.
pub fn changed(address: usize, change: Change, order: Ordering) {
    synced(|synced, world, me| {
        // Its mirror, if there is one, has not seen this.
        world.forget_stores(kernel::pid(), address as u64, 1);
        synced.changed(world, me, (address, change), order);
    });
}

/// A fence, which concerns the mirrors of std's atomics as well.
pub fn fence(order: Ordering) {
    synced(|synced, world, me| {
        synced.fence(world, me, order);
        world.fence(me, order);
    });
}

/// A fence of std's, told by its mirror.
pub(crate) fn fence_of_mirror(order: Ordering) {
    with_known(|tables| {
        with(|world, me| tables.synced.fence(world, me, order));
    });
}

/// A task has asked an atomic and changed nothing. One that nothing else tells of is no point; but who
/// asks again and again waits for another task, which must go on then.
pub fn asked() {
    if is_threaded() && with(|world, me| world.asks_again(me)) == Some(true) {
        kernel::let_others_go(None);
    }
}

fn synced(act: impl FnOnce(&mut Synced, &mut World, u32)) {
    if is_watched() {
        with_tables(|tables| {
            with(|world, me| act(&mut tables.synced, world, me));
        });
    }
}

/// This thread begins, on a stack that another one may have had before.
pub(crate) fn on_new_stack() {
    with_known(|tables| {
        if let Some([start, end]) = own_stack() {
            let (start, end) = (to_address(start), to_address(end));
            forget(tables, start, end.saturating_sub(start));
        }
    });
}

fn to_address(number: u64) -> usize {
    usize::try_from(number).unwrap_or(0)
}

fn forget(tables: &mut Tables, address: usize, size: usize) {
    for (at, bytes) in known_cells(tables, address, size) {
        if let Some(cell) = tables.cell(at) {
            cell.forget(bytes);
        }
    }
}

/// As [`cells`], on pages of which something is known.
fn known_cells(
    tables: &mut Tables,
    address: usize,
    size: usize,
) -> impl Iterator<Item = (usize, u8)> + use<> {
    let end = address.saturating_add(size);
    let pages = address / PAGE..end.div_ceil(PAGE);
    let known: Vec<usize> = pages.filter(|&page| tables.knows(page)).collect();
    known.into_iter().flat_map(move |page| {
        let from = address.max(page * PAGE);
        cells(from, end.min((page + 1) * PAGE) - from)
    })
}

/// The cells that a range of bytes touches, each by the address of its first byte, with the bytes in it
/// that are meant.
fn cells(address: usize, size: usize) -> impl Iterator<Item = (usize, u8)> {
    let end = address.saturating_add(size);
    let mut at = address;
    std::iter::from_fn(move || {
        if at >= end {
            return None;
        }
        // All but the first begin where a cell does.
        let (cell, from) = (at & !(BYTES - 1), at & (BYTES - 1));
        let to = (end - cell).min(BYTES);
        at = cell + BYTES;
        Some((cell, (0xFF_u8 >> (BYTES - to)) & (0xFF << from)))
    })
}

fn check(
    tables: &mut Tables,
    world: &mut World,
    me: u32,
    (at, bytes): (usize, u8),
    (how, calls): (How, u32),
) {
    let Some(cell) = tables.cell(at) else {
        world.memory_left_out = 1;
        return;
    };
    if let Some(first) = world.access_memory(me, cell, (bytes, how), calls) {
        let hows = [How::of_number(first.1.how.into()), how];
        let one_of = [first.1.calls, calls].map(calls::only);
        let both = [first.1.calls, calls].map(|number| tables.calls.get(number));
        let both = [0, 1].map(|i| match &one_of[i] {
            _ if hows[i].is_atomic() => &[],
            Some(call) => std::slice::from_ref(call),
            None => both[i],
        });
        let byte = (first.1.bytes & bytes).trailing_zeros();
        let address = at as u64 + u64::from(byte);
        world.add_memory_race(address, first, (me, how, calls), both);
    }
}

#[cfg(test)]
mod tests {
    use super::cells;

    fn all(address: usize, size: usize) -> Vec<(usize, u8)> {
        cells(address, size).collect()
    }

    #[test]
    fn a_range_touches_the_bytes_that_are_in_it_and_no_others() {
        assert_eq!(all(16, 8), [(16, 0xFF)]);
        assert_eq!(all(16, 1), [(16, 0x01)]);
        assert_eq!(all(20, 4), [(16, 0xF0)]);
        assert_eq!(all(23, 2), [(16, 0x80), (24, 0x01)]);
        assert_eq!(all(22, 16), [(16, 0xC0), (24, 0xFF), (32, 0x3F)]);
        assert_eq!(all(16, 0), []);
    }
}
