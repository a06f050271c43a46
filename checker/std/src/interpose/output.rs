//! Writing: what goes to standard output or standard error goes to the run's transcript.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::panic::Location;
use ::real::prelude::rust_2024::*;
use ::real::slice;

use ::libc::{c_int, c_void, iovec, size_t, ssize_t};
use ::sched_runtime::{attached, print};

use super::contents::{joined, write_file};

fn goes_to_transcript(fd: c_int) -> bool {
    attached::controlled() && (fd == 1 || fd == 2)
}

replace! {
    /// write(2).
    fn write(fd: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
        if !goes_to_transcript(fd) {
            // SAFETY: the same contract.
            return unsafe { write_file(fd, bytes, count, None) };
        }
        if bytes.is_null() || count == 0 {
            return 0;
        }
        // SAFETY: not null, and so many readable bytes by the caller's contract. Nobody changes
        // them meanwhile, because no other task runs.
        let bytes = unsafe { slice::from_raw_parts(bytes.cast::<u8>(), count) };
        let caller = crate::print::last_print().unwrap_or_else(|| Location::caller());
        print::print(bytes, fd == 2, caller);
        count.cast_signed()
    }

    /// writev(2), for one part after the other.
    fn writev(fd: c_int, parts: *const iovec, count: c_int) -> ssize_t {
        if !attached::controlled() || parts.is_null() {
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            return unsafe { system_call!(SYS_writev, fd, parts, count) }.make() as ssize_t;
        }
        let count = usize::try_from(count).unwrap_or(0);
        // SAFETY: not null, and so many descriptions by the caller's contract. Nobody changes
        // them meanwhile, because no other task runs.
        let parts = unsafe { slice::from_raw_parts(parts, count) };
        if !goes_to_transcript(fd) {
            // SAFETY: each part describes readable bytes, by the caller's contract.
            let all = unsafe { joined(parts) };
            // SAFETY: the bytes are readable, and nobody closes the descriptor, by the same contract.
            return unsafe { write_file(fd, all.as_ptr().cast(), all.len(), None) };
        }
        // SAFETY: each part describes readable bytes, by the caller's contract.
        let write_part = |part: &iovec| unsafe { write(fd, part.iov_base, part.iov_len) };
        parts.iter().map(write_part).sum()
    }
}
