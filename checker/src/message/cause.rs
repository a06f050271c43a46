//! What a cause is, for those that a wait tells by itself.

use crate::facts::Cause;

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
pub fn of_wait(cause: Cause) -> Option<&'static str> {
    Some(match cause {
        Cause::LockCycle => {
            "each of them holds what another one waits for, and none gives it back before it has \
             got the other one"
        }
        Cause::SelfDeadlock => "it waits for itself: only it could give back what it already holds",
        Cause::LostWakeup => {
            "the notification came when nobody waited yet, and one that nobody waits for is gone"
        }
        Cause::NeverReleased => {
            "whoever took it has ended without giving it back, and its end does not do that either"
        }
        Cause::QueueNotDrained => {
            "a process ends only when everything it put into a queue was taken, and nobody takes \
             it: read the queue before you join the process"
        }
        Cause::NoSender => "nobody is left who would send a message",
        Cause::TooFewAtBarrier => {
            "a barrier lets through as many at once as it was made for, and not so many come any \
             more"
        }
        _ => return None,
    })
}
