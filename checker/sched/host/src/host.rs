//! The checker's side: starts a checked program as a fork server and asks it for schedules.

use std::ffi::OsStr;
use std::io::{self, Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::Duration;

use rustix::process::Signal;
use sched_model::Strategy;
use sched_model::engine::strategy::List;
use sched_model::engine::world::{Config, DeviationRecord, NEVER, NONE, ReplayRecord, World};
use sched_model::intervention::{Intervention, records};
use sched_model::liberty::{self, LATE, Liberty, Manner};
use sched_model::limits::{LONGEST_DELAY, MAX_EDGES, MAX_EVENTS};
use sched_model::run::{Choice, Deviation, Run};
use sched_segment::os::cores::{allowed_cores, let_run_on};
use sched_segment::os::proc::Stat;
use sched_segment::protocol::{
    CONTAINED, CONTAINED_OR_NOT_RUN, MAX_EXITS, REFUSED, UNCONTAINED, VARIABLE,
};
use sched_segment::segment::Mapping;

use crate::audit::{self, Asked, Exits};
use crate::decode::decode;
use crate::decode::sites::{LinesOf, Sites};
use crate::launcher::{Confine, Launcher};
use crate::orphans;

/// How many tenths of a second a host waits for an answer before it lets the server run on other
/// cores.
const PATIENCE: u32 = 3;

/// How a program is to be served.
#[derive(Clone)]
pub struct Program<'a> {
    /// The executable, linked against the checked std.
    pub path: &'a Path,
    /// The file that it was made of, as the compiler knows it; nothing where lines of other files are
    /// as good as its own.
    pub file: &'a str,
    /// Its arguments.
    pub args: &'a [String],
    /// The core that all its processes share; `None` for any.
    pub core: Option<usize>,
    /// An empty folder that the program may fill; its name begins with [`SCRATCH`](crate::SCRATCH), and
    /// it lies alone in another one.
    pub scratch: &'a Path,
    /// Gives up the rights that the program is not to have; `None` to let it do anything.
    pub confine: Option<Confine>,
}

/// How one schedule is to be made.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// The seed of the check.
    pub seed: u64,
    /// Its number within the row.
    pub number: u32,
    /// How it chooses.
    pub strategy: Strategy,
    /// How long a ready task may be kept waiting; `None` without bound.
    pub max_delay: Option<Duration>,
    /// The same where the time limit of a wait runs out; `None`: as long as limits are taken as such.
    pub limit_delay: Option<Duration>,
    /// How far the clock drifts at each look. A run with a drifting clock shows which output comes
    /// from the clock.
    pub clock_drift: Duration,
    /// How often a task may repeat its questions while nothing changes, before it steps back.
    pub patience: u32,
    /// Points of the natural run.
    pub length: u32,
    /// Points that it may pass.
    pub most_steps: u32,
    /// Edges of lock-order cycles: (held, wanted), as object numbers.
    pub edges: Vec<[u32; 2]>,
    /// The choices to replay, for [`Strategy::Replay`] and [`Strategy::Systematic`].
    pub replay: Vec<Choice>,
    /// Where it leaves the natural schedule, in any order, for [`Strategy::Deviations`].
    pub deviations: Vec<Deviation>,
    /// What is done otherwise than the schedule would; of too many nothing is.
    pub interventions: Vec<Intervention>,
    /// Whether its number says which liberties it takes.
    pub takes_liberties: bool,
    /// The liberties that it takes otherwise; of too many only the first ones.
    pub liberties: Vec<Liberty>,
}

impl Schedule {
    /// Whether what it does depends on which lines of the program led to a place.
    fn needs_lines(&self) -> bool {
        let numbered = liberty::parts(self.number).filter(|_| self.takes_liberties);
        !self.interventions.is_empty()
            || matches!(numbered, Some((_, Manner::Late { .. })))
            || self.liberties.iter().any(|it| it.turn >= LATE)
    }
}

/// Why a server could not be asked.
#[derive(Debug)]
pub enum HostError {
    /// It could not be started or its memory not be made.
    Start(io::Error),
    /// It is gone.
    Gone,
    /// The memory that it was given has another layout than it knows.
    OtherVersion,
}

impl std::fmt::Display for HostError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Start(error) => write!(f, "cannot start the checked program: {error}"),
            Self::Gone => write!(f, "the checked program's supervisor ended unexpectedly"),
            Self::OtherVersion => write!(
                f,
                "this `course` and the libraries that programs are checked with are of different \
                 versions; in a folder that `course init` made, `course init --update` brings the \
                 right ones, and in a clone, `cargo build --release` the right `course`"
            ),
        }
    }
}

impl std::error::Error for HostError {}

/// A checked program that waits before its main. Killed when dropped, with all it started.
pub struct Host {
    child: Child,
    // Dropped only after the server is gone, since the server dies with this thread.
    _launcher: Launcher,
    control: UnixStream,
    mapping: Mapping,
    sites: Sites,
    scratch: PathBuf,
    core: Option<usize>,
}

impl Host {
    /// Starts `program` as a fork server. The calling thread must live as long as the host: the
    /// server dies with it.
    ///
    /// # Errors
    ///
    /// When the segment cannot be made or the program not be started.
    pub fn start(program: &Program<'_>) -> Result<Self, HostError> {
        Self::try_start(program).map_err(HostError::Start)
    }

    fn try_start(program: &Program<'_>) -> io::Result<Self> {
        let (segment, mapping) = Mapping::create()?;
        let host = std::process::id().cast_signed();
        mapping.get().host.store(host, Ordering::Relaxed);
        let core = program
            .core
            .and_then(|core| i32::try_from(core).ok())
            .unwrap_or(-1);
        mapping.get().core.store(core, Ordering::Relaxed);
        let (control, theirs) = UnixStream::pair()?;
        // How often a waiting host looks whether it is cancelled.
        control.set_read_timeout(Some(Duration::from_millis(100)))?;
        let contained = match &program.confine {
            None => UNCONTAINED,
            Some(confine) if confine.required => CONTAINED_OR_NOT_RUN,
            Some(_) => CONTAINED,
        };
        mapping.get().contained.store(contained, Ordering::Relaxed);
        mapping.get().cpu_left.store(u32::MAX, Ordering::Relaxed);
        set_file(&mapping, program.file);
        orphans::adopt();
        let mut command = Command::new(std::path::absolute(program.path)?);
        command
            .args(program.args)
            .env_clear()
            .env("LANG", "C.UTF-8")
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            // Otherwise schedules that run side by side, with the same virtual pids, would meet in
            // one folder.
            .env("TMPDIR", ".")
            .env(OsStr::from_bytes(VARIABLE.to_bytes()), "1")
            .current_dir(program.scratch)
            .stdin(Stdio::from(std::os::fd::OwnedFd::from(theirs)))
            .stdout(Stdio::from(segment))
            .stderr(Stdio::null());
        let (launcher, child) = Launcher::start(command, program.confine.clone())?;
        let scratch = program.scratch.canonicalize()?;
        Ok(Self {
            child,
            _launcher: launcher,
            control,
            mapping,
            sites: Sites::default(),
            scratch,
            core: program.core,
        })
    }

    /// Runs the program once under `schedule`, to the end of its last process. `cancelled` is asked
    /// now and then; once it says true the result is `None`, and the host must not be used again.
    ///
    /// Where it is at a line that is not in its own file, `lines` says which one of its own led there.
    /// What is done otherwise at lines of its own, or only where there is one, is done when these are
    /// known: after a run that met new ones, it is run again.
    ///
    /// # Errors
    ///
    /// When the server is gone.
    pub fn run(
        &mut self,
        schedule: &Schedule,
        cancelled: &dyn Fn() -> bool,
        lines: LinesOf,
    ) -> Result<Option<Run>, HostError> {
        let mut sites = std::mem::take(&mut self.sites);
        let exits = loop {
            let Some(exits) = self.execute(schedule, cancelled)? else {
                return Ok(None);
            };
            let new = sites.look_up(self.world(), lines);
            if !new || !schedule.needs_lines() {
                break exits;
            }
        };
        let asked = asked_for(schedule);
        let world = self.world();
        let run = if audit::contradiction(world, &asked, &exits).is_some() {
            let reason = audit::CONTRADICTED.to_owned();
            Run::inconclusive(schedule.number, schedule.strategy, reason)
        } else {
            decode(world, &mut sites)
        };
        let computed = self.mapping.get().computing.total();
        let run = Run { computed, ..run };
        self.sites = sites;
        Ok(Some(run))
    }

    /// As [`Host::run`], telling only how processes ended; `None` when cancelled.
    ///
    /// # Errors
    ///
    /// When the server is gone.
    pub fn execute(
        &mut self,
        schedule: &Schedule,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Exits>, HostError> {
        let asked = asked_for(schedule);
        let world = self.world();
        world.config = asked.config;
        world.replay[..asked.replay.len()].copy_from_slice(&asked.replay);
        world.deviations[..asked.deviations.len()].copy_from_slice(&asked.deviations);
        self.control.write_all(&[1]).map_err(|_| self.gone())?;
        let mut answer = Answer::default();
        let mut waited = 0;
        loop {
            match self.control.read(answer.rest()) {
                Ok(0) => return Err(self.gone()),
                Ok(bytes) if answer.got(bytes) => break,
                Ok(_) => {}
                Err(e)
                    if matches!(
                        e.kind(),
                        io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
                    ) =>
                {
                    if cancelled() {
                        return Ok(None);
                    }
                    waited += 1;
                    if waited == PATIENCE {
                        let all = allowed_cores().into_iter();
                        let others: Vec<_> = all.filter(|core| Some(*core) != self.core).collect();
                        self.let_server_run_on(&others);
                    }
                }
                Err(_) => return Err(self.gone()),
            }
        }
        if waited >= PATIENCE
            && let Some(core) = self.core
        {
            self.let_server_run_on(&[core]);
        }
        Ok(Some(answer.exits()))
    }

    /// Why the server does not answer.
    fn gone(&mut self) -> HostError {
        // It has closed its socket, so it is about to end, if it has not.
        let refused = self.child.wait().is_ok_and(|it| it.code() == Some(REFUSED));
        if refused {
            HostError::OtherVersion
        } else {
            HostError::Gone
        }
    }

    /// A supervisor shares the core of its run, for speed. A run that takes long loses this
    /// privilege, since a program that starts more and more processes would keep the supervisor
    /// from looking.
    fn let_server_run_on(&self, cores: &[usize]) {
        if cores.is_empty() {
            return;
        }
        let server = rustix::process::Pid::from_child(&self.child);
        let_run_on(Some(server), cores);
    }

    fn world(&mut self) -> &mut World {
        // SAFETY: the server waits for a command, so no process of a run exists; `&mut self`
        // makes this the only reference on this side.
        unsafe { self.mapping.get().world() }
    }

    /// Limits the CPU time of the next runs, each for itself.
    pub fn allow(&self, time: Duration) {
        let milliseconds = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        let left = &self.mapping.get().cpu_left;
        left.store(milliseconds, Ordering::Relaxed);
    }

    /// CPU time of the server and of all runs till now, as the kernel counts it.
    #[must_use]
    pub fn cpu(&self) -> Duration {
        let stat = Stat::of(self.pid().cast_signed());
        stat.map_or(Duration::ZERO, |it| it.cpu + it.of_children)
    }

    /// The process id of the server.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        // End of file on the socket, and a signal to interrupt a run: the server cleans up.
        let _ = rustix::net::shutdown(&self.control, rustix::net::Shutdown::Both);
        let server = rustix::process::Pid::from_child(&self.child);
        let _gone = rustix::process::kill_process(server, Signal::TERM);
        let term = Signal::TERM.as_raw();
        match self.child.wait() {
            Ok(status) if status.signal().is_none_or(|signal| signal == term) => {
                orphans::kill_those_in(&self.scratch);
            }
            _ => orphans::kill_whoever_is_in(&self.scratch),
        }
    }
}

/// Tells the program the name of its file; one that is too long is as good as none.
fn set_file(mapping: &Mapping, file: &str) {
    // SAFETY: the server is not started yet, so nobody else uses the memory; the reference ends here.
    let world = unsafe { mapping.get().world() };
    if let Some(place) = world.program.get_mut(..file.len()) {
        place.copy_from_slice(file.as_bytes());
        world.program_len = u32::try_from(file.len()).unwrap_or(0);
    }
}

/// What the server answers: how many processes ended, and with which codes.
#[derive(Default)]
struct Answer {
    bytes: Vec<u8>,
    len: usize,
}

impl Answer {
    /// Where the next bytes go: not beyond this answer's end.
    fn rest(&mut self) -> &mut [u8] {
        self.bytes.resize(self.end(), 0);
        &mut self.bytes[self.len..]
    }

    /// Where the answer ends, as far as that is known.
    fn end(&self) -> usize {
        if self.len < 4 {
            4
        } else {
            4 + 4 * self.count().min(MAX_EXITS)
        }
    }

    fn count(&self) -> usize {
        self.word(0).cast_unsigned() as usize
    }

    fn word(&self, at: usize) -> i32 {
        let bytes = self.bytes.as_chunks::<4>().0;
        i32::from_le_bytes(bytes[at])
    }

    /// Takes in `bytes` further bytes. Returns whether the answer is complete.
    fn got(&mut self, bytes: usize) -> bool {
        self.len += bytes;
        self.len >= 4 && self.len == self.end()
    }

    fn exits(&self) -> Exits {
        let kept = self.count().min(MAX_EXITS);
        let codes = (1..=kept).map(|at| self.word(at)).collect();
        Exits::new(codes, self.count())
    }
}

/// What a run is told of its schedule.
fn asked_for(schedule: &Schedule) -> Asked {
    let count = schedule.edges.len().min(MAX_EDGES);
    let mut edges = [[0; 2]; MAX_EDGES];
    edges[..count].copy_from_slice(&schedule.edges[..count]);
    let follows = schedule.strategy.follows();
    let number = |task: usize| u32::try_from(task).unwrap_or(NONE);
    let mut replay = Vec::new();
    if follows == List::Choices {
        let record = |it: &Choice| ReplayRecord::new(number(it.task), it.clock, it.times);
        replay.extend(schedule.replay.iter().map(record).take(MAX_EVENTS));
    }
    let mut deviations = Vec::new();
    if follows == List::Deviations {
        let record = |it: &Deviation| DeviationRecord {
            holder: number(it.holder),
            task: number(it.task),
            turn: it.turn,
        };
        deviations.extend(schedule.deviations.iter().map(record));
        deviations.sort_by_key(|it| (it.holder, it.turn));
        deviations.truncate(MAX_EVENTS);
    }
    let replaying = schedule.strategy == Strategy::Replay;
    let nanos = |duration: Duration| u64::try_from(duration.as_nanos()).unwrap_or(NEVER);
    let max_delay = schedule.max_delay.map_or(NEVER, nanos);
    let config = Config {
        seed: schedule.seed,
        schedule: schedule.number,
        strategy: schedule.strategy.code(),
        // A recorded choice was already within the bounds of its schedule, so no bound applies
        // here.
        max_delay: if replaying { NEVER } else { max_delay },
        limit_delay: schedule
            .limit_delay
            .filter(|_| !replaying)
            .map_or(LONGEST_DELAY, |it| nanos(it).min(LONGEST_DELAY)),
        clock_drift: nanos(schedule.clock_drift),
        patience: schedule.patience,
        length: schedule.length,
        edge_count: u32::try_from(count).unwrap_or(0),
        edges,
        // One of the two is empty.
        list_len: u32::try_from(replay.len() + deviations.len()).unwrap_or(0),
        interventions: records(&schedule.interventions).unwrap_or_default(),
        most_steps: schedule.most_steps,
        takes_liberties: schedule.takes_liberties.into(),
        liberties: liberty::records(&schedule.liberties),
    };
    Asked {
        config,
        replay,
        deviations,
    }
}
