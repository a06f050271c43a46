//! The fork server: what a checked program is before `main`.
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

use std::mem;
use std::os::fd::OwnedFd;
use std::sync::atomic::Ordering;

use rustix::io::Errno;
use rustix::process::{Pid, Resource, Rlimit, Signal};

use sched_model::Refusal;
use sched_model::engine::world::{Kind, NONE, state};
use sched_model::limits::{FILE_SIZE, MORE_PROCESSES, TICK, blocks_per_run};
use sched_segment::baton::SUPERVISOR;
use sched_segment::os::cores::stay_on;
use sched_segment::os::domain::Domain;
use sched_segment::os::proc::processes_of_all;
use sched_segment::os::sys::{self, Forked};
use sched_segment::os::{folder, huge_pages, single_steps};
use sched_segment::protocol::{
    CONTAINED_OR_NOT_RUN, REFUSED, SCRATCH, UNCONTAINED, UNFINISHED, VARIABLE,
};
use sched_segment::segment::{Mapping, Segment};

use self::supervisor::{Exits, Supervisor};
use crate::attached::{attach, learn_stack};
use crate::kernel;
use crate::room::limit_memory;

mod supervisor;
mod watchdog;

/// If the checker started this program: serves until the checker is done and exits; returns only
/// in the processes that go on to main. Otherwise does nothing.
pub fn enter() {
    if !sys::take_variable(VARIABLE) {
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
            // They are the server's, and were closed here with all else that this process inherited.
            mem::forget((control, domain));
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
    if !no_standard_streams() {
        return None;
    }
    rustix::process::set_parent_process_death_signal(Some(Signal::TERM)).ok()?;
    rustix::process::set_child_subreaper(Some(rustix::process::getpid())).ok()?;
    if orphaned(segment) {
        leave();
    }
    if let Ok(core) = usize::try_from(segment.core.load(Ordering::Relaxed)) {
        stay_on(core);
    }
    restrict();
    let contained = segment.contained.load(Ordering::Relaxed) != UNCONTAINED;
    let domain = contained.then(Domain::prepare).flatten();
    // However many processes a program makes, they must not keep the supervisor from looking.
    sys::prefer_short_slices();
    let _own_group = rustix::process::setpgid(None, None);
    sys::interrupting(Signal::TERM, true);
    sys::interrupting(Signal::ALARM, true);
    sys::alarm_every(TICK);
    learn_stack();
    single_steps::prepare();
    sys::one_heap();
    // Takes a moment, in which the checker may be killed: from here on, what is left is tidied up.
    huge_pages::code();
    Some((segment, control, domain))
}

/// Opens `/dev/null` as standard input, output and error. Each run does it again: what a program locks
/// or sets by a descriptor that it shares with the server would be there in the next schedule.
fn no_standard_streams() -> bool {
    let flags = rustix::fs::OFlags::RDWR;
    let null = rustix::fs::open(c"/dev/null", flags, rustix::fs::Mode::empty());
    let put = |null: OwnedFd| (0..3).for_each(|standard| sys::put_standard(&null, standard));
    null.map(put).is_ok()
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
    limit_memory(0);
    // Not 0: where a program takes memory images, that would have it started all the same (core(5)).
    let _ = rustix::process::setrlimit(Resource::Core, limit(1));
    let _ = rustix::process::setrlimit(Resource::Fsize, limit(FILE_SIZE));
    // All processes of a user count, so what there is comes on top. Does nothing for root.
    if let Some(there) = processes_of_all() {
        let _ = rustix::process::setrlimit(Resource::Nproc, limit(there + MORE_PROCESSES));
    }
}

fn leave() -> ! {
    if let Ok(scratch) = std::env::current_dir()
        && scratch
            .file_name()
            .is_some_and(|n| n.to_string_lossy().starts_with(SCRATCH))
    {
        let _ = folder::empty(&scratch).and_then(|_| std::fs::remove_dir(&scratch));
        // What the checker made for it alone, when the checker is no longer there to remove it.
        let _ = scratch
            .parent()
            .filter(|outer| {
                let name = outer.file_name().unwrap_or_default().to_string_lossy();
                name.starts_with(UNFINISHED)
            })
            .map(std::fs::remove_dir);
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
    segment.reset();
    let most = blocks_per_run(watchdog::is_bounded(segment));
    segment.computing.begin(most);
    world.begin();
    let main = world.add_task(NONE, "main", false, NONE).unwrap_or(0);
    segment.add_task(main, None);
    world.task_mut(main).state = state::RUNNING;
    world.record(main, Kind::Begin, NONE, 0, 0);
    let _first = segment.baton().pass(SUPERVISOR, main);
    let pid = match sys::clone(false) {
        Ok(Forked::Child) => {
            become_main(segment, main, domain);
            return Role::Task;
        }
        Ok(Forked::Parent(pid)) => pid,
        Err(_) => {
            world.give_up(NONE, Refusal::System.text());
            return Role::Server;
        }
    };
    segment.ids(main).process.store(pid, Ordering::Release);
    let mut supervisor = Supervisor::new(segment, control, pid, exits);
    supervisor.supervise();
    supervisor.clean_up();
    Role::Server
}

fn become_main(segment: &'static Segment, main: u32, domain: Option<&Domain>) {
    let _own_group = rustix::process::setpgid(None, None);
    sys::die_with_parent();
    sys::interrupting(Signal::TERM, false);
    sys::interrupting(Signal::ALARM, false);
    let is_contained = domain.is_some_and(Domain::enter);
    let required = segment.contained.load(Ordering::Relaxed) == CONTAINED_OR_NOT_RUN;
    let is_apart = no_standard_streams();
    sys::close_inherited();
    attach(segment, main, 0, true);
    // The server stores it too, and may come to that later than anybody asks for it.
    let own = rustix::process::getpid().as_raw_pid();
    segment.ids(main).process.store(own, Ordering::Release);
    segment.baton().await_turn(main);
    if required && !(is_contained && is_apart) {
        kernel::unsupported("the kernel does not keep runs apart, as is required", None);
    }
}
