//! Moves a program's code to huge pages, so that a forked child finds all of it mapped instead of
//! faulting on each page of code that it touches.
//!
//! A fork does not copy the page-table entries of a file's pages, so each process of a run, which
//! lives for a fraction of a millisecond, would fault on some twenty pages of code. If the linker
//! left room for it, the code is copied once into private memory that consists of huge pages
//! (`MADV_COLLAPSE` in madvise(2), since Linux 6.1), and that memory takes the place of the
//! original; a fork does copy the one page-table entry of a huge page. Where any of this is not
//! possible, everything stays as it was.
//!
//! # Safety
//!
//! Memory is replaced by a copy of itself, while this is the only thread.

use std::ffi::c_void;
use std::ptr::{self, NonNull};
use std::slice;

use libc::{Elf64_Phdr, PF_W, PF_X, PT_LOAD, PT_PHDR};
use rustix::mm::{Advice, MapFlags, MprotectFlags, MremapFlags, ProtFlags};

/// Bytes of a huge page on x86-64, and on aarch64 with ordinary pages.
const HUGE: usize = 2 << 20;

/// Moves all code and constants of this program to huge pages, if it is linked for that: each part
/// in huge pages of its own.
///
/// Does nothing where the system has no huge pages to give.
pub fn code() {
    let headers = headers();
    let parts = || headers.iter().filter(|it| it.p_type == PT_LOAD);
    let spans: Vec<Span> = parts().filter_map(Span::of).collect();
    // A program that is not loaded where its headers say, which is any program that is not linked
    // statically, is left alone.
    let lies_there = |it: &Elf64_Phdr| {
        it.p_type == PT_PHDR
            && usize::try_from(it.p_vaddr).is_ok_and(|at| at == headers.as_ptr().addr())
    };
    let apart = spans.is_sorted_by(|a, b| a.first + a.size <= b.first);
    if !apart || spans.len() != parts().count() || !headers.iter().any(lies_there) {
        return;
    }
    for (part, span) in parts().zip(&spans) {
        if part.p_flags & PF_W == 0 {
            // If one part cannot be moved, the others still may.
            let _left_as_it_was = span.replace(part.p_flags & PF_X != 0);
        }
    }
}

/// The program headers of this program, as the kernel tells them (getauxval(3)).
fn headers() -> &'static [Elf64_Phdr] {
    // SAFETY: asks for numbers.
    let [start, count] = [libc::AT_PHDR, libc::AT_PHNUM].map(|it| unsafe { libc::getauxval(it) });
    let start = usize::try_from(start).unwrap_or(0);
    let start = ptr::with_exposed_provenance::<Elf64_Phdr>(start);
    if start.is_null() {
        return &[];
    }
    // SAFETY: the kernel mapped so many headers there for as long as the program runs; nobody
    // writes to them.
    unsafe { slice::from_raw_parts(start, usize::try_from(count).unwrap_or(0)) }
}

/// The huge pages that a part of the program lies in, and where it lies in them.
struct Span {
    first: usize,
    size: usize,
    start: usize,
    bytes: usize,
}

impl Span {
    /// `None` if it is not aligned for huge pages.
    fn of(part: &Elf64_Phdr) -> Option<Self> {
        let [start, bytes, align] =
            [part.p_vaddr, part.p_memsz, part.p_align].map(|it| usize::try_from(it).ok());
        let (start, bytes) = (start?, bytes?);
        if align? % HUGE != 0 {
            return None;
        }
        let first = start / HUGE * HUGE;
        let end = start.checked_add(bytes)?.checked_next_multiple_of(HUGE)?;
        let size = end - first;
        Some(Self {
            first,
            size,
            start,
            bytes,
        })
    }

    /// Puts a copy in huge pages in its place.
    fn replace(&self, executable: bool) -> rustix::io::Result<()> {
        let place = Reserved::new(self.size)?;
        let to = place.huge;
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::PRIVATE | MapFlags::FIXED;
        let rights = if executable {
            MprotectFlags::READ | MprotectFlags::EXEC
        } else {
            MprotectFlags::READ
        };
        let part = ptr::with_exposed_provenance::<u8>(self.start);
        let target = ptr::with_exposed_provenance_mut::<c_void>(self.first);
        let offset = self.start - self.first;
        // SAFETY: `to` is the start of `size` bytes that are reserved for us and that nobody uses.
        unsafe { rustix::mm::mmap_anonymous(to, self.size, access, flags) }?;
        // SAFETY: what is there stays as it is.
        unsafe { rustix::mm::madvise(to, self.size, Advice::LinuxHugepage) }?;
        // SAFETY: the part lies in its span, so it fits in there behind `offset`.
        let copy = unsafe { to.cast::<u8>().add(offset) };
        // SAFETY: the part is mapped, readable, and written by nobody; the copy is memory of our own.
        unsafe { ptr::copy_nonoverlapping(part, copy, self.bytes) };
        // SAFETY: what is there stays as it is.
        if unsafe { libc::madvise(to, self.size, libc::MADV_COLLAPSE) } != 0 {
            return Err(rustix::io::Errno::NOMEM);
        }
        // SAFETY: nobody will write to the copy any more.
        unsafe { rustix::mm::mprotect(to, self.size, rights) }?;
        // SAFETY: in the span is nothing but the part: the others have spans of their own, as the
        // caller saw, and between and below the parts of a program the kernel maps nothing. The copy
        // has the same bytes at the same place, with the same rights; the call returns to it.
        unsafe {
            rustix::mm::mremap_fixed(to, self.size, self.size, MremapFlags::MAYMOVE, target)
        }?;
        Ok(())
    }
}

/// Addresses that nobody else uses, given back on drop.
struct Reserved {
    start: NonNull<c_void>,
    size: usize,
    /// Where huge pages can begin in it.
    huge: *mut c_void,
}

impl Reserved {
    /// Room for so many bytes in huge pages.
    fn new(size: usize) -> rustix::io::Result<Self> {
        // Wherever it begins, a huge page begins in the first `HUGE` bytes.
        let size = size + HUGE;
        let access = ProtFlags::empty();
        let flags = MapFlags::PRIVATE | MapFlags::NORESERVE;
        // SAFETY: a new mapping where nothing is.
        let start = unsafe { rustix::mm::mmap_anonymous(ptr::null_mut(), size, access, flags)? };
        let start = NonNull::new(start).ok_or(rustix::io::Errno::NOMEM)?;
        let huge = start.as_ptr().map_addr(|at| at.next_multiple_of(HUGE));
        Ok(Self { start, size, huge })
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        // SAFETY: addresses of ours that nobody refers to; those that were moved are mapped no more.
        let _ = unsafe { rustix::mm::munmap(self.start.as_ptr(), self.size) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(start: u64, bytes: u64, align: u64) -> Elf64_Phdr {
        Elf64_Phdr {
            p_type: PT_LOAD,
            p_flags: 0,
            p_offset: 0,
            p_vaddr: start,
            p_paddr: start,
            p_filesz: bytes,
            p_memsz: bytes,
            p_align: align,
        }
    }

    #[test]
    fn a_span_is_the_huge_pages_that_a_part_touches() {
        let of = |start, bytes| {
            let span = Span::of(&part(start, bytes, HUGE as u64)).expect("aligned");
            (span.first, span.size)
        };
        assert_eq!(of(0x20_0000, 0x20_0000), (0x20_0000, HUGE));
        assert_eq!(of(0x44_c840, 0x11_4680), (0x40_0000, HUGE));
        assert_eq!(of(0x5f_ffff, 2), (0x40_0000, 2 * HUGE));
        assert!(Span::of(&part(0x20_0000, 1, 0x1000)).is_none());
    }

    #[test]
    fn a_program_that_is_not_linked_for_it_is_left_alone() {
        let before = std::fs::read_to_string("/proc/self/maps").expect("a list");
        code();
        let after = std::fs::read_to_string("/proc/self/maps").expect("a list");
        let of_file = |maps: &str| {
            maps.lines()
                .filter(|it| it.contains("sched_segment-"))
                .count()
        };
        assert_eq!(of_file(&before), of_file(&after));
    }
}
