//! What is in files: opening, reading, writing and cutting them.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;
use ::real::sync::atomic::{AtomicU64, Ordering};
use ::real::{slice, vec};

use ::libc::{O_CREAT, O_DIRECTORY, O_EXCL, O_PATH, O_TRUNC};
use ::libc::{c_char, c_int, c_uint, c_void, iovec, mode_t, off64_t, size_t, ssize_t};
use ::rustix::fd::BorrowedFd;
use ::rustix::fs::SeekFrom;
use ::sched_model::Act;
use ::sched_model::Op;
use ::sched_model::{FileAct, FileResult};
use ::sched_runtime::{attached, file};

use super::descriptors::{Calls, passed, through};
use super::files::{KNOWN, change, is_called, name_at, once, outcome, regular, slot, step};
use super::proc;
use super::system::{SystemCall, borrow, fail};

/// As much as a pipe takes at once when it takes anything (pipe(7)).
const ATOMIC_WRITE: usize = 4096;

/// Where each descriptor was after it was last used. Kept in this process's own memory, where the
/// proof of endless repetition sees that a program which reads on is in another state.
static POSITIONS: [AtomicU64; KNOWN] = [const { AtomicU64::new(0) }; KNOWN];

fn note_position(fd: c_int, position: u64) {
    if let Some(place) = slot(&POSITIONS, fd) {
        place.store(position, Ordering::Relaxed);
    }
}

fn position(fd: BorrowedFd<'_>) -> u64 {
    ::rustix::fs::seek(fd, SeekFrom::Current(0)).unwrap_or(0)
}

/// openat(2).
///
/// # Safety
///
/// `path` points to a string that ends with a zero. A `mode` that the caller did not pass is not
/// used: it comes in the register of the third or fourth argument either way.
unsafe fn open_file(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's promise.
    let real = unsafe { proc::real_name(path) };
    let path = real.as_ref().map_or(path, |real| real.as_ptr());
    // SAFETY: the caller's promise, or a string of our own.
    let fd = unsafe { open_by_name(dir, path, flags, mode) };
    // SAFETY: it is new, and nobody knows it yet.
    unsafe { proc::opened(fd, flags) }
}

/// The same for the name that the system knows.
///
/// # Safety
///
/// As for [`open_file`].
unsafe fn open_by_name(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the caller's promise; the call changes no memory, and of descriptors it only makes
    // a new one.
    let open = unsafe { system_call!(SYS_openat, dir, path, flags, mode) };
    let is = |flag: c_int| flags & flag != 0;
    // SAFETY: the caller's promise.
    let name = unsafe { name_at(path) }.filter(|_| !is(O_DIRECTORY | O_PATH));
    let Some(name) = name else {
        return open.make() as c_int;
    };
    let act = match () {
        () if is(O_CREAT) && is(O_EXCL) => FileAct::Create,
        () if is(O_TRUNC) => FileAct::Empty,
        () => FileAct::Open,
    };
    let look = !is(O_CREAT | O_TRUNC);
    let object = step(Op::FileOpen, &name, look);
    let fd = open.make();
    note_position(fd as c_int, 0);
    // What a function of `std::fs` opened to read goes into the trace when it is read.
    let recorded = fd < 0 || !look || !is_called();
    file::done(
        object,
        recorded.then(|| (act, outcome(fd))),
        !look && fd >= 0,
    );
    fd as c_int
}

/// Reads from `fd`, at `offset` or where it is.
///
/// # Safety
///
/// * `buffer` points to `count` writable bytes.
/// * Nobody else closes `fd` during the call.
unsafe fn read_file(
    fd: c_int,
    buffer: *mut c_void,
    count: size_t,
    offset: Option<off64_t>,
) -> ssize_t {
    let read = match offset {
        // SAFETY: the caller's promise; the call changes no other memory and no descriptor.
        None => unsafe { system_call!(SYS_read, fd, buffer, count) },
        // SAFETY: as above.
        Some(at) => unsafe { system_call!(SYS_pread64, fd, buffer, count, at) },
    };
    // SAFETY: the caller's promise.
    let borrowed = unsafe { borrow(fd) };
    let Some((file, (name, size))) = borrowed.and_then(|file| Some((file, regular(file)?))) else {
        return through(borrowed, Act::Received, || read.make()) as ssize_t;
    };
    let from = offset.map_or_else(|| position(file), off64_t::cast_unsigned);
    let op = match from {
        0 => Op::FileRead,
        more if more < size => Op::FileMore,
        _ => Op::FileEnd,
    };
    let object = step(op, &name, true);
    let length = read.make();
    let bytes = usize::try_from(length).unwrap_or(0);
    note_position(fd, from + bytes as u64);
    let result = if length < 0 {
        FileResult::Failed
    } else {
        // SAFETY: the caller's buffer, of which the kernel has just written so many bytes, and
        // which nobody changes meanwhile.
        FileResult::bytes(unsafe { slice::from_raw_parts(buffer.cast::<u8>(), bytes) })
    };
    file::done(object, once(FileAct::Read, result), false);
    length as ssize_t
}

/// Writes to anything but standard output and error, at `offset` or where it is.
///
/// # Safety
///
/// * `bytes` points to `count` readable bytes.
/// * Nobody else closes `fd` during the call.
pub(super) unsafe fn write_file(
    fd: c_int,
    bytes: *const c_void,
    count: size_t,
    offset: Option<off64_t>,
) -> ssize_t {
    // SAFETY: the caller's promise.
    let borrowed = unsafe { borrow(fd) };
    let Some((file, (name, _))) = borrowed.and_then(|file| Some((file, regular(file)?))) else {
        // SAFETY: the same contract.
        return unsafe { write_elsewhere(fd, bytes, count) };
    };
    let write = match offset {
        // SAFETY: the caller's promise; the call changes no memory and no descriptor.
        None => unsafe { system_call!(SYS_write, fd, bytes, count) },
        // SAFETY: as above.
        Some(at) => unsafe { system_call!(SYS_pwrite64, fd, bytes, count, at) },
    };
    let object = step(Op::FileChange, &name, false);
    let length = write.make();
    note_position(fd, position(file));
    let result = match usize::try_from(length) {
        Ok(0) if count == 0 => FileResult::bytes(&[]),
        // SAFETY: the caller's bytes, of which the kernel has just read so many, and which nobody
        // changes meanwhile.
        Ok(done) => FileResult::bytes(unsafe { slice::from_raw_parts(bytes.cast::<u8>(), done) }),
        _ => FileResult::Failed,
    };
    file::done(object, Some((FileAct::Write, result)), length > 0);
    length as ssize_t
}

/// Writes to something that is no regular file: to a pipe so little at once that one that takes
/// anything takes it all.
///
/// # Safety
///
/// As [`write_file`].
unsafe fn write_elsewhere(fd: c_int, bytes: *const c_void, count: size_t) -> ssize_t {
    // SAFETY: the caller's promise.
    let calls = Calls::on(unsafe { borrow(fd) });
    let most = match calls {
        Calls::Blocking(..) => ATOMIC_WRITE,
        Calls::Alone | Calls::AtOnce(..) => count,
    };
    // SAFETY: the caller's promise; the call changes no memory and no descriptor.
    let write = unsafe { system_call!(SYS_write, fd, bytes, count.min(most)) };
    passed(calls, Act::Sent, || write.make()) as ssize_t
}

/// The bytes of all parts together.
///
/// # Safety
///
/// Each part that is not empty points to so many readable bytes.
pub(super) unsafe fn joined(parts: &[iovec]) -> Vec<u8> {
    let parts = parts.iter().filter(|part| part.iov_len > 0);
    let bytes = parts.map(|part| {
        // SAFETY: the caller's promise; nobody changes them meanwhile, because no other task runs.
        unsafe { slice::from_raw_parts(part.iov_base.cast::<u8>(), part.iov_len) }
    });
    bytes.flatten().copied().collect()
}

/// Puts bytes into the parts, one after the other.
///
/// # Safety
///
/// Each part that is not empty points to so many writable bytes.
unsafe fn divide(mut bytes: &[u8], parts: &[iovec]) {
    for part in parts {
        let (here, rest) = bytes.split_at(part.iov_len.min(bytes.len()));
        let to = part.iov_base.cast::<u8>();
        // SAFETY: no more bytes than there is room for by the caller's promise, and these are not
        // among ours.
        unsafe { to.copy_from_nonoverlapping(here.as_ptr(), here.len()) };
        bytes = rest;
    }
}

/// Makes a call in a plain run; under check it is one that this system does not have.
fn unless_watched(call: SystemCall) -> ssize_t {
    match attached::controlled() {
        true => fail(::libc::ENOSYS) as ssize_t,
        false => call.make() as ssize_t,
    }
}

replace! {
    /// open(2).
    // Rust cannot define functions with any number of arguments. By the calling conventions of
    // x86-64 and aarch64 the third one, if it is there, comes where a fixed one does.
    #[allow(unknown_lints, reason = "the next one is not known before Rust 1.99")]
    #[allow(invalid_runtime_symbol_definitions, reason = "see above")]
    fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
        // SAFETY: the same contract.
        unsafe { open_file(::libc::AT_FDCWD, path, flags, mode) }
    }

    /// As [`open`].
    fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
        // SAFETY: the same contract.
        unsafe { open_file(::libc::AT_FDCWD, path, flags, mode) }
    }

    /// openat(2).
    fn openat(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
        // SAFETY: the same contract.
        unsafe { open_file(dir, path, flags, mode) }
    }

    /// As [`openat`].
    fn openat64(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
        // SAFETY: the same contract.
        unsafe { open_file(dir, path, flags, mode) }
    }

    /// read(2).
    fn read(fd: c_int, buffer: *mut c_void, count: size_t) -> ssize_t {
        // SAFETY: the same contract.
        unsafe { read_file(fd, buffer, count, None) }
    }

    /// readv(2), as one read.
    fn readv(fd: c_int, parts: *const iovec, count: c_int) -> ssize_t {
        if !attached::controlled() || parts.is_null() {
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            return unsafe { system_call!(SYS_readv, fd, parts, count) }.make() as ssize_t;
        }
        let count = usize::try_from(count).unwrap_or(0);
        // SAFETY: not null, and so many descriptions by the caller's contract, which nobody changes
        // meanwhile.
        let parts = unsafe { slice::from_raw_parts(parts, count) };
        let mut buffer = vec![0_u8; parts.iter().map(|part| part.iov_len).sum()];
        // SAFETY: so many writable bytes of our own; the descriptor stays open by the caller's contract.
        let length = unsafe { read_file(fd, buffer.as_mut_ptr().cast(), buffer.len(), None) };
        buffer.truncate(usize::try_from(length).unwrap_or(0));
        // SAFETY: the parts are writable by the caller's contract.
        unsafe { divide(&buffer, parts) };
        length
    }

    /// pread(2).
    fn pread64(fd: c_int, buffer: *mut c_void, count: size_t, offset: off64_t) -> ssize_t {
        // SAFETY: the same contract.
        unsafe { read_file(fd, buffer, count, Some(offset)) }
    }

    /// pwrite(2).
    fn pwrite64(fd: c_int, bytes: *const c_void, count: size_t, offset: off64_t) -> ssize_t {
        // SAFETY: the same contract.
        unsafe { write_file(fd, bytes, count, Some(offset)) }
    }

    /// copy_file_range(2): there is none, so the real std reads and writes, which others can see.
    fn copy_file_range(
        from: c_int,
        from_at: *mut off64_t,
        to: c_int,
        to_at: *mut off64_t,
        count: size_t,
        flags: c_uint,
    ) -> ssize_t {
        // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
        let copy = unsafe {
            system_call!(SYS_copy_file_range, from, from_at, to, to_at, count, flags)
        };
        unless_watched(copy)
    }

    /// sendfile(2), as [`copy_file_range`].
    fn sendfile64(to: c_int, from: c_int, at: *mut off64_t, count: size_t) -> ssize_t {
        // SAFETY: as above.
        unless_watched(unsafe { system_call!(SYS_sendfile, to, from, at, count) })
    }

    /// splice(2), as [`copy_file_range`].
    fn splice(
        from: c_int,
        from_at: *mut off64_t,
        to: c_int,
        to_at: *mut off64_t,
        count: size_t,
        flags: c_uint,
    ) -> ssize_t {
        // SAFETY: as above.
        let splice = unsafe { system_call!(SYS_splice, from, from_at, to, to_at, count, flags) };
        unless_watched(splice)
    }

    /// ftruncate(2).
    fn ftruncate64(fd: c_int, length: off64_t) -> c_int {
        // SAFETY: the caller may change its file; the call changes no memory.
        let truncate = unsafe { system_call!(SYS_ftruncate, fd, length) };
        // SAFETY: the caller's contract.
        let file = unsafe { borrow(fd) }.and_then(regular);
        let name = file.as_ref().map(|(name, _)| &**name);
        let act = if length == 0 { FileAct::Empty } else { FileAct::Change };
        change(name, act, || truncate.make())
    }
}
