//! Sees a run to its end: each exit in order, what goes wrong on the way, and that nothing is left.

use std::os::fd::OwnedFd;
use std::sync::atomic::{AtomicI32, Ordering};
use std::time::Duration;

use rustix::io::Errno;
use rustix::net::RecvFlags;
use rustix::process::{Pid, Signal, WaitOptions};
use sched_model::engine::decide::Next;
use sched_model::engine::world::{Ending, NONE};
use sched_segment::baton::{SUPERVISOR, Word};
use sched_segment::hand_over;
use sched_segment::os::proc::kill_children;
use sched_segment::os::single_steps;
use sched_segment::os::sys::{exit_code, rest};
use sched_segment::protocol::MAX_EXITS;
use sched_segment::segment::Segment;

use super::watchdog::{Trouble, Watchdog, note_memory};
use super::{leave, orphaned};

/// Sees a run to its end.
pub(super) struct Supervisor<'a> {
    segment: &'static Segment,
    /// Open as long as the checker wants this run.
    control: &'a OwnedFd,
    /// The process group of the run.
    group: i32,
    watch: Watchdog,
    exits: &'a mut Exits,
}

/// How processes of a run ended, as the kernel says, in memory that no run can reach: each run is a
/// copy of this process. It is never touched where few processes end.
static CODES: [AtomicI32; MAX_EXITS] = [const { AtomicI32::new(0) }; MAX_EXITS];

/// How many processes of a run ended, and in [`CODES`], how.
#[derive(Default)]
pub(super) struct Exits {
    count: usize,
}

impl Exits {
    /// Notes what `wait` told of a child that ended.
    fn note(&mut self, status: u32) {
        if let Some(code) = CODES.get(self.count) {
            code.store(exit_code(status.cast_signed()), Ordering::Relaxed);
        }
        self.count += 1;
    }

    /// Answers the checker: how many there were, and the codes of the first ones.
    pub(super) fn tell(&self, control: &OwnedFd) -> bool {
        let count = i32::try_from(self.count).unwrap_or(i32::MAX);
        let codes = CODES.iter().take(self.count);
        let codes = codes.map(|code| code.load(Ordering::Relaxed));
        let mut words = std::iter::once(count).chain(codes).peekable();
        let mut bytes = [0; 2048];
        while words.peek().is_some() {
            let mut len = 0;
            for (place, word) in bytes.as_chunks_mut().0.iter_mut().zip(words.by_ref()) {
                *place = word.to_le_bytes();
                len += 4;
            }
            if !write_all(control, &bytes[..len]) {
                return false;
            }
        }
        true
    }
}

fn write_all(to: &OwnedFd, mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        match rustix::io::write(to, rest) {
            Ok(0) => return false,
            Ok(sent) => rest = &rest[sent..],
            Err(Errno::INTR) => {}
            Err(_) => return false,
        }
    }
    true
}

impl<'a> Supervisor<'a> {
    /// Of the run whose main process is `main`.
    pub(super) fn new(
        segment: &'static Segment,
        control: &'a OwnedFd,
        main: i32,
        exits: &'a mut Exits,
    ) -> Self {
        Self {
            segment,
            control,
            group: main,
            watch: Watchdog::new(main),
            exits,
        }
    }
    pub(super) fn supervise(&mut self) {
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
        let Some(at) = self.segment.pids().position(|it| it == pid) else {
            // An orphan of a process that the scheduler does not know.
            return false;
        };
        let id = u32::try_from(at).unwrap_or(NONE);
        let waiting = self.holds_baton();
        let turn = self.segment.baton().turn.load();
        let mine = self.note_death(id, status);
        self.segment.ids(id).process.store(0, Ordering::Release);
        if !mine {
            // Seen when it matters: when it is this task's turn, or nobody else can go on.
            return waiting && self.go_on(NONE);
        }
        // SAFETY: `note_death` gave the baton to the supervisor.
        let world = unsafe { self.segment.world() };
        if single_steps::may_have_ended(status) {
            world.give_up(id, "a process was ended by a signal of the checker's own");
        }
        if world.over() {
            return true;
        }
        world.process_exited(id, exit_code(status.cast_signed()));
        // Of a process's threads, it is the one that ran.
        note_memory(world, turn, exit_code(status.cast_signed()));
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
                Next::Over if !hand_over::is_blocked_forever(world) => return true,
                // It keeps the baton until that death was seen, or the next look.
                Next::Over if hand_over::somebody_dies(self.segment, world, NONE) => return false,
                Next::Over if !hand_over::reopen(self.segment, world) => return true,
                Next::Over => {}
                Next::Task(next) if hand_over::hand_over(self.segment, SUPERVISOR, next) => {
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
    pub(super) fn clean_up(&mut self) {
        if let Some(group) = Pid::from_raw(self.group)
            && bury_the_dead(self.exits)
        {
            let mut more = true;
            while more {
                // Killing a group is one step for the kernel: nobody in it can fork meanwhile.
                let _ = rustix::process::kill_process_group(group, Signal::KILL);
                kill_children();
                more = bury_the_dead(self.exits);
                if more {
                    rest(Duration::from_micros(200));
                }
            }
        }
        for (_, ids) in self.segment.all_ids() {
            ids.process.store(0, Ordering::Release);
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
