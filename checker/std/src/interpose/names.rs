//! What is done to files by their names.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;

use ::libc::{AT_FDCWD, c_char, c_int, c_uint, c_void, mode_t};
use ::sched_model::FileAct;
use ::sched_model::Op;
use ::sched_runtime::file;

use super::files::{change, name_at, once, outcome, step};
use super::system::SystemCall;
use super::{marks, proc};

/// A change of what a name stands for.
///
/// # Safety
///
/// `path` is null or points to a string that ends with a zero.
unsafe fn change_name(path: *const c_char, act: FileAct, call: SystemCall) -> c_int {
    // SAFETY: the caller's promise.
    let name = unsafe { name_at(path) };
    change(name.as_deref(), act, || call.make())
}

replace! {
    /// rename(2).
    fn rename(from: *const c_char, to: *const c_char) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let rename = unsafe { system_call!(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to) };
        // SAFETY: the caller's contract.
        let old = unsafe { name_at(from) };
        // SAFETY: the caller's contract.
        let new = unsafe { name_at(to) };
        let Some((old, new)) = old.zip(new) else {
            return rename.make() as c_int;
        };
        let new = file::object(&new, None);
        let old = step(Op::FileChange, &old, false);
        let result = rename.make();
        if result < 0 {
            file::done(old, Some((FileAct::Rename, outcome(result))), false);
        } else {
            file::renamed(old, new);
        }
        result as c_int
    }

    /// unlink(2).
    fn unlink(path: *const c_char) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let unlink = unsafe { system_call!(SYS_unlinkat, AT_FDCWD, path) };
        // SAFETY: the caller's contract.
        unsafe { change_name(path, FileAct::Remove, unlink) }
    }

    /// rmdir(2).
    fn rmdir(path: *const c_char) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let rmdir = unsafe { system_call!(SYS_unlinkat, AT_FDCWD, path, ::libc::AT_REMOVEDIR) };
        // SAFETY: the caller's contract.
        unsafe { change_name(path, FileAct::Remove, rmdir) }
    }

    /// mkdir(2).
    fn mkdir(path: *const c_char, mode: mode_t) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let mkdir = unsafe { system_call!(SYS_mkdirat, AT_FDCWD, path, mode) };
        // SAFETY: the caller's contract.
        unsafe { change_name(path, FileAct::MakeFolder, mkdir) }
    }

    /// statx(2): asking for a file by its name is a look, asking for an open one is not. What tells
    /// schedules apart is hidden.
    fn statx(
        dir: c_int,
        path: *const c_char,
        flags: c_int,
        mask: c_uint,
        about: *mut c_void,
    ) -> c_int {
        // SAFETY: the caller's contract.
        let real = unsafe { proc::real_name(path) };
        let path = real.as_ref().map_or(path, |real| real.as_ptr());
        // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
        let ask = unsafe { system_call!(SYS_statx, dir, path, flags, mask, about) };
        // SAFETY: the caller's contract.
        let name = unsafe { name_at(path) }.filter(|name| !name.is_empty());
        let ask = || {
            let result = ask.make();
            if result == 0 && marks::hidden() {
                // SAFETY: the call has filled it in.
                marks::hide(unsafe { &mut *about.cast() });
            }
            result
        };
        let Some(name) = name else {
            return ask() as c_int;
        };
        let object = step(Op::FileLook, &name, true);
        let result = ask();
        file::done(object, once(FileAct::Look, outcome(result)), false);
        result as c_int
    }
}
