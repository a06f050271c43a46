//! Functions of libc on files, replaced at link time: in a task of a run each is a scheduling
//! point, then what it always is, then an event.
//!
//! Only what tasks can meet at counts: regular files and folders, not `/proc`, `/sys` or `/dev`
//! (but for what is kept in memory there),
//! nor pipes and sockets. A file is named as the program names it, without the scratch folder that
//! a run has to itself. The functions of [`fs`](crate::fs) know their line; what a program does
//! with a `File` by hand has none.
//!
//! # Safety
//!
//! As in [`interpose`](crate::interpose): pointers come from the caller, with the contracts of the
//! libc functions of the same names.

use ::real::borrow::ToOwned;
use ::real::cell::Cell;
use ::real::clone::Clone;
use ::real::convert::TryFrom;
use ::real::ffi::CStr;
use ::real::iter::{IntoIterator, Iterator};
use ::real::marker::Copy;
use ::real::ops::FnOnce;
use ::real::option::Option::{self, None, Some};
use ::real::panic::Location;
use ::real::result::Result::Ok;
use ::real::string::String;
use ::real::sync::atomic::{AtomicU64, Ordering};
use ::real::{slice, thread_local};

use ::libc::{c_char, c_int, c_long, c_void, mode_t, off64_t, size_t, ssize_t};
use ::rustix::fd::BorrowedFd;
use ::rustix::fs::{FileType, SeekFrom};
use ::sched::file::{self, FileAct, FileResult};
use ::sched::kernel::{self, Object};
use ::sched::run::Act;
use ::sched::world::Op;

use crate::interpose::call;
use crate::outside;

/// A function of `std::fs` that is being called.
#[derive(Clone, Copy)]
struct Mirror {
    caller: &'static Location<'static>,
    /// It has passed a point, so its further looks are no points: it looks once.
    looked: bool,
    /// What it read is in the trace.
    told: bool,
}

thread_local! {
    static MIRROR: Cell<Option<Mirror>> = const { Cell::new(None) };
}

/// Descriptors of which something is remembered: those below this number.
pub(crate) const KNOWN: usize = 64;
/// Where each descriptor was after it was last used. Kept in this process's own memory, where the
/// proof of endless repetition sees that a program which reads on is in another state.
static POSITIONS: [AtomicU64; KNOWN] = [const { AtomicU64::new(0) }; KNOWN];

/// Calls a function of the real `std::fs` whose line is known.
pub(crate) fn mirror<R>(caller: &'static Location<'static>, function: impl FnOnce() -> R) -> R {
    if !kernel::controlled() {
        return function();
    }
    MIRROR.set(Some(Mirror {
        caller,
        looked: false,
        told: false,
    }));
    let result = function();
    MIRROR.set(None);
    result
}

/// The same for a function that does not go through the functions below.
pub(crate) fn whole<R>(
    caller: &'static Location<'static>,
    path: &[u8],
    act: FileAct,
    function: impl FnOnce() -> ::real::io::Result<R>,
) -> ::real::io::Result<R> {
    let Some(name) = name(path) else {
        return function();
    };
    let look = act == FileAct::Look;
    let op = if look { Op::FileLook } else { Op::FileChange };
    mirror(caller, || {
        let object = step(op, &name, look);
        let result = function();
        let outcome = if result.is_ok() {
            FileResult::Done
        } else {
            FileResult::Failed
        };
        file::done(object, Some((act, outcome)), !look && result.is_ok());
        result
    })
}

/// The point before an operation on the file of this name. A mirror's second look is none.
pub(crate) fn step(op: Op, name: &str, look: bool) -> Object {
    let mirror = MIRROR.get();
    let caller = mirror.map(|mirror| mirror.caller);
    let object = file::object(name, caller);
    if !(look && mirror.is_some_and(|mirror| mirror.looked)) {
        file::point(op, object, caller);
    }
    MIRROR.set(mirror.map(|mirror| Mirror {
        looked: true,
        ..mirror
    }));
    object
}

/// Ordinary files that are kept in memory (shm_overview(7)): the scratch folder may be one of them.
const IN_MEMORY: &[u8] = b"/dev/shm/";

/// The name for a path of the program; `None` for what is not controlled.
fn name(path: &[u8]) -> Option<String> {
    let below = |folder: &[u8]| path.starts_with(folder);
    let outside = [&b"/proc/"[..], b"/sys/", b"/dev/"].into_iter().any(below);
    if !kernel::controlled() || (outside && !below(IN_MEMORY)) {
        return None;
    }
    let path = String::from_utf8_lossy(path);
    let inside = path.split_once(::sched::host::SCRATCH);
    let inside = inside.map(|(_, rest)| rest.split_once('/').map_or(".", |(_, inside)| inside));
    let short = inside.unwrap_or(&path);
    let short = short.strip_suffix(" (deleted)").unwrap_or(short);
    Some(short.strip_prefix("./").unwrap_or(short).to_owned())
}

/// The same for a path as libc is told it.
///
/// # Safety
///
/// `path` is null or points to a string that ends with a zero.
pub(crate) unsafe fn name_at(path: *const c_char) -> Option<String> {
    if path.is_null() || !kernel::controlled() {
        return None;
    }
    // SAFETY: not null; the caller's contract.
    name(unsafe { CStr::from_ptr(path) }.to_bytes())
}

/// A regular file that a descriptor stands for: its name and its size.
pub(crate) fn regular(fd: c_int) -> Option<(String, u64)> {
    if fd <= 2 || !kernel::controlled() {
        return None;
    }
    // SAFETY: the caller of libc's function uses this descriptor, and does not close it meanwhile;
    // a number that is no descriptor is refused by the system.
    let borrowed = unsafe { BorrowedFd::borrow_raw(fd) };
    let about = ::rustix::fs::fstat(borrowed).ok()?;
    if FileType::from_raw_mode(about.st_mode) != FileType::RegularFile {
        return None;
    }
    let link = ::real::format!("/proc/self/fd/{fd}");
    let path = ::rustix::fs::readlink(link, ::real::vec::Vec::new()).ok()?;
    let size = u64::try_from(about.st_size).unwrap_or(0);
    name(path.to_bytes()).map(|name| (name, size))
}

fn position(fd: c_int) -> u64 {
    // SAFETY: as in `regular`.
    let borrowed = unsafe { BorrowedFd::borrow_raw(fd) };
    ::rustix::fs::seek(borrowed, SeekFrom::Current(0)).unwrap_or(0)
}

/// The place for a descriptor in a table.
pub(crate) fn slot<T>(table: &[T; KNOWN], fd: c_int) -> Option<&T> {
    table.get(usize::try_from(fd).ok()?)
}

/// A descriptor as an argument of a system call.
pub(crate) fn number(fd: c_int) -> usize {
    isize::try_from(fd).unwrap_or(-1).cast_unsigned()
}

/// What is told of a look: of a mirror's looks only the first.
pub(crate) fn once(act: FileAct, result: FileResult) -> Option<(FileAct, FileResult)> {
    let mirror = MIRROR.get();
    MIRROR.set(mirror.map(|mirror| Mirror {
        told: true,
        ..mirror
    }));
    let told = mirror.is_some_and(|mirror| mirror.told);
    (!told).then_some((act, result))
}

pub(crate) fn outcome(result: c_long) -> FileResult {
    if result < 0 {
        FileResult::Failed
    } else {
        FileResult::Done
    }
}

/// openat(2).
///
/// # Safety
///
/// As openat(2): `path` is a valid string. A `mode` that the caller did not pass is not used: it
/// comes in the register of the third or fourth argument either way, on all systems that we know.
unsafe fn open_file(dir: c_int, path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    let open = || {
        let (flags, mode) = (number(flags), usize::try_from(mode).unwrap_or(0));
        call(::libc::SYS_openat, number(dir), path.addr(), flags, mode)
    };
    let is = |flag: c_int| flags & flag != 0;
    // SAFETY: the caller's contract.
    let name = unsafe { name_at(path) }.filter(|_| !is(::libc::O_DIRECTORY | ::libc::O_PATH));
    let Some(name) = name else {
        return open() as c_int;
    };
    let act = match () {
        () if is(::libc::O_CREAT) && is(::libc::O_EXCL) => FileAct::Create,
        () if is(::libc::O_TRUNC) => FileAct::Empty,
        () => FileAct::Open,
    };
    let look = !is(::libc::O_CREAT | ::libc::O_TRUNC);
    let object = step(Op::FileOpen, &name, look);
    let fd = open();
    if let Some(position) = c_int::try_from(fd).ok().and_then(|fd| slot(&POSITIONS, fd)) {
        position.store(0, Ordering::Relaxed);
    }
    // What a mirror opened to read is told when it is read.
    let told = fd < 0 || !look || MIRROR.get().is_none();
    let told = told.then(|| (act, outcome(fd)));
    file::done(object, told, !look && fd >= 0);
    fd as c_int
}

/// open(2).
///
/// # Safety
///
/// As open(2): `path` is a valid string.
// Rust cannot define functions with any number of arguments. By the calling conventions of x86-64 and
// aarch64 the third one, if it is there, comes where a fixed one does.
#[allow(unknown_lints, reason = "the next one is not known before Rust 1.99")]
#[allow(invalid_runtime_symbol_definitions, reason = "see above")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the same contract.
    unsafe { open_file(::libc::AT_FDCWD, path, flags, mode) }
}

/// As [`open`].
///
/// # Safety
///
/// As open(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn open64(path: *const c_char, flags: c_int, mode: mode_t) -> c_int {
    // SAFETY: the same contract.
    unsafe { open_file(::libc::AT_FDCWD, path, flags, mode) }
}

/// openat(2).
///
/// # Safety
///
/// As openat(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn openat(
    dir: c_int,
    path: *const c_char,
    flags: c_int,
    mode: mode_t,
) -> c_int {
    // SAFETY: the same contract.
    unsafe { open_file(dir, path, flags, mode) }
}

/// As [`openat`].
///
/// # Safety
///
/// As openat(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn openat64(
    dir: c_int,
    path: *const c_char,
    flags: c_int,
    mode: mode_t,
) -> c_int {
    // SAFETY: the same contract.
    unsafe { open_file(dir, path, flags, mode) }
}

/// Reads from `fd`, at `offset` or where it is.
///
/// # Safety
///
/// As read(2) and pread(2): `buffer` points to `count` writable bytes.
unsafe fn read_file(
    fd: c_int,
    buffer: *mut c_void,
    count: size_t,
    offset: Option<off64_t>,
) -> ssize_t {
    let read = || match offset {
        None => call(::libc::SYS_read, number(fd), buffer.addr(), count, 0),
        Some(at) => {
            let at = at.cast_unsigned() as usize;
            call(::libc::SYS_pread64, number(fd), buffer.addr(), count, at)
        }
    };
    let Some((name, size)) = regular(fd) else {
        return outside::through(fd, Act::Received, read) as ssize_t;
    };
    let from = offset.map_or_else(|| position(fd), off64_t::cast_unsigned);
    let op = match from {
        0 => Op::FileRead,
        more if more < size => Op::FileMore,
        _ => Op::FileEnd,
    };
    let object = step(op, &name, true);
    let length = read();
    let bytes = usize::try_from(length).unwrap_or(0);
    if let Some(place) = slot(&POSITIONS, fd) {
        place.store(from + bytes as u64, Ordering::Relaxed);
    }
    let result = if length < 0 {
        FileResult::Failed
    } else {
        // SAFETY: the caller's buffer, of which the system has just written so many bytes.
        FileResult::bytes(unsafe { slice::from_raw_parts(buffer.cast::<u8>(), bytes) })
    };
    file::done(object, once(FileAct::Read, result), false);
    length as ssize_t
}

/// read(2).
///
/// # Safety
///
/// As read(2): `buffer` points to `count` writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn read(fd: c_int, buffer: *mut c_void, count: size_t) -> ssize_t {
    // SAFETY: the same contract.
    unsafe { read_file(fd, buffer, count, None) }
}

/// pread(2).
///
/// # Safety
///
/// As pread(2): `buffer` points to `count` writable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pread64(
    fd: c_int,
    buffer: *mut c_void,
    count: size_t,
    offset: off64_t,
) -> ssize_t {
    // SAFETY: the same contract.
    unsafe { read_file(fd, buffer, count, Some(offset)) }
}

/// Writes to anything but standard output and error, at `offset` or where it is.
///
/// # Safety
///
/// As write(2) and pwrite(2): `bytes` points to `count` readable bytes.
pub(crate) unsafe fn write_file(
    fd: c_int,
    bytes: *const c_void,
    count: size_t,
    offset: Option<off64_t>,
) -> ssize_t {
    let Some((name, _)) = regular(fd) else {
        return outside::write(fd, bytes, count) as ssize_t;
    };
    let write = || match offset {
        None => call(::libc::SYS_write, number(fd), bytes.addr(), count, 0),
        Some(at) => {
            let at = at.cast_unsigned() as usize;
            call(::libc::SYS_pwrite64, number(fd), bytes.addr(), count, at)
        }
    };
    let object = step(Op::FileChange, &name, false);
    let length = write();
    if let Some(place) = slot(&POSITIONS, fd) {
        place.store(position(fd), Ordering::Relaxed);
    }
    let result = match usize::try_from(length) {
        Ok(0) if count == 0 => FileResult::bytes(&[]),
        // SAFETY: the caller's bytes, of which the system has just read so many.
        Ok(done) => FileResult::bytes(unsafe { slice::from_raw_parts(bytes.cast::<u8>(), done) }),
        _ => FileResult::Failed,
    };
    file::done(object, Some((FileAct::Write, result)), length > 0);
    length as ssize_t
}

/// pwrite(2).
///
/// # Safety
///
/// As pwrite(2): `bytes` points to `count` readable bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn pwrite64(
    fd: c_int,
    bytes: *const c_void,
    count: size_t,
    offset: off64_t,
) -> ssize_t {
    // SAFETY: the same contract.
    unsafe { write_file(fd, bytes, count, Some(offset)) }
}
