//! What `/proc` tells about the processes of a run: with the ids that they have under check.
//!
//! On the way there, in names, virtual ids become the system's; on the way back, in texts and links,
//! those of the run's tasks become virtual again, whatever they stand for. All other numbers are
//! the system's.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::ffi::{CStr, CString};
use ::real::prelude::rust_2024::*;

use ::libc::{O_ACCMODE, O_DIRECTORY, O_PATH, O_RDONLY};
use ::libc::{c_char, c_int, size_t, ssize_t};
use ::rustix::fd::{AsFd, BorrowedFd, IntoRawFd};
use ::rustix::fs::{MemfdFlags, SeekFrom};
use ::sched_runtime::{attached, ids};

/// The folder itself.
const PROC: &[u8] = b"/proc/";
/// No text of `/proc` that tells ids is longer.
const LONGEST: usize = 1 << 16;

/// `text` with each number that stands alone replaced by what `other` says, if anything.
fn with_other_numbers(text: &[u8], other: impl Fn(&str) -> Option<String>) -> Vec<u8> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut changed = Vec::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let same = |byte: &u8| is_word(byte) == is_word(&rest[0]);
        let length = rest
            .iter()
            .position(|byte| !same(byte))
            .unwrap_or(rest.len());
        let (word, after) = rest.split_at(length);
        let number = str::from_utf8(word).ok();
        let number = number.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
        match number.and_then(&other) {
            Some(other) => changed.extend_from_slice(other.as_bytes()),
            None => changed.extend_from_slice(word),
        }
        rest = after;
    }
    changed
}

/// A text of the system's as the program is to see it.
fn seen(text: &[u8]) -> Vec<u8> {
    with_other_numbers(text, |id| {
        let id = ids::seen(id.parse().ok()?)?;
        Some(id.to_string())
    })
}

/// The name of a file below `/proc` as the system knows it; `None` for another one, and in a plain
/// run.
///
/// # Safety
///
/// `path` is null or points to a string that ends with a zero.
pub(super) unsafe fn real_name(path: *const c_char) -> Option<CString> {
    if path.is_null() || !attached::controlled() {
        return None;
    }
    // SAFETY: not null, so a string by the caller's promise. Nobody changes it meanwhile, because
    // no other task runs.
    let path = unsafe { CStr::from_ptr(path) }.to_bytes();
    if !path.starts_with(PROC) {
        return None;
    }
    let real = with_other_numbers(path, |id| {
        let id = ids::real(id.parse().ok()?)?;
        Some(id.to_string())
    });
    CString::new(real).ok()
}

/// What an open file of `/proc` says, as the program is to see it, in a file in memory; `None` where
/// nothing is to be changed.
fn told(file: BorrowedFd<'_>) -> Option<c_int> {
    let mut text = vec![0; LONGEST];
    let mut length = 0;
    while let Ok(more @ 1..) = ::rustix::io::pread(file, &mut text[length..], length as u64) {
        length += more;
    }
    let other = seen(&text[..length]);
    if length == LONGEST || other == text[..length] {
        return None;
    }
    let memory = ::rustix::fs::memfd_create(c"proc", MemfdFlags::CLOEXEC).ok()?;
    let mut left = &other[..];
    while !left.is_empty() {
        let written = ::rustix::io::write(memory.as_fd(), left).ok()?;
        left = &left[written..];
    }
    ::rustix::fs::seek(memory.as_fd(), SeekFrom::Start(0)).ok()?;
    Some(memory.into_raw_fd())
}

/// What openat(2) is to return in place of `fd`, which was opened by a name below `/proc`.
///
/// # Safety
///
/// `fd` is open, and nobody else uses it; if another one is returned, it is closed.
pub(super) unsafe fn opened(fd: c_int, flags: c_int) -> c_int {
    if flags & O_ACCMODE != O_RDONLY || flags & (O_DIRECTORY | O_PATH) != 0 {
        return fd;
    }
    // SAFETY: open, by the caller's promise, while this is in use.
    let other = told(unsafe { BorrowedFd::borrow_raw(fd) });
    let Some(other) = other else {
        return fd;
    };
    // SAFETY: nobody else uses it, by the caller's promise, and nobody will.
    unsafe { system_call!(SYS_close, fd) }.make();
    other
}

replace! {
    /// readlink(2).
    fn readlink(path: *const c_char, buffer: *mut c_char, size: size_t) -> ssize_t {
        // SAFETY: the caller's contract.
        let Some(real) = (unsafe { real_name(path) }) else {
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            let read = unsafe {
                system_call!(SYS_readlinkat, ::libc::AT_FDCWD, path, buffer, size)
            };
            return read.make() as ssize_t;
        };
        let mut text = vec![0_u8; LONGEST];
        let (to, room) = (text.as_mut_ptr(), text.len());
        // SAFETY: the name ends with a zero, and there is so much room; nothing else is changed.
        let read = unsafe {
            system_call!(SYS_readlinkat, ::libc::AT_FDCWD, real.as_ptr(), to, room)
        }
        .make();
        let Ok(length) = usize::try_from(read) else {
            return read as ssize_t;
        };
        let text = seen(&text[..length]);
        let length = text.len().min(size);
        // SAFETY: so many bytes may be written there by the caller's contract, and the text is ours.
        unsafe { ::real::ptr::copy_nonoverlapping(text.as_ptr(), buffer.cast(), length) };
        length.cast_signed()
    }
}
