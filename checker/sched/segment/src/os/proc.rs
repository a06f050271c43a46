//! What `/proc` tells about processes, read without allocating.

use std::ffi::CStr;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::process::Signal;

use crate::os::sys;

/// Reads a small file of `/proc/PID`.
pub fn read_proc<'a>(pid: i32, name: &str, buffer: &'a mut [u8]) -> Option<&'a str> {
    if pid <= 0 {
        return None;
    }
    let mut path = [0_u8; 64];
    let mut len = 0;
    let mut digits = [0_u8; 12];
    let mut at = digits.len();
    let mut rest = pid;
    while rest > 0 {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
    }
    for &byte in b"/proc/".iter().chain(&digits[at..]).chain(name.as_bytes()) {
        path[len] = byte;
        len += 1;
    }
    read(CStr::from_bytes_until_nul(&path).ok()?, buffer)
}

/// Reads a small file.
pub fn read<'a>(path: &CStr, buffer: &'a mut [u8]) -> Option<&'a str> {
    let file = rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()).ok()?;
    let n = rustix::io::read(&file, &mut *buffer).ok()?;
    std::str::from_utf8(&buffer[..n]).ok()
}

/// State and CPU time of a process, from `/proc/PID/stat` (proc_pid_stat(5)).
pub struct Stat {
    /// `R` for running, `S` for sleeping and so on.
    pub state: u8,
    /// CPU time of all its threads.
    pub cpu: Duration,
    /// CPU time of its children that it has waited for.
    pub of_children: Duration,
}

impl Stat {
    /// Of a process, if it exists.
    #[must_use]
    pub fn of(pid: i32) -> Option<Self> {
        let mut buffer = [0; 1024];
        let text = read_proc(pid, "/stat", &mut buffer)?;
        // The name, in parentheses, may contain anything.
        let rest = text.rsplit_once(')')?.1;
        let mut fields = rest.split_ascii_whitespace();
        let state = *fields.next()?.as_bytes().first()?;
        let mut ticks = fields.skip(10).map_while(|ticks| ticks.parse::<u64>().ok());
        let per_second = rustix::param::clock_ticks_per_second().max(1);
        let mut user_and_system = || {
            let ticks = ticks.next()? + ticks.next()?;
            Some(Duration::from_millis(ticks * 1000 / per_second))
        };
        Some(Self {
            state,
            cpu: user_and_system()?,
            of_children: user_and_system()?,
        })
    }
}

/// How many processes and threads there are in the whole system (proc_loadavg(5)).
#[must_use]
pub fn processes_of_all() -> Option<u64> {
    let mut buffer = [0; 128];
    let text = read(c"/proc/loadavg", &mut buffer)?;
    text.split_ascii_whitespace()
        .nth(3)?
        .split_once('/')?
        .1
        .parse()
        .ok()
}

/// Whether a process has become another program since it was forked: `PF_FORKNOEXEC` among the flags
/// of proc_pid_stat(5). `None` where that cannot be read.
#[must_use]
pub fn runs_another_program(pid: i32) -> Option<bool> {
    const PF_FORKNOEXEC: u64 = 0x40;
    let mut buffer = [0; 512];
    let (_, fields) = read_proc(pid, "/stat", &mut buffer)?.rsplit_once(')')?;
    let flags: u64 = fields.split_ascii_whitespace().nth(6)?.parse().ok()?;
    Some(flags & PF_FORKNOEXEC == 0)
}

/// Kills every child of this process, also those that left the group of the run: orphans come
/// here, because the server is their subreaper.
pub fn kill_children() {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let path = c"/proc/thread-self/children";
    let Ok(file) = rustix::fs::open(path, flags, Mode::empty()) else {
        return;
    };
    let mut buffer = [0_u8; 4096];
    let Ok(n) = rustix::io::read(&file, &mut buffer) else {
        return;
    };
    // A number cut off at the end of the buffer must not be taken for another process.
    let whole = buffer[..n].iter().rposition(|&b| b == b' ').unwrap_or(0);
    let Ok(text) = std::str::from_utf8(&buffer[..whole]) else {
        return;
    };
    for pid in text
        .split_ascii_whitespace()
        .filter_map(|p| p.parse::<i32>().ok())
    {
        sys::signal(pid, Signal::KILL.as_raw());
    }
}
