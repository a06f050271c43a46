//! A hash of a process's private state: its writable memory and the registers that outlive calls
//! ([`Registers`]).
//!
//! # Safety
//!
//! The one place that reads memory by address. It reads only ranges that the kernel lists as
//! readable private mappings of this process, and the live part of the caller's own stack. No other
//! thread of the process runs meanwhile: all of them wait for the baton, including those that are
//! beginning or ending.

use std::arch::asm;
use std::sync::atomic::{AtomicU64, Ordering};

use super::registers::Registers;

/// The stack pointer here, to leave out what lies below it.
#[inline(always)]
#[must_use]
pub fn stack_pointer() -> u64 {
    let sp: u64;
    #[cfg(target_arch = "x86_64")]
    // SAFETY: copies a register; touches nothing else.
    unsafe {
        asm!("mov {}, rsp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    #[cfg(target_arch = "aarch64")]
    // SAFETY: copies a register; touches nothing else.
    unsafe {
        asm!("mov {}, sp", out(reg) sp, options(nomem, nostack, preserves_flags));
    }
    sp
}

/// Adds a word to a hash.
pub(super) fn stir(hash: u64, word: u64) -> u64 {
    (hash ^ word)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .rotate_left(29)
}

fn of_registers(registers: &Registers, until: u64) -> u64 {
    let words = registers.kept.into_iter();
    words.fold(1, |hash, word| stir(hash, without(until, word)))
}

/// The word, or a placeholder if it is the one to be passed over.
fn without(until: u64, word: u64) -> u64 {
    if word == until { 0 } else { word }
}

/// How much of a stack a glance takes in: the frames of one call of ours, and of the loop around it.
const GLANCE: u64 = 1024;

/// Hashes what is quick to look at: the `registers`, and the top of this thread's `stack`. States
/// that differ here differ. `until` as in [`of_this_process`].
#[must_use]
pub fn at_a_glance(registers: &Registers, stack: [u64; 2], until: u64) -> u64 {
    let (sp, [start, end]) = (registers.stack, stack);
    let top = match (start..end).contains(&sp) {
        true => end.min(sp + GLANCE),
        // A stack of the program's own, of which nobody knows where it ends.
        false => sp,
    };
    // Several hashes side by side, since each step of one waits for the step before.
    let (seed, mut lanes) = (of_registers(registers, until), [0, 1, 2, 3]);
    for (at, word) in words(sp, top).enumerate() {
        let lane = &mut lanes[at % 4];
        *lane = stir(*lane, without(until, word));
    }
    lanes.into_iter().fold(seed, stir)
}

/// Hashes the writable private memory of this process and the `registers`, without the stack below
/// them; a word with the value `until` is replaced by a placeholder. `None` when the kernel does
/// not list the mappings.
#[must_use]
pub fn of_this_process(registers: &Registers, until: u64) -> Option<u64> {
    let sp = registers.stack;
    let mut hash = of_registers(registers, until);
    let pages = Pages::open(until);
    for_each_range(|Range { start, end, blank }| {
        let start = if (start..end).contains(&sp) {
            sp
        } else {
            start
        };
        hash = stir(pages.hash(hash, start, end, blank), end);
    })?;
    Some(hash)
}

/// Hashes what belongs to one thread alone: the `registers`, and its stack from there to `end`.
/// `until` as above.
#[must_use]
pub fn of_stack(registers: &Registers, end: u64, until: u64) -> u64 {
    let hash = of_registers(registers, until);
    Pages::open(until).hash(hash, registers.stack, end, false)
}

/// Hashes what all threads of this process have in common: everything but their stacks (`apart`,
/// sorted). `until` as above. `None` when the kernel does not list the mappings.
#[must_use]
pub fn of_common_memory(apart: &[[u64; 2]], until: u64) -> Option<u64> {
    let pages = Pages::open(until);
    let mut common = 1;
    for_each_range(|range| {
        let Range {
            mut start,
            end,
            blank,
        } = range;
        // They are sorted, so each begins behind the one before. Nothing may be allocated here.
        for &[from, to] in apart {
            if from < end && to > start {
                common = stir(pages.hash(common, start, from.max(start), blank), from);
                start = start.max(to);
            }
        }
        common = stir(pages.hash(common, start, end, blank), end);
    })?;
    Some(common)
}

/// Hashes all that this process can write to, what it shares with others included: without its stack
/// below `sp`, and without the mapping that begins at `apart`. `None` when that is not known.
#[must_use]
pub fn of_all_memory(sp: u64, apart: u64) -> Option<u64> {
    let mut text = [0_u8; 1 << 14];
    let length = read_maps(&mut text)?;
    let pages = Pages::open(0);
    let mut hash = 1;
    for (range, rights) in text[..length].split(|&b| b == b'\n').filter_map(mapping) {
        let Range { start, end, blank } = range;
        if rights.as_bytes().get(1) != Some(&b'w') || start == apart {
            continue;
        }
        let is_shared = rights.ends_with('s');
        // Of what is shared only pages that this process has looked at count: no other ones exist for
        // it, and of a file there may be none.
        if is_shared && (pages.file.is_none() || end - start < Pages::WORTH_A_LOOK) {
            return None;
        }
        let start = if (start..end).contains(&sp) {
            sp
        } else {
            start
        };
        hash = stir(pages.hash(hash, start, end, blank || is_shared), end);
    }
    Some(hash)
}

/// A writable private mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Range {
    start: u64,
    end: u64,
    /// Whether it began as zeroes, and not as a part of a file.
    blank: bool,
}

/// Calls `act` with each writable private mapping of this process.
fn for_each_range(act: impl FnMut(Range)) -> Option<()> {
    let mut text = [0_u8; 1 << 14];
    let length = read_maps(&mut text)?;
    let lines = text[..length].split(|&b| b == b'\n');
    let left_out = LEFT_OUT.load(Ordering::Relaxed);
    let ranges = lines.filter_map(private_writable);
    ranges.filter(|range| range.start != left_out).for_each(act);
    Some(())
}

/// Where the mapping begins that is no part of a process's state.
static LEFT_OUT: AtomicU64 = AtomicU64::new(u64::MAX);

/// The mapping that begins at `start` is the checker's own, and no part of this process's state.
pub fn leave_out(start: u64) {
    LEFT_OUT.store(start, Ordering::Relaxed);
}

/// Which pages of this process were ever used (`proc_pid_pagemap(5)`). Most of a thread's stack
/// never was, and reading it would take longer than everything else.
struct Pages {
    file: Option<std::os::fd::OwnedFd>,
    /// The word to be passed over.
    until: u64,
}

impl Pages {
    /// Ranges shorter than this are read whole.
    const WORTH_A_LOOK: u64 = 1 << 16;
    /// It is present, or it was moved to the swap area.
    const USED: u64 = 3 << 62;

    fn open(until: u64) -> Self {
        use rustix::fs::{Mode, OFlags};
        let flags = OFlags::RDONLY | OFlags::CLOEXEC;
        let file = rustix::fs::open(c"/proc/self/pagemap", flags, Mode::empty()).ok();
        Self { file, until }
    }

    /// Adds the range to the hash. Pages of a `blank` range count only if they are not zero: a page
    /// that was never used must equal one that was only read, or written with zeroes.
    fn hash(&self, mut hash: u64, start: u64, end: u64, blank: bool) -> u64 {
        const PAGE: u64 = 4096;
        let Some(file) = self.file.as_ref().filter(|_| {
            blank && end.saturating_sub(start) >= Self::WORTH_A_LOOK && page_size() == PAGE
        }) else {
            return self.hash_range(hash, start, end);
        };
        let mut at = start;
        let mut entries = [0_u8; 2048];
        while at < end {
            let place = at / PAGE * 8;
            let count = rustix::io::pread(file, &mut entries, place).unwrap_or(0) / 8;
            if count == 0 {
                return self.hash_range(hash, at, end);
            }
            for entry in entries[..count * 8].as_chunks::<8>().0 {
                let next = ((at / PAGE + 1) * PAGE).min(end);
                let bits = u64::from_ne_bytes(*entry);
                if at < end && bits & Self::USED != 0 && !is_zero(at, next) {
                    hash = self.hash_range(stir(hash, at), at, next);
                }
                at = next;
            }
        }
        hash
    }

    fn hash_range(&self, hash: u64, start: u64, end: u64) -> u64 {
        words(start, end).fold(hash, |hash, word| stir(hash, without(self.until, word)))
    }
}

/// The size of a page. Not by rustix, which looks it up at the first call and stores it: that would
/// change the memory that is hashed here.
fn page_size() -> u64 {
    // SAFETY: takes a name and returns a number.
    let size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    u64::try_from(size).unwrap_or(0)
}

/// Where the stack of this thread, which is not the main one, begins and ends
/// (`pthread_getattr_np(3)`). `None` when that is not known.
#[must_use]
pub fn my_stack() -> Option<[u64; 2]> {
    // SAFETY: all zeroes is a value of this structure, which is only written to.
    let mut attributes: libc::pthread_attr_t = unsafe { std::mem::zeroed() };
    // SAFETY: takes nothing.
    let me = unsafe { libc::pthread_self() };
    // SAFETY: this thread lives; the structure is writable.
    if unsafe { libc::pthread_getattr_np(me, &raw mut attributes) } != 0 {
        return None;
    }
    let (mut start, mut size) = (std::ptr::null_mut(), 0);
    // SAFETY: the attributes were filled in above; both results are writable.
    let known = unsafe {
        libc::pthread_attr_getstack(&raw const attributes, &raw mut start, &raw mut size)
    };
    // SAFETY: filled in above, and not used any more.
    unsafe { libc::pthread_attr_destroy(&raw mut attributes) };
    let start = start.addr() as u64;
    (known == 0).then_some([start, start + size as u64])
}

fn read_maps(buffer: &mut [u8]) -> Option<usize> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let file = rustix::fs::open(c"/proc/self/maps", flags, Mode::empty()).ok()?;
    let mut length = 0;
    loop {
        match rustix::io::read(&file, &mut buffer[length..]) {
            Ok(0) if length < buffer.len() => return Some(length),
            Ok(0) | Err(_) => return None,
            Ok(n) => length += n,
        }
    }
}

/// Where the main thread's stack ends, as the kernel lists it. `None` when it does not.
#[must_use]
pub fn end_of_stack() -> Option<u64> {
    let mut text = [0_u8; 1 << 14];
    let length = read_maps(&mut text)?;
    let sp = stack_pointer();
    let ranges = text[..length]
        .split(|&b| b == b'\n')
        .filter_map(private_writable);
    ranges
        .into_iter()
        .find(|range| (range.start..range.end).contains(&sp))
        .map(|range| range.end)
}

/// The mapping of a line of `/proc/self/maps`, if it is private and writable.
fn private_writable(line: &[u8]) -> Option<Range> {
    mapping(line).and_then(|(range, rights)| (rights == "rw-p").then_some(range))
}

/// Parses a line of `/proc/self/maps` (proc_pid_maps(5)): `start-end perms offset device inode …`.
fn mapping(line: &[u8]) -> Option<(Range, &str)> {
    let line = std::str::from_utf8(line).ok()?;
    let mut fields = line.split_ascii_whitespace();
    let (start, end) = fields.next()?.split_once('-')?;
    let parse = |hex| u64::from_str_radix(hex, 16).ok();
    let range = Range {
        start: parse(start)?,
        end: parse(end)?,
        blank: fields.clone().nth(3)? == "0",
    };
    Some((range, fields.next()?))
}

fn words(start: u64, end: u64) -> impl Iterator<Item = u64> {
    let places = (start.next_multiple_of(8)..end.saturating_sub(7)).step_by(8);
    places.map(|at| {
        let word = std::ptr::with_exposed_provenance::<u64>(usize::try_from(at).unwrap_or(0));
        // SAFETY: aligned, and inside a mapping that the kernel just listed as readable; no other
        // thread of this process runs, so neither the mapping nor the value changes meanwhile.
        unsafe { word.read_volatile() }
    })
}

fn is_zero(start: u64, end: u64) -> bool {
    words(start, end).all(|word| word == 0)
}

#[cfg(test)]
mod tests {
    use super::{Pages, Range, at_a_glance, private_writable};
    use crate::os::registers::Registers;

    #[test]
    fn a_glance_sees_the_registers_and_the_top_of_the_stack() {
        let mut memory = vec![0_u64; 1024];
        let start = memory.as_ptr().expose_provenance() as u64;
        let stack = [start, start + 8 * 1024];
        // 100 words are in use.
        let mut registers = Registers {
            kept: [3; _],
            stack: stack[1] - 8 * 100,
        };
        let fresh = at_a_glance(&registers, stack, 7);
        let mut glance = |at: usize, value: u64| {
            let before = std::mem::replace(&mut std::hint::black_box(&mut memory)[at], value);
            let hash = at_a_glance(&registers, stack, 7);
            std::hint::black_box(&mut memory)[at] = before;
            hash
        };
        assert_eq!(glance(950, 0), fresh, "nothing changed");
        assert_ne!(glance(950, 1), fresh, "a counter");
        assert_eq!(glance(950, 7), fresh, "a deadline");
        assert_eq!(glance(900, 1), fresh, "what is not in use any more");
        registers.kept[0] = registers.kept[0].wrapping_add(1);
        assert_ne!(at_a_glance(&registers, stack, 7), fresh, "a register");
    }

    #[test]
    fn only_writable_private_mappings_count() {
        let heap = b"55d0c0000000-55d0c0021000 rw-p 00000000 00:00 0      [heap]";
        let range = |start, end, blank| Some(Range { start, end, blank });
        assert_eq!(
            private_writable(heap),
            range(0x55d0_c000_0000, 0x55d0_c002_1000, true)
        );
        let data = b"0052b000-00539000 rw-p 0012a000 fe:01 1314 /tmp/program";
        assert_eq!(private_writable(data), range(0x52_b000, 0x53_9000, false));
        assert_eq!(private_writable(b"7f00-7f01 r--p 0 00:00 0"), None);
        assert_eq!(private_writable(b"7f00-7f01 rw-s 0 00:00 0 /memfd:x"), None);
        assert_eq!(private_writable(b""), None);
    }

    #[test]
    fn a_page_that_is_only_looked_at_changes_nothing_and_one_that_is_written_does() {
        let size = 1 << 18;
        let mut memory = vec![0_u8; size + (1 << 13)];
        let start = memory.as_ptr().expose_provenance() as u64;
        let start = start.next_multiple_of(4096);
        let end = start + size as u64;
        let hash = || Pages::open(0).hash(1, start, end, true);
        let fresh = hash();
        let at = 1 << 16;
        assert_eq!(std::hint::black_box(&memory)[at], 0);
        assert_eq!(hash(), fresh, "looked at");
        std::hint::black_box(&mut memory)[at] = 0;
        assert_eq!(hash(), fresh, "written with what was there");
        std::hint::black_box(&mut memory)[at] = 1;
        assert_ne!(hash(), fresh, "changed");
        std::hint::black_box(&mut memory)[at] = 0;
        assert_eq!(hash(), fresh, "changed back");
    }
}
