//! What one run may use. Sizes of the segment follow from these numbers.

use std::borrow::Cow;
use std::time::Duration;

/// Tasks a run may ever have.
pub const MAX_TASKS: usize = 1 << 14;
/// Tasks a run may have at once.
pub const MAX_LIVE: usize = 1024;
/// Processes each of which was started by the one before. The system's work for one more grows with
/// their number.
pub const MAX_DEPTH: usize = 256;
/// So many tasks lie close together: a small run touches nothing else.
pub const NEAR_TASKS: usize = 128;
/// Locks, values and other objects a run may make.
pub const MAX_OBJECTS: usize = 1 << 13;
/// Vector clocks: of the tasks there are at once, of objects, and two that are shared.
pub const CLOCKS: usize = MAX_LIVE + MAX_OBJECTS + 2;
/// So many of the objects lie close together.
pub const NEAR_OBJECTS: usize = 512;
/// Atomics that are objects of their own. All further ones share one object, so that locks always
/// find room.
pub const MAX_ATOMICS: usize = 256;
/// Slots of the table that finds an atomic: a power of two above [`MAX_ATOMICS`].
pub const ATOMIC_SLOTS: usize = 512;
/// Stores that are kept of each of them, as far as loads may return them.
pub const KEPT_STORES: usize = 8;
/// `SeqCst` fences that are kept of a run.
pub const KEPT_FENCES: usize = 64;
/// Shares of locks for several readers that are known at a time.
pub const MAX_READS: usize = 128;
/// Addresses of sockets that are known to be used among the run's own tasks.
pub const MAX_ADDRESSES: usize = 64;
/// Elements of unsynchronised values and arrays that are watched for races.
pub const MAX_CELLS: usize = 4096;
/// Scheduling points of a run of an exercise. Correct programs of the course need some hundreds.
pub const MAX_STEPS: u32 = 100_000;
/// The same of a program of one's own, which may be as long as it is.
pub const MAX_STEPS_OF_PROGRAM: u32 = 10_000_000;
/// Scheduling points that the schedules of such a program may pass together, for [`FOR_SCHEDULES`]:
/// where they are longer, there are fewer of them.
pub const STEPS_PER_CHECK: u64 = 6_000_000;
/// A switch to another task takes about as long as so many points.
pub const SWITCH: u64 = 16;
/// However long they are, there are so many.
pub const LEAST_SCHEDULES: u32 = 10;
/// Bytes of texts, names, messages and files that one run may come to: see
/// [`World::bytes`](crate::World::bytes).
pub const MAX_BYTES: u64 = 1 << 30;
/// Events of a trace: a point rarely records more than two. Of a long run some are left out.
pub const MAX_EVENTS: usize = 1 << 18;
/// Bytes printed to standard output.
pub const MAX_OUTPUT: usize = 1 << 19;
/// Bytes kept of standard error; all of it counts towards [`MAX_OUTPUT`].
pub const MAX_STDERR: usize = 1 << 16;
/// Bytes of all texts of a run: what it printed, names, panic messages.
pub const MAX_TEXT: usize = MAX_OUTPUT + (1 << 18);
/// Bytes of texts that only explain: what is asked of managers, and answered. Further ones are left
/// out, so that they take no room from what a program prints.
pub const MAX_NOTES: u32 = 1 << 17;
/// Bytes of the reason for which nothing is said of a run: it has room whatever else there is.
pub const MAX_REASON: usize = 256;
/// Different source places of a program; further ones have no line in the trace.
pub const MAX_SITES: usize = 400;
/// Slots of the table that finds a place: a power of two above [`MAX_SITES`].
pub const SITE_SLOTS: usize = 512;
/// Ways of calls kept of those that led to a place outside of the program; what comes by further ones
/// has no line in the trace.
pub const MAX_WAYS: usize = 100;
/// Bytes of the names of source files.
pub const MAX_SITE_TEXT: usize = 1 << 12;
/// Races kept of one run; one is enough for a verdict.
pub const MAX_RACES: usize = 16;
/// Races on plain memory kept of one run. Some may be the checked std's own business, of which
/// nothing is said.
pub const MAX_MEMORY_RACES: usize = 32;
/// Calls that are kept of those that led somewhere: a line of the program lies up to eighteen calls of
/// the real std's deep.
pub const MAX_CALLS: usize = 30;
/// Edges of the lock-order graph that a schedule can be steered by.
pub const MAX_EDGES: usize = 16;

/// Words of memory that a run's processes can share without a mapping of their own: enough for
/// some locks and values.
pub const SHARED_WORDS: usize = 256;
/// More of them, of which only what is used costs anything.
pub const MORE_SHARED_WORDS: usize = 1 << 18;

/// How often a task may repeat its questions while nothing changes, in a run that keeps nobody
/// waiting: often enough to tell who asks on and on from who asks once more.
pub const PATIENCE: u32 = 3;

/// Virtual nanoseconds that a task may be kept waiting beside a limit of time, where nobody said how
/// long: a week. A limit that is longer stands for none.
pub const LONGEST_DELAY: u64 = 7 * 24 * 3600 * 1_000_000_000;

/// The same beside a sleep: fifty years. `Duration::MAX` stands for ever, and is taken as that.
/// Whatever is shorter could be a sleep in the place of synchronisation.
pub const LONGEST_DELAY_OF_SLEEP: u64 = 50 * 365 * 24 * 3600 * 1_000_000_000;

/// Basic blocks of its code that a run of an exercise may compute: about a second.
const BLOCKS_PER_RUN_OF_EXERCISE: u64 = 1 << 28;
/// The same of a program of one's own: five seconds or more.
const BLOCKS_PER_RUN: u64 = 1 << 31;
/// So many blocks take about as long as a point.
pub const BLOCKS_PER_POINT: u64 = 32;
/// So many blocks are as much work as a point, with what it takes to judge that.
pub const BLOCKS_PER_WORK: u64 = 1000;
/// CPU time a task may compute between two points in code that counts no blocks.
pub const CPU_WITHOUT_POINT: Duration = Duration::from_secs(5);
/// The same in the check of an exercise, where less is asked for.
pub const CPU_WITHOUT_POINT_IN_EXERCISE: Duration = Duration::from_secs(3);
/// How many times that where each access to memory is told, which makes computing so much slower.
pub const TIMES_IF_WATCHED: u32 = 10;
/// CPU time that the check of an exercise may take. Ten times what any takes; before it is spent,
/// [`WORK`] is, unless the program computes and does nothing else.
pub const CPU_PER_CHECK: Duration = Duration::from_millis(6500);
/// Work that the check of an exercise may take, for as many schedules: see
/// [`Run::work`](crate::run::Run::work).
pub const WORK: u64 = 1_000_000;
/// Schedules that the two are meant for. More have more.
pub const FOR_SCHEDULES: u32 = 200;
/// Wall time a task may be blocked in a call that is not controlled.
pub const BLOCKED_OUTSIDE: Duration = Duration::from_secs(3);
/// Wall time a task may wait for the kernel, such as for a disk that others keep busy.
pub const BLOCKED_ON_DISK: Duration = Duration::from_secs(60);
/// Address space of one process, without what the checker itself maps there, and without the stacks of
/// more threads than [`STACKS`].
pub const MEMORY_PER_PROCESS: u64 = 1 << 30;
/// Threads of a process whose stacks count as its memory.
pub const STACKS: usize = 64;
/// Address space for the stack of each further one: what std gives it, and what surrounds it.
pub const STACK: u64 = (2 << 20) + (1 << 16);
/// Resident memory of all processes of a run together.
pub const MEMORY_PER_RUN: u64 = 3 << 29;
/// The same of a run of an exercise, which needs little: before a slow machine has given it so much,
/// no limit of time is reached.
pub const MEMORY_PER_RUN_OF_EXERCISE: u64 = 1 << 29;
/// Processes that the user may have in addition to those that existed when the check began.
pub const MORE_PROCESSES: u64 = 2048;
/// Size of one file that a program writes.
pub const FILE_SIZE: u64 = 64 << 20;
/// Bytes of all files in a run's folder together. The folder may be in memory.
pub const DISK_PER_RUN: u64 = 1 << 28;
/// How often the supervisor looks at a run in which nobody exits.
pub const TICK: Duration = Duration::from_millis(20);
/// Exit code of a process whose main panicked, as std has it; threads that panicked get it, too.
pub const PANICKED: i32 = 101;
/// Exit code of a process that SIGABRT ended: a panic that could not unwind.
pub const ABORTED: i32 = -6;

/// What a run may have too much of, so that nothing can be said of it. Each is the program's own doing:
/// it depends on nothing but what the program does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// Scheduling points: [`MAX_STEPS`].
    Steps,
    /// Events: [`MAX_EVENTS`].
    Events,
    /// Locks and shared values: [`MAX_OBJECTS`], [`MAX_CELLS`].
    Objects,
    /// Threads and processes: [`MAX_TASKS`], [`MAX_LIVE`], [`MAX_DEPTH`].
    Tasks,
    /// Processes, those included that are no tasks.
    Processes,
    /// What it writes: [`DISK_PER_RUN`].
    Disk,
    /// What it computes: [`blocks_per_run`].
    Computing,
    /// What a check takes, in counts: [`WORK`].
    Work,
    /// What a check takes, in CPU time: [`CPU_PER_CHECK`].
    Time,
    /// What stays of it when it has ended.
    Left,
}

impl Excess {
    const ALL: [Self; 10] = [
        Self::Steps,
        Self::Events,
        Self::Objects,
        Self::Tasks,
        Self::Processes,
        Self::Disk,
        Self::Computing,
        Self::Work,
        Self::Time,
        Self::Left,
    ];

    /// What is said of it, as a fragment that fits after "inconclusive: ".
    #[must_use]
    pub fn text(self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Steps => return Cow::Owned(Self::steps(MAX_STEPS)),
            Self::Events => "the tasks of the program take turns more often than can be noted",
            Self::Objects => {
                return Cow::Owned(format!(
                    "the program makes more than {} locks and shared values: the checker watches no \
                     more in a run",
                    thousands(MAX_OBJECTS)
                ));
            }
            Self::Tasks => {
                return Cow::Owned(format!(
                    "the program starts more threads or processes than the checker watches: {} at \
                     once, {} in a run, {} processes in one another",
                    thousands(MAX_LIVE),
                    thousands(MAX_TASKS),
                    thousands(MAX_DEPTH)
                ));
            }
            Self::Processes => "the program started more processes than can be watched",
            Self::Disk => "the program fills the disk",
            Self::Computing => {
                return Cow::Owned(Self::computed(BLOCKS_PER_RUN_OF_EXERCISE));
            }
            Self::Work => "the program does more in its schedules than a check can follow",
            Self::Time => "the program computes for longer than a check may take",
            Self::Left => "the program left files or folders behind that cannot be removed",
        })
    }

    /// What is said of a run that passed so many scheduling points.
    #[must_use]
    pub fn steps(passed: u32) -> String {
        format!(
            "the program passed {} {DID_NOT_END}",
            thousands(passed as usize)
        )
    }

    /// What is said of a run that computed so many blocks.
    #[must_use]
    pub fn computed(blocks: u64) -> String {
        let blocks = usize::try_from(blocks).unwrap_or(usize::MAX);
        format!("the program computed {} {COMPUTED_ON}", thousands(blocks))
    }

    /// Which of them a run was given up for, if it was for one.
    #[must_use]
    pub fn of(reason: &str) -> Option<Self> {
        if reason.ends_with(DID_NOT_END) {
            return Some(Self::Steps);
        }
        if reason.ends_with(COMPUTED_ON) {
            return Some(Self::Computing);
        }
        Self::ALL.into_iter().find(|it| it.text() == reason)
    }

    /// Whether the check ended with it: how many schedules more it would have passed is not known.
    #[must_use]
    pub fn ends_check(self) -> bool {
        matches!(self, Self::Work | Self::Time | Self::Left)
    }
}

/// The end of what is said of scheduling points.
const DID_NOT_END: &str = "scheduling points and did not end";

/// The same of computing.
const COMPUTED_ON: &str = "steps and did not end";

/// Basic blocks that a run may compute, where there is an end to what its check may take, and elsewhere.
#[must_use]
pub fn blocks_per_run(bounded: bool) -> u64 {
    if bounded {
        BLOCKS_PER_RUN_OF_EXERCISE
    } else {
        BLOCKS_PER_RUN
    }
}

/// A number as people write it.
#[must_use]
pub fn thousands(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        more => format!("{},{:03}", thousands(more), number % 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::{Excess, MAX_STEPS_OF_PROGRAM, thousands};

    #[test]
    fn a_limit_is_told_as_it_is() {
        let told = "the program passed 100,000 scheduling points and did not end";
        assert_eq!(Excess::Steps.text(), told);
        let told = "the program passed 10,000,000 scheduling points and did not end";
        assert_eq!(Excess::steps(MAX_STEPS_OF_PROGRAM), told);
        assert_eq!(Excess::of(told), Some(Excess::Steps));
        let told = "the program starts more threads or processes than the checker watches: 1,024 at \
                    once, 16,384 in a run, 256 processes in one another";
        assert_eq!(Excess::Tasks.text(), told);
        for excess in Excess::ALL {
            assert_eq!(Excess::of(&excess.text()), Some(excess));
        }
        assert_eq!(Excess::of("blocked in poll"), None);
        assert_eq!([7, 1000, 65_043].map(thousands), ["7", "1,000", "65,043"]);
    }
}
