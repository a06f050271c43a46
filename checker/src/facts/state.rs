//! The states of a task, and what it can wait for.

use crate::facts::named::named;

named! {
    /// What a task is doing.
    State {
        /// It could run, and another one does.
        Ready = "ready",
        /// It runs.
        Running = "running",
        /// It waits: for an object, a child's exit, or a time.
        Blocked = "blocked",
        /// It is gone.
        Exited = "exited",
    }
}

named! {
    /// What a task can wait for, as `blocked_on` in course.toml names it.
    BlockedOn {
        /// `mp::Lock`.
        Lock = "lock",
        /// `mp::RLock`.
        RLock = "rlock",
        /// `mp::Value` or `mp::Array`.
        Value = "value",
        /// `mp::Semaphore` or `mp::BoundedSemaphore`.
        Semaphore = "semaphore",
        /// `mp::Event`.
        Event = "event",
        /// `mp::Barrier`.
        Barrier = "barrier",
        /// `mp::Condition`.
        Condition = "condition",
        /// `mp::Queue` or `mp::JoinableQueue`.
        Queue = "queue",
        /// `mp::pipe`.
        Pipe = "pipe",
        /// `mp::Manager`.
        Manager = "manager",
        /// A child's exit.
        Join = "join",
        /// A time.
        Sleep = "sleep",
    }
}
