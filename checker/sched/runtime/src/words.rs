//! Which word a task waits for: an address alone says so only in shared memory.
//!
//! The same address in two processes is the same word if it lies in the run's segment, or in a
//! mapping that both inherited from a common ancestor. In private memory it is another word in each
//! process, even if one memory is a copy of the other.

use std::ptr;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::attached::{my_process, segment, with};

/// No address of a program uses this bit or a higher one, so the rest of a key begins here.
const ADDRESS_BITS: u32 = 48;
/// Numbers of shared mappings begin here; below are those of processes.
const FIRST_MAPPING: u64 = 0x1000;

/// A mapping that is shared with the processes to come.
struct Shared {
    start: u64,
    end: u64,
    number: u64,
}

/// Such mappings of this process, with those of its ancestors.
static SHARED: Mutex<Vec<Shared>> = Mutex::new(Vec::new());
/// How many there are: looked at before the lock is taken.
static COUNT: AtomicU32 = AtomicU32::new(0);

/// Says that this process shares this memory with those that it starts from now on.
pub fn shares(address: usize, bytes: usize) {
    let number = with(|world, _| {
        world.mapping_count += 1;
        FIRST_MAPPING + u64::from(world.mapping_count)
    });
    let Some(number) = number else { return };
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    shared.push(Shared {
        start: address as u64,
        end: (address + bytes) as u64,
        number,
    });
    COUNT.fetch_add(1, Ordering::Relaxed);
}

/// The word as the scheduler knows it.
pub(crate) fn key(word: &AtomicU32) -> u64 {
    let address = ptr::from_ref(word).addr() as u64;
    if segment().is_some_and(|segment| segment.contains(address)) {
        return address;
    }
    let of_process = 1 + u64::from(my_process());
    let number = mapping(address).unwrap_or(of_process);
    address | number << ADDRESS_BITS
}

/// The number of the shared mapping that this address lies in.
fn mapping(address: u64) -> Option<u64> {
    if COUNT.load(Ordering::Relaxed) == 0 {
        return None;
    }
    let shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    let found = shared
        .iter()
        .find(|range| (range.start..range.end).contains(&address));
    found.map(|range| range.number)
}
