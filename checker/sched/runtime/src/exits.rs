//! Waiting for the end of a task, and asking whether it has ended, under check.

use std::time::Duration;

use sched_model::engine::block::WaitFor;
use sched_model::engine::world::{Kind, NONE, Op, state};

use crate::attached::with;
use crate::kernel::{self, point};
use crate::object::{Caller, Object};
use crate::until::Until;

/// Waits for the exit of a task, and returns its exit code.
pub(crate) fn await_task(task: u32, timeout: Option<Duration>, caller: Caller) -> Option<i32> {
    point(Op::Join, Object::NONE, caller);
    if kernel::lives(task) == Some(true) {
        let deadline = Until::after(timeout).deadline();
        kernel::block(
            WaitFor {
                word: 0,
                object: NONE,
                child: task,
                deadline,
            },
            Some(caller),
        );
    }
    let code = with(|world, me| {
        if world.task(task).state != state::EXITED {
            world.record(me, Kind::GaveUp, NONE, u64::from(task), 0);
            world.not_yet(me);
            return None;
        }
        world.acquire_edge_from_task(me, task);
        world.record(me, Kind::Joined, NONE, u64::from(task), 0);
        Some(world.task(task).exit_code)
    });
    code.flatten()
}

/// The exit code of a task that has exited; `None` while it lives.
pub(crate) fn look_at(task: u32, caller: Caller) -> Option<i32> {
    point(Op::IsAlive, Object::NONE, caller);
    let code = with(|world, me| {
        let alive = world.task(task).state != state::EXITED;
        world.record(me, Kind::IsAlive, NONE, u64::from(task), u64::from(alive));
        if alive {
            world.not_yet(me);
            return None;
        }
        world.acquire_edge_from_task(me, task);
        Some(world.task(task).exit_code)
    });
    code.flatten()
}
