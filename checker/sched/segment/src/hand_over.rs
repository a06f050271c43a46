//! Handing the baton over where tasks may have died: a signal that the scheduler does not know
//! about can kill a task that does not hold the baton, and the others must not wait for it for
//! ever.
//!
//! The supervisor notes every death. A death is looked at in two situations only: when the dead
//! task is chosen, and before a run is declared stuck. In the second case nobody may be dying and
//! all deaths must be known. Looking only then keeps such runs reproducible, although a death takes
//! time.

use std::sync::atomic::Ordering;

use sched_model::engine::decide::Next;
use sched_model::engine::world::{Ending, NONE, World, state};

use crate::os::proc::read_proc;
use crate::os::sys::{self, exit_code, rest};
use crate::segment::Segment;

/// Decides who goes on after `holder`. For the task `me`, which has the baton.
#[inline]
pub fn decide(segment: &Segment, world: &mut World, holder: u32, me: u32) -> Next {
    let mut next = world.decide(holder);
    while next == Next::Over && is_blocked_forever(world) {
        // The watchdog sees to it that this ends.
        while somebody_dies(segment, world, me) {
            rest(std::time::Duration::from_micros(100));
        }
        if !reopen(segment, world) {
            break;
        }
        next = world.decide(holder);
    }
    next
}

/// Gives the baton to `task`, and returns true. If the task is dead, this notes the death and
/// returns false: the caller still holds the baton.
#[inline]
pub fn hand_over(segment: &Segment, me: u32, task: u32) -> bool {
    // SAFETY: the caller holds the baton.
    let pending_kill = unsafe { segment.world() }.task(task).pending_kill;
    if pending_kill != 0 {
        // Only a process is ever to be killed, by its leading task.
        let pid = segment.ids(task).process.load(Ordering::Acquire);
        if segment.baton().pass_without_waking(me, task) {
            // The supervisor sees the death and goes on from there.
            sys::signal(pid, pending_kill.cast_signed());
            return true;
        }
    } else if segment.baton().pass(me, task) {
        return true;
    }
    let status = segment.baton().death(task).unwrap_or(0);
    // SAFETY: the caller holds the baton also after a `pass` that failed.
    unsafe { segment.world() }.died(task, exit_code(status.cast_signed()));
    false
}

/// Whether the run ended because its tasks wait for something that will never happen.
pub fn is_blocked_forever(world: &World) -> bool {
    [Ending::Deadlock as u32, Ending::Livelock as u32].contains(&world.ending)
}

/// Takes over the deaths that were noted. If there are any, a run that was blocked for ever goes on.
pub fn reopen(segment: &Segment, world: &mut World) -> bool {
    let mut found = false;
    for task in (0..).take(world.tasks().len()) {
        let status = segment.baton().death(task);
        if let Some(status) = status.filter(|_| world.task(task).state != state::EXITED) {
            found = true;
            world.ending = Ending::Open as u32;
            world.died(task, exit_code(status.cast_signed()));
        }
    }
    found
}

/// Whether a process other than that of `me` is gone, or about to be, and nobody noted it yet.
pub fn somebody_dies(segment: &Segment, world: &World, me: u32) -> bool {
    let baton = segment.baton();
    (0..).zip(world.tasks().iter()).any(|(id, task)| {
        let mine = me != NONE && id == world.task(me).process;
        let is_thread = task.process != id;
        if mine || is_thread || task.state == state::EXITED || baton.death(id).is_some() {
            return false;
        }
        let pid = segment.ids(id).process.load(Ordering::Acquire);
        let mut buffer = [0; 4096];
        let dies = read_proc(pid, "/status", &mut buffer).is_none_or(is_dying);
        dies && baton.death(id).is_none()
    })
}

/// What `/proc/PID/status` tells (proc_pid_status(5)). A task without the baton sleeps or is
/// stopped. One in any other state has already taken its signal and is on its way out.
fn is_dying(status: &str) -> bool {
    let field = |name: &str| {
        let mut lines = status.lines();
        lines
            .find_map(|line| line.strip_prefix(name))
            .map_or("", str::trim)
    };
    let set = |name: &str| u64::from_str_radix(field(name), 16).unwrap_or(0);
    let pending = (set("SigPnd:") | set("ShdPnd:")) & !set("SigBlk:");
    pending != 0 || !field("State:").starts_with(['S', 'T', 't'])
}

#[cfg(test)]
mod tests {
    use super::is_dying;

    #[test]
    fn who_does_not_sleep_or_has_a_signal_to_handle_is_dying() {
        let status = |state: &str, pending: &str, blocked: &str| {
            format!(
                "Name:\ta\nState:\t{state}\nSigPnd:\t{pending}\nShdPnd:\t0\nSigBlk:\t{blocked}\n"
            )
        };
        assert!(!is_dying(&status("S (sleeping)", "0000000000000000", "0")));
        assert!(!is_dying(&status("T (stopped)", "0000000000000000", "0")));
        assert!(is_dying(&status("Z (zombie)", "0000000000000000", "0")));
        assert!(is_dying(&status("R (running)", "0000000000000000", "0")));
        assert!(is_dying(&status("S (sleeping)", "0000000000000100", "0")));
        assert!(
            !is_dying(&status("S (sleeping)", "0000000000000100", "100")),
            "it is blocked"
        );
    }
}
