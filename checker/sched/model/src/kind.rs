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

impl ObjectKind {
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
