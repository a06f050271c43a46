//! What an exercise may require beyond its transcript, by name.

use super::fact::Unmet;
use super::named::named;

named! {
    /// A requirement, as course.toml calls it. Hints are chosen by the one that does not hold.
    Requirement {
        /// So many tasks at once in a marked section, in some schedule.
        Overlap = "overlap",
        /// Never more tasks than that at once in a marked section.
        AtMost = "at_most",
        /// So many different orders of lines, over all schedules.
        Orders = "orders",
        /// The longest virtual time that a run may take.
        Makespan = "makespan",
        /// So many processes that print, each a process of its own.
        Processes = "processes",
        /// No task asks again and again where it should wait.
        NoPolling = "no_polling",
        /// Objects for which some task waits.
        BlockedOn = "blocked_on",
        /// The states that tasks go through.
        States = "states",
        /// What is done only while a lock is held.
        Held = "held",
        /// What is done only while a lock is not held.
        NotHeld = "not_held",
        /// Queues with one message for each task.
        Once = "once",
        /// What must not be left behind.
        Clean = "clean",
    }
}

impl Unmet {
    /// The requirement that does not hold.
    pub fn requirement(&self) -> Requirement {
        match self {
            Unmet::Printers(..) | Unmet::Thread(..) => Requirement::Processes,
            Unmet::Makespan(..) => Requirement::Makespan,
            Unmet::Crowded(..) => Requirement::AtMost,
            Unmet::Overlap(..) | Unmet::Workers(..) | Unmet::ForShow(..) => Requirement::Overlap,
            Unmet::Orders(..) | Unmet::NeverFree(_) => Requirement::Orders,
            Unmet::NeverWaited(..) => Requirement::BlockedOn,
            Unmet::Polls(..) => Requirement::NoPolling,
            Unmet::LooksAgain(..) => Requirement::Once,
            Unmet::NoSuchTask(_) | Unmet::States(_) => Requirement::States,
            Unmet::Unheld(..) => Requirement::Held,
            Unmet::HeldIn(..) => Requirement::NotHeld,
        }
    }
}
