//! The ids of tasks: those that the program sees under check, and the system's.

use sched_model::engine::world::World;
use sched_model::records::FIRST_PID;

use crate::attached::{segment, with};
use crate::kernel::{self, FIRST_TID};

/// The id that a task of this world has in the program's eyes.
fn of_task(world: &World, task: u32) -> u32 {
    let record = world.task(task);
    if record.process == task {
        FIRST_PID + record.pid
    } else {
        FIRST_TID + task
    }
}

/// The virtual id of the task, or of this process's parent, that has this id in the system.
#[must_use]
pub fn seen(real: i32) -> Option<u32> {
    let segment = segment().filter(|_| real > 0)?;
    // What others note of this task they may note a little later.
    if real == rustix::thread::gettid().as_raw_pid() {
        return Some(kernel::task_number());
    }
    if real == rustix::process::getpid().as_raw_pid() {
        return Some(kernel::pid());
    }
    if rustix::process::getppid().is_some_and(|parent| parent.as_raw_pid() == real) {
        return Some(kernel::parent_pid());
    }
    let found = with(|world, _| {
        let task = (0..world.task_count).find(|&task| segment.real_id(task) == real);
        task.map(|task| of_task(world, task))
    });
    found.flatten()
}

/// Whether a task of the run has this id in the system. The server that started it is none.
#[must_use]
pub fn is_of_run(real: i32) -> bool {
    let own = [rustix::thread::gettid(), rustix::process::getpid()];
    if own.iter().any(|own| own.as_raw_pid() == real) {
        return true;
    }
    let known = segment().and_then(|segment| {
        with(|world, _| (0..world.task_count).any(|task| segment.real_id(task) == real))
    });
    known.unwrap_or(false)
}

/// The system's id of the task with this virtual id.
#[must_use]
pub fn real(seen: u32) -> Option<i32> {
    let segment = segment()?;
    if seen == kernel::pid() {
        return Some(rustix::process::getpid().as_raw_pid());
    }
    let task = with(|world, _| (0..world.task_count).find(|&task| of_task(world, task) == seen));
    let id = segment.real_id(task.flatten()?);
    (id != 0).then_some(id)
}
