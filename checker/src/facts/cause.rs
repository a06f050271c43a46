//! The mistakes that a failure can be traced back to.

use super::named::named;

named! {
    /// The mistake behind a failure. Hints are chosen by it, and answers declare it.
    Cause {
        /// A task acts on what it saw, although another task has changed it since.
        CheckThenAct = "check_then_act",
        /// An event is cleared before the task that waits for it has seen that it was set.
        ClearedTooEarly = "cleared_too_early",
        /// A task that waits with a limit of time goes on without what it waited for.
        GaveUp = "gave_up",
        /// A lock is held when a process is started that needs it.
        HeldAtFork = "held_at_fork",
        /// A task waits for others while it holds what they need.
        HeldWhileWaiting = "held_while_waiting",
        /// A task that was woken goes on without checking again that what it waited for is there.
        IfNotWhile = "if_not_while",
        /// Each holds what the next one waits for.
        LockCycle = "lock_cycle",
        /// A task overwrites what another one has written since it read.
        LostUpdate = "lost_update",
        /// A notification comes when nobody waits for it, or before what it should tell of, or wakes a task
        /// that cannot use it.
        LostWakeup = "lost_wakeup",
        /// Each waits for what comes only if the other one goes on.
        MutualWait = "mutual_wait",
        /// The task that took a lock ended without releasing it.
        NeverReleased = "never_released",
        /// Nobody is left who would give what is waited for.
        NobodyLeft = "nobody_left",
        /// A message is waited for that nobody is left to send.
        NoSender = "no_sender",
        /// Steps that belong together are not kept together.
        NotAtomic = "not_atomic",
        /// A process cannot end before what it put into a queue is taken, and nobody takes it.
        QueueNotDrained = "queue_not_drained",
        /// A task waits for what it holds itself.
        SelfDeadlock = "self_deadlock",
        /// A sleep stands in place of a wait.
        SleepAsSync = "sleep_as_sync",
        /// A message that was taken was never reported as done.
        TaskNotDone = "task_not_done",
        /// Fewer come to a barrier than it was made for.
        TooFewAtBarrier = "too_few_at_barrier",
        /// The same is guarded by different locks.
        TwoLocks = "two_locks",
        /// A child is not waited for.
        Unjoined = "unjoined",
        /// A value is read, or stays, that a newer one should have replaced: accesses to atomics ask for
        /// too little order.
        WeakOrder = "weak_order",
        /// The task that would have provided what is waited for died first.
        WaitsForDead = "waits_for_dead",
    }
}

impl Cause {
    /// Its name as people read it.
    pub fn words(self) -> String {
        self.name().replace('_', " ")
    }
}
