//! What kinds of objects there are, and what can be done to them.

use crate::numbered::numbered;

numbered! {
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
}

/// What tasks meet at an object for, whichever it is: what is said and found of an object follows
/// from this alone, as far as it can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Taken and given back, by one task at a time.
    Lock,
    /// The same, but several may hold it at once, to read.
    SharedLock,
    /// A lock of a value's own, which is taken for every access.
    ValueLock,
    /// Held by who initialises it, once for all.
    Once,
    /// Permits are taken and given back.
    Permits,
    /// Is set, or not.
    Flag,
    /// Waits for so many tasks to come together.
    Gathering,
    /// Tasks wait for being notified.
    Notice,
    /// Messages wait in it to be taken, as many as there is room for.
    Messages,
    /// The same, but how many there are cannot be seen.
    Channel,
    /// Answers requests.
    Server,
    /// What a parked thread waits for.
    Token,
    /// Values that are read and written.
    Cells,
    /// A file.
    File,
    /// Anything else.
    Other,
}

impl ObjectKind {
    /// The word that default names begin with, and what the object is there for.
    const fn row(self) -> (&'static str, Class) {
        match self {
            Self::Lock => ("Lock", Class::Lock),
            Self::RLock => ("RLock", Class::Lock),
            Self::Value => ("Value", Class::ValueLock),
            Self::Raw => ("RawValue", Class::Cells),
            Self::Semaphore => ("Semaphore", Class::Permits),
            Self::Event => ("Event", Class::Flag),
            Self::Barrier => ("Barrier", Class::Gathering),
            Self::Condition => ("Condition", Class::Notice),
            Self::Queue => ("Queue", Class::Messages),
            Self::Pipe => ("Pipe", Class::Messages),
            Self::Manager => ("Manager", Class::Server),
            Self::File => ("File", Class::File),
            Self::Other => ("Object", Class::Other),
            Self::Mutex => ("Mutex", Class::Lock),
            Self::RwLock => ("RwLock", Class::SharedLock),
            Self::Condvar => ("Condvar", Class::Notice),
            Self::Once => ("Once", Class::Once),
            Self::OnceLock => ("OnceLock", Class::Once),
            Self::LazyLock => ("LazyLock", Class::Once),
            Self::Channel => ("Channel", Class::Channel),
            Self::Atomic => ("Atomic", Class::Cells),
            Self::Parker => ("Parker", Class::Token),
            Self::Outside => ("Outside", Class::Other),
        }
    }

    /// The word that default names begin with.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().0
    }

    /// What tasks meet at it for.
    #[must_use]
    pub fn class(self) -> Class {
        self.row().1
    }

    /// Whether it is a lock, of whatever sort.
    #[must_use]
    pub fn is_lock(self) -> bool {
        matches!(
            self.class(),
            Class::Lock | Class::SharedLock | Class::ValueLock
        )
    }

    /// Whether messages pass through it from one task to another.
    #[must_use]
    pub fn carries_messages(self) -> bool {
        matches!(self.class(), Class::Messages | Class::Channel)
    }

    /// Whether how much of it there is can be seen, and is changed by taking and giving.
    #[must_use]
    pub fn is_counted(self) -> bool {
        matches!(self.class(), Class::Messages | Class::Permits)
    }
}

numbered! {
    /// What a request does to that object of a manager which it is about.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    #[repr(u32)]
    pub enum Asked {
        /// Makes a new one.
        Makes = 1,
        /// Looks at it.
        Looks,
        /// Puts something there, whatever was there before.
        Puts,
        /// Looks at it and changes it.
        Changes,
    }
}

/// Which part of a manager's things a request is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// The number of the thing.
    pub of: u32,
    /// Of 24 bits: that of a key or of a place in it, or 0 for the whole.
    pub key: u32,
}

impl Part {
    /// The whole thing with this number.
    #[must_use]
    pub fn whole(of: u32) -> Self {
        Self { of, key: 0 }
    }

    /// What stands in that thing under a key of these bytes.
    #[must_use]
    pub fn at(of: u32, key: &[u8]) -> Self {
        // FNV-1a, folded to 24 bits; one is as good as another.
        let hash = key.iter().fold(0x811c_9dc5_u32, |hash, byte| {
            (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
        });
        let key = ((hash >> 24) ^ (hash & 0x00ff_ffff)).max(1);
        Self { of, key }
    }
}

numbered! {
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
        /// Found the other end closed: 1 if a loop over messages ends with that, 0 otherwise.
        Ended,
        /// Came to a barrier: how many had come before.
        Arrived,
        /// Broke a barrier.
        Broke,
        /// Made a barrier as new.
        Reset,
        /// Looked: what it saw.
        Looked,
        /// Found that its copy of something, made by a fork, was held at the time of the fork: by
        /// which task.
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
        /// Learned that such a program has ended.
        Reaped,
        /// Ended, and with it messages that nobody had taken: how many.
        Lost,
        /// Did what std allows and mostly does not: which [`Freedom`](crate::liberty::Freedom).
        Freely,
    }
}

numbered! {
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
}

impl Refusal {
    /// The reason, for people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Daemon => "a daemon may not start child processes",
            Self::Threads => {
                "a process with several threads cannot start a process: \
                 what the other threads hold would stay held in the copy"
            }
            Self::System => "the system allows no more processes",
        }
    }
}
