//! Memory that a process shares with the processes it starts later.
//!
//! # Safety
//!
//! The one module of this crate with unsafe code. Memory comes from anonymous shared mappings
//! (mmap(2), `MAP_SHARED`), or under check from the run's segment. Fork hands both on at the same
//! address, and neither is ever unmapped. It is only ever seen as atomics, so no Rust reference
//! promises that a value stays the same while another process writes it.

use std::ptr::NonNull;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use rustix::mm::{MapFlags, ProtFlags};

use crate::lifecycle::forks;

/// Words of 64 bits to a mapping.
const CHUNK_WORDS: usize = 1 << 12;

/// What is left of the newest mapping, and blocks given back. Memory from before a fork may be in
/// use by another process, and is not given out again.
static FREE: Mutex<Vec<Range>> = Mutex::new(Vec::new());

/// Words that are mapped, aligned, initialised, and never unmapped.
#[derive(Clone, Copy)]
struct Range {
    start: NonNull<AtomicU64>,
    words: usize,
    /// The value of [`forks`] when it was mapped or last given out.
    forks: u64,
}

// SAFETY: what it points to is never unmapped, and any thread may use it, because all access is by
// atomics.
unsafe impl Send for Range {}

/// Some zeroed shared words, given back on drop if no other process can have them.
pub(crate) struct Block(Range);

impl Block {
    /// A block of `words` words of 64 bits, all zero.
    ///
    /// # Panics
    ///
    /// When there is no memory.
    pub(crate) fn new(words: usize) -> Self {
        let mut free = FREE.lock().unwrap_or_else(PoisonError::into_inner);
        let now = forks();
        // After a fork two processes would hand out the same words to different owners.
        free.retain(|range| range.forks == now);
        // The smallest that is large enough: what was given back before what was never used.
        let fitting = (0..free.len()).filter(|&at| free[at].words >= words);
        let found = fitting.min_by_key(|&at| free[at].words);
        let range = match found {
            Some(at) => free.swap_remove(at),
            None => map(words, now),
        };
        if range.words > words {
            // SAFETY: `words` is less than the range's length, so the sum is an address inside the
            // range, which is one mapping and no larger than `isize::MAX` bytes.
            let rest = unsafe { range.start.add(words) };
            free.push(Range {
                start: rest,
                words: range.words - words,
                forks: now,
            });
        }
        let block = Self(Range { words, ..range });
        for at in 0..words {
            block.word(at).store(0, Ordering::Relaxed);
        }
        block
    }

    /// A block of `words` words of any content, which costs nothing until it is used.
    pub(crate) fn reserved(words: usize) -> Self {
        match sched_runtime::attached::reserved_words(words) {
            Some(ready) => Self(range(ready, forks())),
            None => Self::new(words),
        }
    }

    /// Word `at`.
    pub(crate) fn word(&self, at: usize) -> &AtomicU64 {
        assert!(
            at < self.0.words,
            "word {at} of a block of {}",
            self.0.words
        );
        // SAFETY: less than the range's length, by the assertion, so the sum is an address inside
        // the range, which is one mapping and no larger than `isize::MAX` bytes.
        let word = unsafe { self.0.start.add(at) };
        // SAFETY: aligned and initialised as all of the range, and never unmapped; others change it
        // only by atomics, which a shared reference to one allows.
        unsafe { word.as_ref() }
    }

    /// Word `at` as a futex word: its first half. A word is used either as a whole or as a futex
    /// word, never as both.
    pub(crate) fn futex(&self, at: usize) -> &AtomicU32 {
        let word = NonNull::from(self.word(at)).cast::<AtomicU32>();
        // SAFETY: the first four of eight aligned and initialised bytes, which are never unmapped;
        // they are only changed by atomics of this size.
        unsafe { word.as_ref() }
    }

    /// Number of words.
    pub(crate) fn len(&self) -> usize {
        self.0.words
    }
}

// SAFETY: any thread may use the range, and give it back, because all access is by atomics.
unsafe impl Send for Block {}
// SAFETY: a shared block gives out atomics only.
unsafe impl Sync for Block {}

impl Drop for Block {
    fn drop(&mut self) {
        if self.0.forks == forks()
            && let Ok(mut free) = FREE.lock()
        {
            free.push(self.0);
        }
    }
}

/// Words of the run's segment, as a range.
fn range(ready: &'static [AtomicU64], forks: u64) -> Range {
    Range {
        start: NonNull::from(ready).cast(),
        words: ready.len(),
        forks,
    }
}

fn map(words: usize, forks: u64) -> Range {
    if let Some(ready) = sched_runtime::attached::shared_words(words) {
        return range(ready, forks);
    }
    let words = words.max(CHUNK_WORDS);
    let size = words * size_of::<AtomicU64>();
    let access = ProtFlags::READ | ProtFlags::WRITE;
    // SAFETY: the kernel chooses an address where nothing is mapped, so no other memory changes.
    let start =
        unsafe { rustix::mm::mmap_anonymous(std::ptr::null_mut(), size, access, MapFlags::SHARED) };
    let start = start.unwrap_or_else(|error| panic!("no shared memory of {size} bytes: {error}"));
    sched_runtime::words::shares(start.addr(), size);
    let start = NonNull::new(start.cast()).expect("mmap gives no mapping at address 0");
    Range {
        start,
        words,
        forks,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering;

    use super::Block;
    use crate::lifecycle::forked;

    #[test]
    fn blocks_are_zeroed_and_distinct_and_come_back_only_without_a_fork() {
        let a = Block::new(2);
        let b = Block::new(1);
        a.word(1).store(7, Ordering::Relaxed);
        assert_eq!(b.word(0).load(Ordering::Relaxed), 0);
        let address = std::ptr::from_ref(a.word(0));
        drop(a);
        let again = Block::new(2);
        assert!(
            std::ptr::eq(address, again.word(0)),
            "unshared memory is used again"
        );
        assert_eq!(again.word(1).load(Ordering::Relaxed), 0);
        forked();
        drop(again);
        assert!(
            !std::ptr::eq(address, Block::new(2).word(0)),
            "shared memory is not"
        );
    }

    #[test]
    #[should_panic(expected = "word 3 of a block of 3")]
    fn a_word_beyond_the_end_is_refused() {
        Block::new(3).word(3);
    }
}
