//! What `/proc` tells about the processes of a run: with the ids that they have under check.
//!
//! On the way there, in names, virtual ids become the system's; on the way back, in texts and links,
//! those of the run's tasks become virtual again, whatever they stand for. All other numbers are
//! the system's.
//!
//! Of a file that lies there, by whatever name it was opened, a program gets the text, and never the
//! file itself: of some (`mem`, for one) the rest is what the scheduler keeps in the program's memory,
//! which schedule it is, for one.
//!
//! # Safety
//!
//! See [`interpose`](super).

use ::real::ffi::{CStr, CString};
use ::real::prelude::rust_2024::*;

use ::libc::{DIR, c_char, c_int, size_t, ssize_t};
use ::libc::{EACCES, O_ACCMODE, O_DIRECTORY, O_PATH, O_RDONLY};
use ::rustix::fd::{AsFd, AsRawFd, BorrowedFd, IntoRawFd};
use ::rustix::fs::{FileType, MemfdFlags, PROC_SUPER_MAGIC, SeekFrom, Stat};
use ::sched_runtime::{attached, ids};

use super::marks;
use super::system::fail;

/// The folder itself.
const PROC: &[u8] = b"/proc/";
/// What lies there and is about the machine, rather than about who does what on it.
const OF_MACHINE: [&[u8]; 6] = [
    b"cpuinfo",
    b"filesystems",
    b"meminfo",
    b"sys",
    b"uptime",
    b"version",
];
/// How names end, in a process's own folder, of what tells numbers of files that the server has, too.
const OF_SERVER: [&[u8]; 3] = [b"fdinfo", b"maps", b"net"];
/// The most of a text that a program gets.
const LONGEST: usize = 1 << 20;
/// What is read at once.
const PART: usize = 1 << 12;

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

/// Whether an open file lies in `/proc`.
fn is_of_proc(file: BorrowedFd<'_>) -> bool {
    ::rustix::fs::fstatfs(file).is_ok_and(|about| about.f_type == PROC_SUPER_MAGIC)
}

/// Whether one that lies there has something to say.
fn is_text(file: BorrowedFd<'_>) -> bool {
    let is_file = |about: Stat| FileType::from_raw_mode(about.st_mode) == FileType::RegularFile;
    ::rustix::fs::fstat(file).is_ok_and(is_file)
}

/// Whether one that lies there tells of what is not of this run, as the list of all processes does:
/// the server's numbers, and those of what it made, go on from schedule to schedule.
fn tells_of_others(file: BorrowedFd<'_>) -> bool {
    let link = ::real::format!("/proc/self/fd/{}", file.as_raw_fd());
    let path = ::rustix::fs::readlink(link, Vec::new());
    let path = path.map(|path| path.into_bytes()).unwrap_or_default();
    let Some(name) = path.strip_prefix(PROC) else {
        return true;
    };
    let mut parts = name.split(|byte| *byte == b'/');
    let first = parts.next().unwrap_or_default();
    let process = str::from_utf8(first).ok().and_then(|it| it.parse().ok());
    let hides = |part: &[u8]| OF_SERVER.iter().any(|it| part.ends_with(it));
    match process {
        // The list of threads has the system's numbers, which go on, too.
        Some(process) => !ids::is_of_run(process) || parts.any(hides) || name.ends_with(b"/task"),
        None => !OF_MACHINE.contains(&first),
    }
}

/// What it says, as the program is to see it, in a file in memory.
fn told(file: BorrowedFd<'_>) -> Option<c_int> {
    let (mut text, mut part) = (Vec::new(), [0; PART]);
    while text.len() < LONGEST
        && let Ok(more @ 1..) = ::rustix::io::pread(file, &mut part, text.len() as u64)
    {
        text.extend_from_slice(&part[..more]);
    }
    let text = seen(&text);
    let memory = ::rustix::fs::memfd_create(c"proc", MemfdFlags::CLOEXEC).ok()?;
    let mut left = &text[..];
    while !left.is_empty() {
        let written = ::rustix::io::write(memory.as_fd(), left).ok()?;
        left = &left[written..];
    }
    ::rustix::fs::seek(memory.as_fd(), SeekFrom::Start(0)).ok()?;
    Some(memory.into_raw_fd())
}

/// What openat(2) is to return in place of `fd`, which it returned.
///
/// # Safety
///
/// `fd` is negative, or open and nobody else uses it; if another one is returned, it is closed.
pub(super) unsafe fn opened(fd: c_int, flags: c_int) -> c_int {
    if fd < 0 || !attached::controlled() {
        return fd;
    }
    // SAFETY: open, by the caller's promise, while this is in use.
    let file = unsafe { BorrowedFd::borrow_raw(fd) };
    if !is_of_proc(file) {
        return fd;
    }
    let is_hidden = marks::hidden() && tells_of_others(file);
    if !is_hidden && (flags & (O_DIRECTORY | O_PATH) != 0 || !is_text(file)) {
        return fd;
    }
    let text = (!is_hidden && flags & O_ACCMODE == O_RDONLY).then(|| told(file));
    // SAFETY: nobody else uses it, by the caller's promise, and nobody will.
    unsafe { system_call!(SYS_close, fd) }.make();
    text.flatten().unwrap_or_else(|| fail(EACCES) as c_int)
}

replace! {
    /// opendir(3): a folder is opened as any file is.
    fn opendir(path: *const c_char) -> *mut DIR {
        // SAFETY: the caller's contract.
        let real = unsafe { real_name(path) };
        let path = real.as_ref().map_or(path, |real| real.as_ptr());
        let flags = O_RDONLY | O_DIRECTORY | ::libc::O_CLOEXEC;
        // SAFETY: the caller's contract, or a string of our own; of descriptors the call only makes
        // a new one.
        let open = unsafe { system_call!(SYS_openat, ::libc::AT_FDCWD, path, flags) };
        // SAFETY: it is new, and nobody knows it yet.
        let fd = unsafe { opened(open.make() as c_int, flags) };
        if fd < 0 {
            return ::real::ptr::null_mut();
        }
        // SAFETY: a folder that is open, which nobody else uses.
        unsafe { ::libc::fdopendir(fd) }
    }

    /// readlink(2).
    fn readlink(path: *const c_char, buffer: *mut c_char, size: size_t) -> ssize_t {
        if !attached::controlled() {
            // SAFETY: the caller's contract; the call changes no other memory and no descriptor.
            let read = unsafe {
                system_call!(SYS_readlinkat, ::libc::AT_FDCWD, path, buffer, size)
            };
            return read.make() as ssize_t;
        }
        // SAFETY: the caller's contract.
        let real = unsafe { real_name(path) };
        let name = real.as_ref().map_or(path, |real| real.as_ptr());
        let mut text = vec![0_u8; PART];
        let (to, room) = (text.as_mut_ptr(), text.len());
        // SAFETY: the name ends with a zero, and there is so much room; nothing else is changed.
        let read = unsafe {
            system_call!(SYS_readlinkat, ::libc::AT_FDCWD, name, to, room)
        }
        .make();
        let Ok(length) = usize::try_from(read) else {
            return read as ssize_t;
        };
        text.truncate(length);
        let text = marks::renumbered(if real.is_some() { seen(&text) } else { text });
        let length = text.len().min(size);
        // SAFETY: so many bytes may be written there by the caller's contract, and the text is ours.
        unsafe { ::real::ptr::copy_nonoverlapping(text.as_ptr(), buffer.cast(), length) };
        length.cast_signed()
    }
}
