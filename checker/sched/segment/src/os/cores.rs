//! Which cores threads may run on.

use rustix::process::Pid;
use rustix::thread::CpuSet;

/// The cores that this process may use, beginning with the one it is on. So several checkers that
/// each use the first core of their list are on different cores.
#[must_use]
pub fn allowed_cores() -> Vec<usize> {
    let set = rustix::thread::sched_getaffinity(None);
    let set = set.unwrap_or_else(|_| CpuSet::new());
    let mut cores: Vec<usize> = (0..CpuSet::MAX_CPU)
        .filter(|&core| set.is_set(core))
        .collect();
    let here = rustix::thread::sched_getcpu();
    let place = cores.iter().position(|&core| core == here);
    cores.rotate_left(place.unwrap_or(0));
    cores
}

/// Moves the calling thread to `core`. A thread that asks a server for one schedule after the other
/// is best placed on the server's core: the two take turns, and waking a thread on another core
/// costs more than a switch.
pub fn stay_on(core: usize) {
    let_run_on(None, &[core]);
}

/// Lets a process, or the calling thread, run on these cores. Where this is forbidden, everything
/// still works, only slower.
pub fn let_run_on(process: Option<Pid>, cores: &[usize]) {
    let mut set = CpuSet::new();
    cores.iter().for_each(|&core| set.set(core));
    let _ = rustix::thread::sched_setaffinity(process, &set);
}
