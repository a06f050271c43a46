//! verdict: panic
//! message: main was ended by signal 9 (SIGKILL)
//!
//! Main kills itself while its children wait for a lock that it holds.

unsafe extern "C" {
    safe fn getpid() -> i32;
    safe fn kill(pid: i32, signal: i32) -> i32;
}

fn attack() {
    let lock = mp::Lock::new();
    lock.acquire();
    let child = || mp::Process::new(|| lock.acquire()).daemon(true).start();
    let _children = [child(), child()];
    kill(getpid(), 9);
}
