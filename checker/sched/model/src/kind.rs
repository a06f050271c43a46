//! What kinds of objects there are, and what can be done to them.

/// What kind of thing an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ObjectKind {
    /// `mp::Lock`.
    Lock = 1,
    /// `mp::RLock`.
    RLock,
    /// `mp::Value` or `mp::Array` with its own lock.
    Value,
    /// `mp::RawValue` or `mp::RawArray`.
    Raw,
    /// `mp::Semaphore` or `mp::BoundedSemaphore`.
    Semaphore,
    /// `mp::Event`.
    Event,
    /// `mp::Barrier` or `std::sync::Barrier`.
    Barrier,
    /// `mp::Condition`.
    Condition,
    /// `mp::Queue` or `mp::JoinableQueue`.
    Queue,
    /// One direction of `mp::pipe`.
    Pipe,
    /// `mp::Manager`.
    Manager,
    /// A file; its name is the file's.
    File,
    /// Something of the kernel's own that has no better name.
    Other,
    /// `std::sync::Mutex`.
    Mutex,
    /// `std::sync::RwLock`.
    RwLock,
    /// `std::sync::Condvar`.
    Condvar,
    /// `std::sync::Once`.
    Once,
    /// `std::sync::OnceLock`.
    OnceLock,
    /// `std::sync::LazyLock`.
    LazyLock,
    /// A channel of `std::sync::mpsc`.
    Channel,
    /// One of `std::sync::atomic`.
    Atomic,
    /// What `std::thread::park` waits for.
    Parker,
    /// Something that the scheduler does not control: the system's pipes, its sockets, a program.
    Outside,
}

impl ObjectKind {
    const ALL: [Self; 23] = [
        Self::Lock,
        Self::RLock,
        Self::Value,
        Self::Raw,
        Self::Semaphore,
        Self::Event,
        Self::Barrier,
        Self::Condition,
        Self::Queue,
        Self::Pipe,
        Self::Manager,
        Self::File,
        Self::Other,
        Self::Mutex,
        Self::RwLock,
        Self::Condvar,
        Self::Once,
        Self::OnceLock,
        Self::LazyLock,
        Self::Channel,
        Self::Atomic,
        Self::Parker,
        Self::Outside,
    ];

    /// The kind with this number; unknown ones are [`ObjectKind::Other`].
    #[must_use]
    pub fn from_code(code: u32) -> Self {
        let at = (code as usize).checked_sub(1);
        let kind = at.and_then(|at| Self::ALL.get(at));
        kind.copied().unwrap_or(Self::Other)
    }

    /// The word that default names begin with.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lock => "Lock",
            Self::RLock => "RLock",
            Self::Value => "Value",
            Self::Raw => "RawValue",
            Self::Semaphore => "Semaphore",
            Self::Event => "Event",
            Self::Barrier => "Barrier",
            Self::Condition => "Condition",
            Self::Queue => "Queue",
            Self::Pipe => "Pipe",
            Self::Manager => "Manager",
            Self::File => "File",
            Self::Other => "Object",
            Self::Mutex => "Mutex",
            Self::RwLock => "RwLock",
            Self::Condvar => "Condvar",
            Self::Once => "Once",
            Self::OnceLock => "OnceLock",
            Self::LazyLock => "LazyLock",
            Self::Channel => "Channel",
            Self::Atomic => "Atomic",
            Self::Parker => "Parker",
            Self::Outside => "Outside",
        }
    }
}

/// What can be done to semaphores, events, barriers, conditions, queues and pipes; the meaning of
/// the number is given for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Act {
    /// Took a permit: how many are left.
    Took = 1,
    /// Gave a permit back: how many there are now.
    Gave,
    /// Found what it waited for: an event set, a barrier complete, a queue done with.
    Passed,
    /// Set an event.
    Set,
    /// Cleared an event.
    Cleared,
    /// Notified a condition: how many tasks that woke.
    Notified,
    /// Gave a message: its number.
    Put,
    /// Took a message: its number.
    Got,
    /// Found no room.
    Full,
    /// Found no message.
    Empty,
    /// Said that a message is done with: how many are not.
    Done,
    /// Let go of its end.
    Closed,
    /// Found the other end closed.
    Ended,
    /// Came to a barrier: how many had come before.
    Arrived,
    /// Broke a barrier.
    Broke,
    /// Made a barrier as new.
    Reset,
    /// Looked: what it saw.
    Looked,
    /// Got the answer to a request.
    Answered,
    /// Found in its copy of something, made by a fork, that it was held then: by which task.
    HeldAtFork,
    /// Looked at what a lock guards.
    Saw,
    /// Could change what a lock guards.
    Changed,
    /// Read from the system's pipe or socket: how many bytes.
    Received,
    /// Wrote to it: how many bytes.
    Sent,
    /// Accepted a connection.
    Accepted,
    /// Asked for one.
    Connected,
    /// Started a program that is no task.
    Launched,
    /// Knows that such a program has ended.
    Reaped,
}

impl Act {
    const ALL: [Self; 27] = [
        Self::Took,
        Self::Gave,
        Self::Passed,
        Self::Set,
        Self::Cleared,
        Self::Notified,
        Self::Put,
        Self::Got,
        Self::Full,
        Self::Empty,
        Self::Done,
        Self::Closed,
        Self::Ended,
        Self::Arrived,
        Self::Broke,
        Self::Reset,
        Self::Looked,
        Self::Answered,
        Self::HeldAtFork,
        Self::Saw,
        Self::Changed,
        Self::Received,
        Self::Sent,
        Self::Accepted,
        Self::Connected,
        Self::Launched,
        Self::Reaped,
    ];

    /// The act with this number.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        let at = usize::try_from(code.checked_sub(1)?).ok()?;
        let act = *Self::ALL.get(at)?;
        debug_assert_eq!(act as u64, code, "the list is in the order of the numbers");
        Some(act)
    }
}

/// Why a process was not started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Refusal {
    /// A daemon asked.
    Daemon = 1,
    /// The process that asked has several threads.
    Threads,
    /// The system, or the limit of a checked run, allows no more.
    System,
}

impl Refusal {
    /// The reason with this number.
    #[must_use]
    pub fn from_code(code: u64) -> Option<Self> {
        let all = [Self::Daemon, Self::Threads, Self::System];
        all.into_iter().find(|it| *it as u64 == code)
    }
}
