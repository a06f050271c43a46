//! Files as the scheduler sees them: in a task of a run, what is done to one is a scheduling
//! point, then what it always is, then an event.
//!
//! Only what tasks can meet at counts: regular files and folders; not pipes and sockets, nor what
//! lies below `/proc`, `/sys` and `/dev`, except where memory is kept as files there. A file is
//! named as the program names it, without the folder that the run has to itself. The functions of
//! [`fs`](crate::fs) know their line; what a program does with a `File` by hand has none.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::cell::Cell;
use ::real::ffi::CStr;
use ::real::prelude::rust_2024::*;
use ::real::thread_local;

use ::libc::{c_char, c_int, c_long};
use ::rustix::fd::{AsRawFd, BorrowedFd};
use ::rustix::fs::FileType;
use ::sched_model::Op;
use ::sched_model::{FileAct, FileResult};
use ::sched_runtime::file;
use ::sched_runtime::{Caller, Object, attached};

/// A function of `std::fs` that is being called.
#[derive(Clone, Copy)]
struct Called {
    caller: Caller,
    /// It has passed a point, so its further looks are no points: it looks once.
    looked: bool,
    /// What it read is in the trace.
    recorded: bool,
}

thread_local! {
    static CALLED: Cell<Option<Called>> = const { Cell::new(None) };
}

/// Descriptors of which something is remembered: those below this number.
pub(super) const KNOWN: usize = 64;

/// The place of a descriptor in a table.
pub(super) fn slot<T>(table: &[T; KNOWN], fd: c_int) -> Option<&T> {
    table.get(usize::try_from(fd).ok()?)
}

/// Calls a function of the real `std::fs` for a line of the program.
pub(crate) fn call<R>(caller: Caller, function: impl FnOnce() -> R) -> R {
    if !attached::controlled() {
        return function();
    }
    CALLED.set(Some(Called {
        caller,
        looked: false,
        recorded: false,
    }));
    let result = function();
    CALLED.set(None);
    result
}

/// The same for a function that does not go through functions that are replaced: a point before
/// it, and an event after it, for the file at `path`.
pub(crate) fn call_as_a_whole<R>(
    caller: Caller,
    path: &[u8],
    act: FileAct,
    function: impl FnOnce() -> ::real::io::Result<R>,
) -> ::real::io::Result<R> {
    let Some(name) = controlled_name(path) else {
        return function();
    };
    let look = act == FileAct::Look;
    let op = if look { Op::FileLook } else { Op::FileChange };
    call(caller, || {
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

/// Whether a function of `std::fs` is being called.
pub(super) fn is_called() -> bool {
    CALLED.get().is_some()
}

/// The point before an operation on the file of this name. A second look of the same function of
/// `std::fs` is none.
pub(super) fn step(op: Op, name: &str, look: bool) -> Object {
    let called = CALLED.get();
    let caller = called.map(|called| called.caller);
    let object = file::object(name, caller);
    if !(look && called.is_some_and(|called| called.looked)) {
        file::point(op, object, caller);
    }
    let looked = true;
    CALLED.set(called.map(|called| Called { looked, ..called }));
    object
}

/// What goes into the trace about a look: of the looks of one function of `std::fs` only the first.
pub(super) fn once(act: FileAct, result: FileResult) -> Option<(FileAct, FileResult)> {
    let called = CALLED.get();
    let recorded = true;
    CALLED.set(called.map(|called| Called { recorded, ..called }));
    let is_first = called.is_none_or(|called| !called.recorded);
    is_first.then_some((act, result))
}

/// What a call's result says.
pub(super) fn outcome(result: c_long) -> FileResult {
    if result < 0 {
        FileResult::Failed
    } else {
        FileResult::Done
    }
}

/// A change of the file of this name, if it is controlled.
pub(super) fn change(name: Option<&str>, act: FileAct, change: impl FnOnce() -> c_long) -> c_int {
    let Some(name) = name else {
        return change() as c_int;
    };
    let object = step(Op::FileChange, name, false);
    let result = change();
    file::done(object, Some((act, outcome(result))), result >= 0);
    result as c_int
}

/// Where ordinary files are kept in memory (shm_overview(7)): the folder of a run may be there.
const IN_MEMORY: &[u8] = b"/dev/shm/";

/// The name for a path of the program; `None` for what is not controlled.
fn controlled_name(path: &[u8]) -> Option<String> {
    let below = |folder: &[u8]| path.starts_with(folder);
    let outside = [&b"/proc/"[..], b"/sys/", b"/dev/", b"/memfd:"]
        .into_iter()
        .any(below);
    if !attached::controlled() || (outside && !below(IN_MEMORY)) {
        return None;
    }
    let path = String::from_utf8_lossy(path);
    let inside = path.split_once(::sched_runtime::SCRATCH);
    let inside = inside.map(|(_, rest)| rest.split_once('/').map_or(".", |(_, inside)| inside));
    let short = inside.unwrap_or(&path);
    let short = short.strip_suffix(" (deleted)").unwrap_or(short);
    Some(short.strip_prefix("./").unwrap_or(short).to_owned())
}

/// The same for a path as libc gets it.
///
/// # Safety
///
/// `path` is null or points to a string that ends with a zero.
pub(super) unsafe fn name_at(path: *const c_char) -> Option<String> {
    if path.is_null() || !attached::controlled() {
        return None;
    }
    // SAFETY: not null, so a string by the caller's promise. Nobody changes it meanwhile, because
    // no other task runs.
    controlled_name(unsafe { CStr::from_ptr(path) }.to_bytes())
}

/// The regular file that a descriptor stands for: its name and its size in bytes. `None` for
/// another thing, and for what is not controlled.
pub(super) fn regular(fd: BorrowedFd<'_>) -> Option<(String, u64)> {
    if fd.as_raw_fd() <= 2 || !attached::controlled() {
        return None;
    }
    let about = ::rustix::fs::fstat(fd).ok()?;
    if FileType::from_raw_mode(about.st_mode) != FileType::RegularFile {
        return None;
    }
    let link = ::real::format!("/proc/self/fd/{}", fd.as_raw_fd());
    let path = ::rustix::fs::readlink(link, Vec::new()).ok()?;
    let size = u64::try_from(about.st_size).unwrap_or(0);
    controlled_name(path.to_bytes()).map(|name| (name, size))
}
