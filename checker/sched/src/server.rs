//! The fork server: what a checked program is before its main.
//!
//! Called from a constructor. When the checker started the program, the process turns into a
//! server: for every byte on its control socket it forks one child, which goes on to main as task
//! 0 of a run, supervises the run to its end, makes sure that nothing of it is left, and answers
//! with a byte. All processes of a run are children of the server (`CLONE_PARENT`), so that it
//! alone sees every exit, in order: a process that exits still has the baton, and only when it is
//! really gone, with its descriptors and its memory, does the server give the baton to the next.
//!
//! When the checker dies, the server kills the run, removes the scratch folder, which is its
//! working directory, and the folder around it, and exits: it gets end of file on the socket, or SIGTERM by
//! `PR_SET_PDEATHSIG`.

use std::os::fd::OwnedFd;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rustix::io::Errno;
use rustix::net::RecvFlags;
use rustix::process::{Pid, Resource, Rlimit, Signal, WaitOptions};

use crate::baton::{SUPERVISOR, Word};
use crate::claims::MAX_EXITS;
use crate::death;
use crate::decide::Next;
use crate::domain::Domain;
use crate::kernel::{self, status_code};
use crate::limits::{FILE_SIZE, MAX_TASKS, MEMORY_PER_PROCESS, MORE_PROCESSES, TICK};
use crate::segment::{Mapping, Segment};
use crate::sys::{self, Forked};
use crate::watch::{Trouble, Watch};
use crate::world::{Ending, NONE};

/// The environment variable that makes a program a server.
pub const VARIABLE: &str = "COURSE_FORK_SERVER";
/// The exit status of a server that does not know the memory it was given.
pub(crate) const REFUSED: i32 = 2;
const VARIABLE_C: &std::ffi::CStr = c"COURSE_FORK_SERVER";

/// If the checker started this program: serves until the checker is done and exits; returns only
/// in the processes that go on to main. Otherwise does nothing.
pub fn enter() {
    if !sys::take_variable(VARIABLE_C) {
        return;
    }
    let Some((segment, control, domain)) = prepare() else {
        eprintln!("this program was started as a part of `course check`, but not by it");
        sys::leave(REFUSED);
    };
    loop {
        let mut command = [0_u8];
        match rustix::io::read(&control, &mut command) {
            Ok(1) => {}
            Err(Errno::INTR) if !orphaned(segment) => continue,
            _ => leave(),
        }
        let mut exits = Exits::default();
        if run(segment, &control, domain.as_ref(), &mut exits) == Role::Task {
            return;
        }
        if orphaned(segment) || !exits.tell(&control) {
            leave();
        }
    }
}

/// Who returns from [`run`].
#[derive(PartialEq, Eq)]
enum Role {
    Server,
    Task,
}

/// Takes over the descriptors the checker passed as standard ones, and restricts this process.
fn prepare() -> Option<(&'static Segment, OwnedFd, Option<Domain>)> {
    let segment = Mapping::open(rustix::stdio::stdout()).ok()?.forever();
    let control = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3).ok()?;
    let flags = rustix::fs::OFlags::RDWR;
    let null = rustix::fs::open(c"/dev/null", flags, rustix::fs::Mode::empty()).ok()?;
    for standard in 0..3 {
        sys::put_standard(&null, standard);
    }
    rustix::process::set_parent_process_death_signal(Some(Signal::TERM)).ok()?;
    rustix::process::set_child_subreaper(Some(rustix::process::getpid())).ok()?;
    if orphaned(segment) {
        leave();
    }
    if let Ok(core) = usize::try_from(segment.core.load(Ordering::Relaxed)) {
        crate::host::stay_on(core);
    }
    restrict();
    let contained = segment.contained.load(Ordering::Relaxed) == 1;
    let domain = contained.then(Domain::prepare).flatten();
    // However many processes a program makes, they must not keep the supervisor from looking.
    sys::prefer_short_slices();
    let _own_group = rustix::process::setpgid(None, None);
    sys::interrupting(Signal::TERM, true);
    sys::interrupting(Signal::ALARM, true);
    sys::alarm_every(TICK);
    kernel::learn_stack();
    sys::one_heap();
    // Takes a moment, in which the checker may be killed: from here on, what is left is tidied up.
    crate::huge::code();
    Some((segment, control, domain))
}

/// Whether the checker is gone.
fn orphaned(segment: &Segment) -> bool {
    let parent = rustix::process::getppid().map_or(0, Pid::as_raw_pid);
    parent != segment.host.load(Ordering::Relaxed)
}

fn restrict() {
    let limit = |most: u64| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    let _ = rustix::process::setrlimit(Resource::As, limit(MEMORY_PER_PROCESS));
    let _ = rustix::process::setrlimit(Resource::Core, limit(0));
    let _ = rustix::process::setrlimit(Resource::Fsize, limit(FILE_SIZE));
    // All processes of a user count, so what there is comes on top. Does nothing for root.
    if let Some(there) = crate::watch::processes_of_all() {
        let _ = rustix::process::setrlimit(Resource::Nproc, limit(there + MORE_PROCESSES));
    }
}

fn leave() -> ! {
    if let Ok(scratch) = std::env::current_dir()
        && scratch
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with(crate::host::SCRATCH))
    {
        let _ = std::fs::remove_dir_all(&scratch);
        // The checker's own, with nothing else in it.
        let _ = scratch.parent().map(std::fs::remove_dir);
    }
    sys::leave(0)
}

/// One schedule: in the server until nothing of it is left, in the task until main.
fn run(
    segment: &'static Segment,
    control: &OwnedFd,
    domain: Option<&Domain>,
    exits: &mut Exits,
) -> Role {
    // SAFETY: no process of a run exists, and the checker waits for the answer.
    let world = unsafe { segment.world() };
    segment.reset(world.task_count as usize);
    world.begin();
    let main = world.add_task(NONE, "main", false, NONE).unwrap_or(0);
    world.task_mut(main).state = crate::world::state::RUNNING;
    world.record(main, crate::world::Kind::Begin, NONE, 0, 0);
    let _first = segment.baton().pass(SUPERVISOR, main);
    let pid = match sys::clone(false) {
        Ok(Forked::Child) => {
            become_main(segment, main, domain);
            return Role::Task;
        }
        Ok(Forked::Parent(pid)) => pid,
        Err(_) => {
            world.give_up(NONE, "the system allows no more processes");
            return Role::Server;
        }
    };
    segment.pids[main as usize].store(pid, Ordering::Release);
    let mut supervisor = Supervisor {
        segment,
        control,
        group: pid,
        watch: Watch::new(pid),
        exits,
    };
    supervisor.supervise();
    supervisor.clean_up();
    Role::Server
}

fn become_main(segment: &'static Segment, main: u32, domain: Option<&Domain>) {
    let _own_group = rustix::process::setpgid(None, None);
    crate::process::die_with_parent();
    sys::interrupting(Signal::TERM, false);
    sys::interrupting(Signal::ALARM, false);
    domain.inspect(|domain| domain.enter());
    sys::close_inherited();
    kernel::attach(segment, main, 0, true);
    segment.baton().await_turn(main);
}

/// Sees a run to its end.
struct Supervisor<'a> {
    segment: &'static Segment,
    /// Open as long as the checker wants this run.
    control: &'a OwnedFd,
    /// The process group of the run.
    group: i32,
    watch: Watch,
    exits: &'a mut Exits,
}

/// How processes of a run ended, as the kernel says, in memory that no run can reach.
struct Exits {
    codes: [i32; MAX_EXITS],
    count: usize,
}

impl Default for Exits {
    fn default() -> Self {
        Self {
            codes: [0; MAX_EXITS],
            count: 0,
        }
    }
}

impl Exits {
    /// Notes what `wait` told of a child that ended.
    fn note(&mut self, status: u32) {
        if let Some(code) = self.codes.get_mut(self.count) {
            *code = status_code(status);
        }
        self.count += 1;
    }

    /// Answers the checker: how many there were, and the codes of the first ones.
    fn tell(&self, control: &OwnedFd) -> bool {
        let mut bytes = [0; 4 + 4 * MAX_EXITS];
        let count = u32::try_from(self.count).unwrap_or(u32::MAX);
        let codes = &self.codes[..self.count.min(MAX_EXITS)];
        let words = codes.iter().map(|code| code.to_le_bytes());
        let words = std::iter::once(count.to_le_bytes()).chain(words);
        let mut len = 0;
        for (place, word) in bytes.as_chunks_mut().0.iter_mut().zip(words) {
            *place = word;
            len += 4;
        }
        let mut rest = &bytes[..len];
        while !rest.is_empty() {
            match rustix::io::write(control, rest) {
                Ok(0) => return false,
                Ok(sent) => rest = &rest[sent..],
                Err(Errno::INTR) => {}
                Err(_) => return false,
            }
        }
        true
    }
}

impl Supervisor<'_> {
    fn supervise(&mut self) {
        loop {
            match rustix::process::wait(WaitOptions::empty()) {
                Ok(Some((pid, status))) => {
                    self.exits.note(status.as_raw().cast_unsigned());
                    if self.died(pid.as_raw_pid(), status.as_raw().cast_unsigned()) {
                        return;
                    }
                }
                Err(Errno::INTR) => {}
                // No child is left although the run did not end: the tasks are gone.
                _ => return self.note_end(Ending::Finished),
            }
            // An alarm interrupts the waiting, but there may always be another death to see.
            if self.watch.is_due() && self.look() {
                return;
            }
        }
    }

    /// Looks whether the run gets on. Returns whether it is over.
    fn look(&mut self) -> bool {
        if self.abandoned() {
            self.clean_up();
            leave();
        }
        if self.holds_baton() && self.go_on(NONE) {
            return true;
        }
        let trouble = self.watch.look(self.segment);
        let is_over = trouble.is_some();
        if let Some(trouble) = trouble {
            self.clean_up();
            self.note_trouble(trouble);
        }
        is_over
    }

    /// A process died. Returns whether the run is over.
    fn died(&self, pid: i32, status: u32) -> bool {
        let pids = &self.segment.pids[..MAX_TASKS];
        let Some(task) = pids.iter().position(|p| p.load(Ordering::Acquire) == pid) else {
            // An orphan of a process that the scheduler does not know.
            return false;
        };
        let id = u32::try_from(task).unwrap_or(NONE);
        let waiting = self.holds_baton();
        let turn = self.segment.baton().turn.load();
        let mine = self.note_death(id, status);
        pids[task].store(0, Ordering::Release);
        if !mine {
            // Seen when it matters: when it is this task's turn, or nobody else can go on.
            return waiting && self.go_on(NONE);
        }
        // SAFETY: `note_death` gave the baton to the supervisor.
        let world = unsafe { self.segment.world() };
        if world.over() {
            return true;
        }
        world.process_exited(id, status_code(status));
        // Of a process's threads, it is the one that ran.
        world.note_memory(turn, status_code(status));
        self.go_on(id)
    }

    /// Notes the death of a process, which is that of all its threads. Returns whether that gave
    /// the supervisor the baton.
    fn note_death(&self, leader: u32, status: u32) -> bool {
        // Each must be noted, whoever had the baton.
        let mut mine = false;
        for task in self.segment.threads_of(leader).chain([leader]) {
            mine |= self.segment.baton().note_death(task, status);
        }
        mine
    }

    /// Gives the baton, which the supervisor has, to the next task. Returns whether the run is over.
    fn go_on(&self, mut holder: u32) -> bool {
        loop {
            // SAFETY: the supervisor has the baton.
            let world = unsafe { self.segment.world() };
            match world.decide(holder) {
                Next::Over if !death::is_stuck(world) => return true,
                // It keeps the baton until that death was seen, or the next look.
                Next::Over if death::somebody_dies(self.segment, world, NONE) => return false,
                Next::Over if !death::reopen(self.segment, world) => return true,
                Next::Over => {}
                Next::Task(next) if death::hand_over(self.segment, SUPERVISOR, next) => {
                    return false;
                }
                Next::Task(dead) => holder = dead,
            }
        }
    }

    fn holds_baton(&self) -> bool {
        self.segment.baton().turn.load() == SUPERVISOR
    }

    /// Whether the checker does not want this run any more, or is gone.
    fn abandoned(&self) -> bool {
        let flags = RecvFlags::PEEK | RecvFlags::DONTWAIT;
        let mut byte = [0_u8];
        let closed = rustix::net::recv(self.control, &mut byte, flags).is_ok_and(|(n, _)| n == 0);
        closed || orphaned(self.segment)
    }

    fn note_end(&self, ending: Ending) {
        // SAFETY: no process of the run is left.
        let world = unsafe { self.segment.world() };
        world.end(ending, NONE);
    }

    fn note_trouble(&self, trouble: Trouble) {
        // SAFETY: `clean_up` was called: no process of the run is left.
        let world = unsafe { self.segment.world() };
        match trouble {
            Trouble::Computes(task) => world.end(Ending::EndlessLoop, task),
            Trouble::Memory(task) => world.end(Ending::OutOfMemory, task),
            Trouble::Outside(task, reason) => world.give_up(task, reason.as_str()),
        }
    }

    /// Kills whatever is left of the run and waits until it is gone.
    fn clean_up(&mut self) {
        if let Some(group) = Pid::from_raw(self.group)
            && bury_the_dead(self.exits)
        {
            let mut more = true;
            while more {
                // Killing a group is one step for the kernel: nobody in it can fork meanwhile.
                let _ = rustix::process::kill_process_group(group, Signal::KILL);
                crate::watch::kill_children();
                more = bury_the_dead(self.exits);
                if more {
                    rest(Duration::from_micros(200));
                }
            }
        }
        for pid in &self.segment.pids {
            pid.store(0, Ordering::Release);
        }
    }
}

/// Waits for all children that are dead by now. Returns whether there are more children.
fn bury_the_dead(exits: &mut Exits) -> bool {
    loop {
        match rustix::process::wait(WaitOptions::NOHANG) {
            Ok(Some((_, status))) => exits.note(status.as_raw().cast_unsigned()),
            Err(Errno::INTR) => {}
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

/// Sleeps for real, whatever the checked program made of sleeping.
pub(crate) fn rest(time: Duration) {
    let time = rustix::time::Timespec {
        tv_sec: 0,
        tv_nsec: time.subsec_nanos().into(),
    };
    let _early = rustix::thread::nanosleep(&time);
}
