//! More functions of libc on files, replaced at link time: what is done by name, and the locks of
//! files. See [`files`](crate::files).
//!
//! # Safety
//!
//! As in [`interpose`](crate::interpose): pointers come from the caller, with the contracts of the
//! libc functions of the same names.

use ::real::convert::TryFrom;
use ::real::ops::FnOnce;
use ::real::option::Option::{None, Some};
use ::real::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use ::libc::{c_char, c_int, c_long, c_uint, c_void, mode_t, off64_t};
use ::sched::file::{self, FileAct};
use ::sched::kernel::{self, Object};
use ::sched::world::Op;

use crate::files::{KNOWN, name_at, number, once, outcome, regular, slot, step};
use crate::interpose::{call, errno, fail};
use crate::outside;

/// The object, for each descriptor that holds the lock of a file.
static LOCKED: [AtomicU32; KNOWN] = [const { AtomicU32::new(FREE) }; KNOWN];
/// No object.
const FREE: u32 = u32::MAX;
/// Whether this process, or one it comes from, ever locked a file.
static LOCKS: AtomicBool = AtomicBool::new(false);

/// A change of what a name stands for.
///
/// # Safety
///
/// `path` is null or points to a string that ends with a zero.
unsafe fn change(path: *const c_char, act: FileAct, change: impl FnOnce() -> c_long) -> c_int {
    // SAFETY: the caller's contract.
    let Some(name) = (unsafe { name_at(path) }) else {
        return change() as c_int;
    };
    let object = step(Op::FileChange, &name, false);
    let result = change();
    file::done(object, Some((act, outcome(result))), result >= 0);
    result as c_int
}

/// chmod(2), by way of the open file: what is done by name alone, to whatever file, is refused to
/// programs that are contained, because Landlock does not keep files apart there.
///
/// # Safety
///
/// As chmod(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn chmod(path: *const c_char, mode: mode_t) -> c_int {
    let here = number(::libc::AT_FDCWD);
    let by_name = || call(::libc::SYS_fchmodat, here, path.addr(), mode as usize, 0) as c_int;
    if !kernel::controlled() {
        return by_name();
    }
    let flags = ::libc::O_RDONLY | ::libc::O_NONBLOCK | ::libc::O_CLOEXEC | ::libc::O_NOCTTY;
    let file = call(::libc::SYS_openat, here, path.addr(), number(flags), 0);
    if file < 0 {
        return by_name();
    }
    let result = call(::libc::SYS_fchmod, file as usize, mode as usize, 0, 0);
    let error = errno();
    call(::libc::SYS_close, file as usize, 0, 0, 0);
    if result < 0 {
        fail(error);
    }
    result as c_int
}

/// rename(2).
///
/// # Safety
///
/// As rename(2): both paths are valid strings.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rename(from: *const c_char, to: *const c_char) -> c_int {
    let here = number(::libc::AT_FDCWD);
    let rename = || call(::libc::SYS_renameat, here, from.addr(), here, to.addr());
    // SAFETY: the caller's contract, for both.
    let names = unsafe { name_at(from) }.zip(unsafe { name_at(to) });
    let Some((old, new)) = names else {
        return rename() as c_int;
    };
    let new = file::object(&new, None);
    let old = step(Op::FileChange, &old, false);
    let result = rename();
    if result < 0 {
        file::done(old, Some((FileAct::Rename, outcome(result))), false);
    } else {
        file::renamed(old, new);
    }
    result as c_int
}

/// unlink(2).
///
/// # Safety
///
/// As unlink(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn unlink(path: *const c_char) -> c_int {
    let here = number(::libc::AT_FDCWD);
    let unlink = || call(::libc::SYS_unlinkat, here, path.addr(), 0, 0);
    // SAFETY: the same contract.
    unsafe { change(path, FileAct::Remove, unlink) }
}

/// rmdir(2).
///
/// # Safety
///
/// As rmdir(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rmdir(path: *const c_char) -> c_int {
    let (here, flags) = (number(::libc::AT_FDCWD), number(::libc::AT_REMOVEDIR));
    let rmdir = || call(::libc::SYS_unlinkat, here, path.addr(), flags, 0);
    // SAFETY: the same contract.
    unsafe { change(path, FileAct::Remove, rmdir) }
}

/// mkdir(2).
///
/// # Safety
///
/// As mkdir(2): `path` is a valid string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
    let (here, mode) = (number(::libc::AT_FDCWD), usize::try_from(mode).unwrap_or(0));
    let mkdir = || call(::libc::SYS_mkdirat, here, path.addr(), mode, 0);
    // SAFETY: the same contract.
    unsafe { change(path, FileAct::MakeFolder, mkdir) }
}

/// ftruncate(2).
#[unsafe(no_mangle)]
pub extern "C" fn ftruncate64(fd: c_int, length: off64_t) -> c_int {
    let truncate = || {
        let length = length.cast_unsigned() as usize;
        call(::libc::SYS_ftruncate, number(fd), length, 0, 0)
    };
    let Some((name, _)) = regular(fd) else {
        return truncate() as c_int;
    };
    let object = step(Op::FileChange, &name, false);
    let result = truncate();
    let act = if length == 0 {
        FileAct::Empty
    } else {
        FileAct::Change
    };
    file::done(object, Some((act, outcome(result))), result >= 0);
    result as c_int
}

/// statx(2): asking for a file by its name is a look, asking for an open one is not.
///
/// # Safety
///
/// As statx(2): `path` is a valid string or null, `about` points to a writable structure.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn statx(
    dir: c_int,
    path: *const c_char,
    flags: c_int,
    mask: c_uint,
    about: *mut c_void,
) -> c_int {
    let ask = || {
        let mask = usize::try_from(mask).unwrap_or(0);
        // Five arguments: more than `call` takes.
        // SAFETY: the caller's contract.
        unsafe { ::libc::syscall(::libc::SYS_statx, dir, path, flags, mask, about) }
    };
    // SAFETY: the caller's contract.
    let name = unsafe { name_at(path) }.filter(|name| !name.is_empty());
    let Some(name) = name else {
        return ask() as c_int;
    };
    let object = step(Op::FileLook, &name, true);
    let result = ask();
    file::done(object, once(FileAct::Look, outcome(result)), false);
    result as c_int
}

/// flock(2): who has to wait is Blocked, and gets the lock when it is given back or closed.
#[unsafe(no_mangle)]
pub extern "C" fn flock(fd: c_int, operation: c_int) -> c_int {
    let flock = |operation| call(::libc::SYS_flock, number(fd), number(operation), 0, 0);
    let Some((name, _)) = regular(fd) else {
        return flock(operation) as c_int;
    };
    if operation & ::libc::LOCK_UN != 0 {
        let object = step(Op::Release, &name, false);
        let result = flock(operation);
        give_back(fd, object);
        return result as c_int;
    }
    let waits = operation & ::libc::LOCK_NB == 0;
    let op = if waits { Op::Acquire } else { Op::TryAcquire };
    let object = step(op, &name, false);
    LOCKS.store(true, Ordering::Relaxed);
    while flock(operation | ::libc::LOCK_NB) < 0 {
        match errno() {
            ::libc::EWOULDBLOCK if waits => file::await_lock(object),
            error => {
                file::found_locked(object);
                return fail(error);
            }
        }
    }
    if let Some(place) = slot(&LOCKED, fd) {
        place.store(object.number(), Ordering::Relaxed);
    }
    file::locked(object);
    0
}

fn give_back(fd: c_int, object: Object) {
    if let Some(place) = slot(&LOCKED, fd) {
        place.store(FREE, Ordering::Relaxed);
    }
    file::unlocked(object);
}

/// close(2): gives back the lock that is held by the descriptor.
///
/// # Safety
///
/// As close(2): nobody relies on the descriptor any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn close(fd: c_int) -> c_int {
    let result = outside::close(fd, || call(::libc::SYS_close, number(fd), 0, 0, 0));
    if LOCKS.load(Ordering::Relaxed) && kernel::controlled() {
        let held = slot(&LOCKED, fd).map_or(FREE, |place| place.load(Ordering::Relaxed));
        // Also where nothing is known to be held by it: the lock may have been taken by a copy.
        give_back(fd, Object::of_number(held));
    }
    result as c_int
}
