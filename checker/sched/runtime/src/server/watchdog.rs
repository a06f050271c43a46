//! The watchdog: looks now and then whether a run gets on, from outside its processes.
//!
//! Time matters here, and only here: a task that computes without reaching a point, is blocked
//! in a call that is not controlled, or takes too much memory cannot say so itself. CPU time is
//! counted where possible, so that a busy machine makes no difference.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rustix::process::Signal;
use rustix::time::ClockId;
use sched_model::engine::world::{Ending, NONE, World};
use sched_model::limits::{
    BLOCKED_ON_DISK, BLOCKED_OUTSIDE, CPU_WITHOUT_POINT, CPU_WITHOUT_POINT_IN_EXERCISE, Excess,
    MEMORY_PER_RUN, MEMORY_PER_RUN_OF_EXERCISE, TICK, TIMES_IF_WATCHED,
};
use sched_segment::baton::Word;
use sched_segment::os::disk::Disk;
use sched_segment::os::proc::{Stat, processes_of_all, read_proc};
use sched_segment::os::{single_steps, sys};
use sched_segment::segment::Segment;

/// One look in this many, that is one every fifth of a second, is a thorough one.
const LOOK_CLOSELY: u32 = 10;
/// Processes of a run that are no tasks.
const MAX_PROCESSES: u64 = 256;
/// CPU time without a point after which a task makes single steps: whether it comes back to where it
/// was decides what is said of it, whenever that is found.
const COMPUTES: Duration = Duration::from_millis(60);
/// How many of them, after that time.
const STEPS: u32 = 1000;
/// With every so many processes the memory of all is looked at less often: each look at it takes time.
const MANY: u32 = 64;

/// What the watchdog saw.
pub enum Trouble {
    /// The task computes for ever.
    Computes(u32),
    /// The run takes too much memory; the task runs.
    Memory(u32),
    /// The task is blocked in something that is not controlled, or the run has too much of something.
    Outside(u32, Reason),
}

/// A short text without allocation.
pub struct Reason {
    bytes: [u8; 96],
    len: usize,
}

impl Reason {
    fn new(parts: [&str; 2]) -> Self {
        let mut reason = Self {
            bytes: [0; 96],
            len: 0,
        };
        parts.iter().for_each(|part| reason.push(part));
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
    /// What it computed. Of code that counts nothing there is no other limit than its time.
    blocks: u64,
}

/// Looks at a run at each tick.
pub struct Watchdog {
    /// The process group of the run.
    group: i32,
    looks: u32,
    /// Processes in the system at the first look.
    processes: Option<u64>,
    disk: Disk,
    /// When the run began.
    began: Duration,
    /// CPU time of the processes that had ended by the first look.
    ended: Option<Duration>,
    seen: Seen,
    /// CPU time of the task when it was first seen at this point.
    cpu: Duration,
    /// How long it did not even want to run since then.
    blocked: Duration,
    /// How long it waited for the kernel since then.
    on_disk: Duration,
    /// When it was last looked at.
    at: Duration,
    /// CPU time after which it makes single steps.
    patience: Duration,
}

impl Watchdog {
    /// A watch that has seen nothing of the run in this process group.
    #[must_use]
    pub fn new(group: i32) -> Self {
        single_steps::forget();
        Self {
            group,
            looks: 0,
            processes: None,
            disk: Disk::default(),
            began: now(),
            ended: None,
            seen: Seen::default(),
            cpu: Duration::ZERO,
            blocked: Duration::ZERO,
            on_disk: Duration::ZERO,
            at: now(),
            patience: COMPUTES,
        }
    }

    /// Whether the last look was a tick ago. Time alone decides only when to look.
    #[must_use]
    pub fn is_due(&self) -> bool {
        now().saturating_sub(self.at) >= TICK / 2
    }

    /// Looks once.
    pub fn look(&mut self, segment: &Segment) -> Option<Trouble> {
        let turn = segment.baton().turn.load();
        self.looks += 1;
        let tasks = segment.pids().filter(|&pid| pid != 0).count();
        let tasks = u32::try_from(tasks).unwrap_or(u32::MAX);
        let total = match self.looks.is_multiple_of(1 + tasks / MANY) {
            true => memory_of_all(segment, rough_memory),
            false => 0,
        };
        let most = match is_bounded(segment) {
            true => MEMORY_PER_RUN_OF_EXERCISE,
            false => MEMORY_PER_RUN,
        };
        // Memory that a parent and its children share counts only once; to find that out is slow.
        if total > most
            && self.looks.is_multiple_of(LOOK_CLOSELY)
            && memory_of_all(segment, exact_memory) > most
        {
            return Some(Trouble::Memory(turn));
        }
        if self.disk.is_full(segment.pids()) {
            return too_much(turn, &Excess::Disk.text());
        }
        if self.computes_too_long(segment) {
            return too_much(turn, &Excess::Time.text());
        }
        let all = processes_of_all().unwrap_or(0);
        let before = *self.processes.get_or_insert(all);
        let most = MAX_PROCESSES + u64::from(tasks);
        if all > before + most && processes_of(self.group) > most {
            return too_much(turn, &Excess::Processes.text());
        }
        self.look_at_task(segment, turn)
    }

    /// Whether the run takes more CPU time than its check has left. It is added up only once so much
    /// time has passed at all.
    fn computes_too_long(&mut self, segment: &Segment) -> bool {
        let of_server = Stat::of(rustix::process::getpid().as_raw_pid());
        let ended = of_server.map_or(Duration::ZERO, |it| it.of_children);
        let before = *self.ended.get_or_insert(ended);
        let left = Duration::from_millis(segment.cpu_left.load(Ordering::Relaxed).into());
        if now().saturating_sub(self.began) < left {
            return false;
        }
        let living = segment.pids().filter_map(sys::cpu_of);
        ended.saturating_sub(before) + living.sum::<Duration>() >= left
    }

    /// Looks whether the task that has the baton gets on.
    fn look_at_task(&mut self, segment: &Segment, turn: u32) -> Option<Trouble> {
        // `/proc/TID` of a thread tells its state, its system call, and the CPU time of its
        // process; no other thread of that process computes meanwhile.
        let pid = segment.real_id(turn);
        if single_steps::found() {
            return Some(Trouble::Computes(turn));
        }
        let computing = &segment.computing;
        if computing.is_over() {
            return too_much(turn, &Excess::computed(computing.total()));
        }
        // A task whose process does not exist gets on no better than one that is blocked.
        let status = Stat::of(pid).unwrap_or(Stat {
            state: b'X',
            cpu: self.cpu,
            of_children: Duration::ZERO,
        });
        let seen = Seen {
            turn,
            progress: segment.progress.load(Ordering::Relaxed),
            blocks: computing.total(),
        };
        let since = std::mem::replace(&mut self.at, now());
        if seen != self.seen || computing.is_paused() {
            self.seen = seen;
            self.cpu = status.cpu;
            self.blocked = Duration::ZERO;
            self.on_disk = Duration::ZERO;
            self.patience = COMPUTES;
            return None;
        }
        let most = if is_bounded(segment) {
            CPU_WITHOUT_POINT_IN_EXERCISE
        } else {
            CPU_WITHOUT_POINT
        };
        let slower = match segment.watched.load(Ordering::Relaxed) {
            0 => 1,
            _ => TIMES_IF_WATCHED,
        };
        let computed = status.cpu.saturating_sub(self.cpu);
        if computed >= most * slower {
            return too_much(turn, &Excess::Time.text());
        }
        if status.state == b'R' && computed >= self.patience {
            // Twice as many after twice the time: they never take more than a share of it.
            let steps = STEPS * computed.as_millis() as u32 / COMPUTES.as_millis() as u32;
            single_steps::try_some(pid, steps);
            self.patience = computed * 2;
        }
        // A task that only waits for a core is in state R, so neither a busy machine nor a pause
        // between two looks counts against it.
        let time = self.at.saturating_sub(since).min(TICK * 5);
        match status.state {
            b'R' => {}
            // It waits for the disk, or for the kernel in some other way that no signal can end.
            // That says something about the machine, not about the program.
            b'D' => self.on_disk += time,
            _ => self.blocked += time,
        }
        if self.blocked < BLOCKED_OUTSIDE && self.on_disk < BLOCKED_ON_DISK {
            return None;
        }
        let reason = match status.state {
            b'X' => ["the process that should run is gone", ""],
            b'T' | b't' => ["a process was stopped", ""],
            _ => ["blocked in a call that is not controlled: ", call_of(pid)],
        };
        Some(Trouble::Outside(turn, Reason::new(reason)))
    }
}

/// The run has too much of something, which the reason names.
fn too_much(turn: u32, reason: &str) -> Option<Trouble> {
    Some(Trouble::Outside(turn, Reason::new([reason, ""])))
}

/// Whether there is an end to what the check may take.
pub(super) fn is_bounded(segment: &Segment) -> bool {
    segment.cpu_left.load(Ordering::Relaxed) != u32::MAX
}

fn now() -> Duration {
    let now = rustix::time::clock_gettime(ClockId::Monotonic);
    Duration::new(
        now.tv_sec.cast_unsigned(),
        u32::try_from(now.tv_nsec).unwrap_or(0),
    )
}

/// Memory of all processes of the run, in bytes.
fn memory_of_all(segment: &Segment, memory_of: fn(i32) -> Option<u64>) -> u64 {
    segment.pids().filter_map(memory_of).sum()
}

/// Resident private memory, what was copied by fork included (proc_pid_statm(5)).
fn rough_memory(pid: i32) -> Option<u64> {
    let mut buffer = [0; 128];
    let text = read_proc(pid, "/statm", &mut buffer)?;
    let mut fields = text
        .split_ascii_whitespace()
        .skip(1)
        .filter_map(|f| f.parse::<u64>().ok());
    let (resident, shared) = (fields.next()?, fields.next()?);
    Some(resident.saturating_sub(shared) * rustix::param::page_size() as u64)
}

/// The same, a page shared by several counting in parts (proc_pid_smaps(5)).
fn exact_memory(pid: i32) -> Option<u64> {
    let mut buffer = [0; 2048];
    let exact = read_proc(pid, "/smaps_rollup", &mut buffer).and_then(|text| {
        let line = text
            .lines()
            .find_map(|line| line.strip_prefix("Pss_Anon:"))?;
        line.trim().strip_suffix(" kB")?.parse::<u64>().ok()
    });
    exact.map(|kb| kb * 1024).or_else(|| rough_memory(pid))
}

/// How many processes there are in a group, tasks of the run or not (proc_pid_stat(5)).
fn processes_of(group: i32) -> u64 {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = all.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let in_group = pids.filter(|&pid| {
        let mut buffer = [0; 1024];
        let text = read_proc(pid, "/stat", &mut buffer).unwrap_or("");
        let rest = text.rsplit_once(')').map_or("", |(_, rest)| rest);
        rest.split_ascii_whitespace()
            .nth(2)
            .and_then(|g| g.parse().ok())
            == Some(group)
    });
    in_group.count() as u64
}

/// The name of the system call that a process is blocked in.
fn call_of(pid: i32) -> &'static str {
    let mut buffer = [0; 256];
    let text = read_proc(pid, "/syscall", &mut buffer).unwrap_or("");
    let number = text
        .split_ascii_whitespace()
        .next()
        .and_then(|n| n.parse::<i64>().ok());
    let known = CALLS.iter().find(|(n, _)| Some(*n) == number);
    known.map_or("a system call", |(_, name)| name)
}

const CALLS: [(i64, &str); 14] = [
    (libc::SYS_read, "read (a pipe, a socket or a terminal)"),
    (libc::SYS_write, "write (a pipe or a socket)"),
    (libc::SYS_futex, "futex"),
    (libc::SYS_wait4, "wait"),
    (libc::SYS_waitid, "waitid"),
    (libc::SYS_accept4, "accept (a socket)"),
    (libc::SYS_recvfrom, "recv (a socket)"),
    (libc::SYS_recvmsg, "recvmsg (a socket)"),
    (libc::SYS_connect, "connect (a socket)"),
    (libc::SYS_ppoll, "poll"),
    (libc::SYS_epoll_pwait, "epoll_wait"),
    (libc::SYS_flock, "flock"),
    (libc::SYS_rt_sigsuspend, "sigsuspend"),
    (libc::SYS_clock_nanosleep, "nanosleep"),
];

/// A process that Rust's allocator aborted because memory ran out ends the run as such.
pub(crate) fn note_memory(world: &mut World, task: u32, code: i32) {
    const WORDS: &[u8] = b"memory allocation of ";
    let said = &world.text[..(world.text_len as usize).min(world.text.len())];
    let aborted = code == -Signal::ABORT.as_raw();
    if aborted && task != NONE && said.windows(WORDS.len()).any(|w| w == WORDS) {
        world.end(Ending::OutOfMemory, task);
    }
}
