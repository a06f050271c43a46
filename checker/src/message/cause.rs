//! What a cause is, for those that a wait tells by itself.

/// The same for a channel of std: who receives learns when all senders are gone.
pub fn of_channel() -> &'static str {
    "nobody sends any more, and yet a sender is still alive, it may be the receiver's own: only when \
     all are dropped does receiving end"
}

/// The same for a lock that many may read at once.
pub fn of_reader() -> &'static str {
    "it waits for itself: only it could give back what it already holds. Even who reads, and wants to \
     read once more, waits when somebody else waits to write"
}

/// One sentence on a deadlock's cause, after the one that tells who waits for what.
pub fn of_wait(cause: &str) -> Option<&'static str> {
    Some(match cause {
        "lock_cycle" => {
            "each of them holds what another one waits for, and none gives it back before it has \
             got the other one"
        }
        "self_deadlock" => "it waits for itself: only it could give back what it already holds",
        "lost_wakeup" => {
            "the notification came when nobody waited yet, and one that nobody waits for is gone"
        }
        "never_released" => {
            "whoever took it has ended without giving it back, and its end does not do that either"
        }
        "queue_not_drained" => {
            "a process ends only when everything it put into a queue was taken, and nobody takes \
             it: read the queue before you join the process"
        }
        "no_sender" => "nobody is left who would send a message",
        "too_few_at_barrier" => {
            "a barrier lets through as many at once as it was made for, and not so many come any \
             more"
        }
        _ => return None,
    })
}
