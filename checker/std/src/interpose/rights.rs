//! Rights and times of files, which a contained program cannot change: the kernel does not tell the
//! files of a run's own folder from others there, such as `/dev/null`.
//!
//! For a file of its own folder a program is told that it was done: what is right by hand must not
//! fail under check. Nobody else ever sees that file, and the run's folder is gone with it.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::prelude::rust_2024::*;

use ::libc::{AT_FDCWD, c_char, c_int, c_long, mode_t, timespec};
use ::rustix::fd::{AsRawFd, BorrowedFd, FromRawFd, OwnedFd};
use ::sched_runtime::attached;

use super::system::{SystemCall, borrow, errno};

/// Whether an open file lies in the folder of the run.
fn is_own(file: BorrowedFd<'_>) -> bool {
    let link = ::real::format!("/proc/self/fd/{}", file.as_raw_fd());
    let path = ::rustix::fs::readlink(link, Vec::new());
    path.is_ok_and(|path| {
        String::from_utf8_lossy(path.to_bytes()).contains(::sched_runtime::SCRATCH)
    })
}

/// Makes a call; done is also what the containment refuses for a file of the run's own.
fn make(call: SystemCall, own: impl FnOnce() -> bool) -> c_int {
    let result = call.make();
    let refused = result < 0 && errno() == ::libc::EPERM && attached::controlled();
    let result: c_long = if refused && own() { 0 } else { result };
    result as c_int
}

replace! {
    /// chmod(2).
    fn chmod(path: *const c_char, mode: mode_t) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let call = unsafe { system_call!(SYS_fchmodat, AT_FDCWD, path, mode) };
        let flags = ::libc::O_PATH | ::libc::O_CLOEXEC;
        // SAFETY: the caller's contract; of descriptors it only makes a new one.
        let open = unsafe { system_call!(SYS_openat, AT_FDCWD, path, flags) };
        make(call, || {
            let file = c_int::try_from(open.make()).unwrap_or(-1);
            // SAFETY: the new descriptor is ours.
            let file = (file >= 0).then(|| unsafe { OwnedFd::from_raw_fd(file) });
            file.is_some_and(|file| is_own(::rustix::fd::AsFd::as_fd(&file)))
        })
    }

    /// fchmod(2).
    fn fchmod(file: c_int, mode: mode_t) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let call = unsafe { system_call!(SYS_fchmod, file, mode) };
        // SAFETY: the caller's contract.
        make(call, || unsafe { borrow(file) }.is_some_and(is_own))
    }

    /// futimens(3).
    fn futimens(file: c_int, times: *const timespec) -> c_int {
        // SAFETY: the caller's contract; the call changes no memory and no descriptor.
        let call = unsafe { system_call!(SYS_utimensat, file, 0_usize, times, 0_usize) };
        // SAFETY: the caller's contract.
        make(call, || unsafe { borrow(file) }.is_some_and(is_own))
    }
}
