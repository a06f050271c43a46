//! What a cause is, for those that a wait tells by itself.

/// One sentence on a deadlock's cause, after the one that tells who waits for what.
pub fn of_wait(cause: &str) -> Option<&'static str> {
    Some(match cause {
        "lock_cycle" => {
            "each of them holds what another one waits for, and none gives it back before it has \
             got the other one"
        }
        "self_deadlock" => "it waits for itself: only it could give back what it already holds",
        "lost_wakeup" => {
            "the sign was given when nobody waited yet, and a sign that nobody waits for is gone"
        }
        "never_released" => {
            "whoever took it has ended without giving it back, and its end does not do that either"
        }
        "queue_not_drained" => {
            "a process ends only when everything it put into a queue was taken, and nobody takes \
             it: read the queue before you join the process"
        }
        "no_sender" => "nobody is left who would send a message",
        "too_few_at_barrier" => "fewer tasks come to the barrier than it waits for",
        _ => return None,
    })
}
