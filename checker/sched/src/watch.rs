//! The watchman: looks now and then whether a run gets on, from outside its processes.
//!
//! Time matters here, and only here: a task that computes without reaching a point, is blocked
//! in a call that is not controlled, or takes too much memory cannot say so itself. CPU time is
//! counted where possible, so that a busy machine makes no difference.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rustix::fs::{Mode, OFlags};
use rustix::process::Signal;
use rustix::time::ClockId;

use crate::baton::Word;
use crate::limits::{BLOCKED_OUTSIDE, CPU_WITHOUT_POINT, MAX_TASKS, MEMORY_PER_RUN};
use crate::segment::Segment;
use crate::world::{Ending, NONE, World};

/// What the watchman saw.
pub enum Trouble {
    /// The task computes beyond the limit without a point.
    Computes(u32),
    /// The run takes too much memory; the task runs.
    Memory(u32),
    /// The task is blocked in something that is not controlled.
    Outside(u32, Reason),
}

/// A short text without allocation.
pub struct Reason {
    bytes: [u8; 96],
    len: usize,
}

impl Reason {
    fn new(call: &str) -> Self {
        let mut reason = Self { bytes: [0; 96], len: 0 };
        reason.push("blocked in a call that is not controlled: ");
        reason.push(call);
        reason
    }

    fn push(&mut self, text: &str) {
        for &byte in text.as_bytes() {
            if let Some(slot) = self.bytes.get_mut(self.len) {
                *slot = byte;
                self.len += 1;
            }
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("blocked in a call")
    }
}

/// What is known of the task that runs.
#[derive(Clone, Copy, Default, PartialEq)]
struct Seen {
    turn: u32,
    progress: u32,
}

/// Looks at a run at each tick.
pub struct Watch {
    seen: Seen,
    /// CPU time of the task when it was first seen at this point.
    cpu: Duration,
    /// Wall time then.
    since: Duration,
}

impl Default for Watch {
    fn default() -> Self {
        Self::new()
    }
}

impl Watch {
    /// A watch that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self { seen: Seen::default(), cpu: Duration::ZERO, since: now() }
    }

    /// Looks once.
    pub fn look(&mut self, segment: &Segment) -> Option<Trouble> {
        let turn = segment.baton().turn.load();
        if let Some(total) = memory_of_all(segment)
            && total > MEMORY_PER_RUN
        {
            return Some(Trouble::Memory(turn));
        }
        let pid = segment.pids.get(turn as usize)?.load(Ordering::Acquire);
        let status = Status::of(pid)?;
        let seen = Seen { turn, progress: segment.progress.load(Ordering::Relaxed) };
        if seen != self.seen {
            *self = Self { seen, cpu: status.cpu, since: now() };
            return None;
        }
        let computed = status.cpu.saturating_sub(self.cpu);
        let waited = now().saturating_sub(self.since);
        if computed >= CPU_WITHOUT_POINT {
            return Some(Trouble::Computes(turn));
        }
        // A task that only waits for a core is in state R, so a busy machine is no reason.
        if computed < waited / 10 && status.state != b'R' && waited >= BLOCKED_OUTSIDE {
            return Some(Trouble::Outside(turn, Reason::new(call_of(pid))));
        }
        None
    }
}

fn now() -> Duration {
    let now = rustix::time::clock_gettime(ClockId::Monotonic);
    Duration::new(now.tv_sec.cast_unsigned(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// State and CPU time of a process, from `/proc/PID/stat` (proc_pid_stat(5)).
struct Status {
    state: u8,
    cpu: Duration,
}

impl Status {
    fn of(pid: i32) -> Option<Self> {
        let mut buffer = [0; 1024];
        let text = read_proc(pid, "/stat", &mut buffer)?;
        // The name, in parentheses, may contain anything.
        let rest = text.rsplit_once(')')?.1;
        let mut fields = rest.split_ascii_whitespace();
        let state = *fields.next()?.as_bytes().first()?;
        let ticks = |field: Option<&str>| field.and_then(|t| t.parse::<u64>().ok());
        let user = ticks(fields.nth(10))?;
        let system = ticks(fields.next())?;
        let per_second = rustix::param::clock_ticks_per_second().max(1);
        Some(Self { state, cpu: Duration::from_millis((user + system) * 1000 / per_second) })
    }
}

/// Reads a small file of `/proc/PID`.
fn read_proc<'a>(pid: i32, name: &str, buffer: &'a mut [u8]) -> Option<&'a str> {
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
    let path = std::ffi::CStr::from_bytes_until_nul(&path).ok()?;
    let file = rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()).ok()?;
    let n = rustix::io::read(&file, &mut *buffer).ok()?;
    std::str::from_utf8(&buffer[..n]).ok()
}

/// Resident memory of all processes of the run, in bytes (proc_pid_statm(5)).
fn memory_of_all(segment: &Segment) -> Option<u64> {
    let page = rustix::param::page_size() as u64;
    let mut total = 0;
    for pid in &segment.pids[..MAX_TASKS] {
        let pid = pid.load(Ordering::Acquire);
        let mut buffer = [0; 128];
        if let Some(text) = read_proc(pid, "/statm", &mut buffer) {
            let mut fields = text.split_ascii_whitespace();
            let mut pages = || fields.next().and_then(|f| f.parse::<u64>().ok()).unwrap_or(0);
            let (_size, resident, shared) = (pages(), pages(), pages());
            total += resident.saturating_sub(shared) * page;
        }
    }
    Some(total)
}

/// The name of the system call that a process is blocked in.
fn call_of(pid: i32) -> &'static str {
    let mut buffer = [0; 256];
    let text = read_proc(pid, "/syscall", &mut buffer).unwrap_or("");
    let number = text.split_ascii_whitespace().next().and_then(|n| n.parse::<i64>().ok());
    let known = CALLS.iter().find(|(n, _)| Some(*n) == number);
    known.map_or("a system call", |(_, name)| name)
}

const CALLS: [(i64, &str); 14] = [
    (libc::SYS_read, "read"),
    (libc::SYS_write, "write"),
    (libc::SYS_futex, "futex"),
    (libc::SYS_wait4, "wait"),
    (libc::SYS_waitid, "waitid"),
    (libc::SYS_accept4, "accept"),
    (libc::SYS_recvfrom, "recv"),
    (libc::SYS_recvmsg, "recvmsg"),
    (libc::SYS_connect, "connect"),
    (libc::SYS_ppoll, "poll"),
    (libc::SYS_epoll_pwait, "epoll_wait"),
    (libc::SYS_flock, "flock"),
    (libc::SYS_rt_sigsuspend, "sigsuspend"),
    (libc::SYS_clock_nanosleep, "nanosleep"),
];

/// Kills every child of this process, also those that left the group of the run: orphans come
/// here, because the server is their subreaper.
pub fn kill_children() {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC;
    let path = c"/proc/thread-self/children";
    let Ok(file) = rustix::fs::open(path, flags, Mode::empty()) else { return };
    let mut buffer = [0_u8; 4096];
    let Ok(n) = rustix::io::read(&file, &mut buffer) else { return };
    // A number cut off at the end of the buffer must not be taken for another process.
    let whole = buffer[..n].iter().rposition(|&b| b == b' ').unwrap_or(0);
    let Ok(text) = std::str::from_utf8(&buffer[..whole]) else { return };
    for pid in text.split_ascii_whitespace().filter_map(|p| p.parse::<i32>().ok()) {
        crate::sys::signal(pid, Signal::KILL.as_raw());
    }
}

impl World {
    /// A process that Rust's allocator aborted because memory ran out ends the run as such.
    pub(crate) fn note_memory(&mut self, task: u32, code: i32) {
        const WORDS: &[u8] = b"memory allocation of ";
        let said = &self.text[..(self.text_len as usize).min(self.text.len())];
        let aborted = code == -Signal::ABORT.as_raw();
        if aborted && task != NONE && said.windows(WORDS.len()).any(|w| w == WORDS) {
            self.end(Ending::OutOfMemory, task);
        }
    }
}
