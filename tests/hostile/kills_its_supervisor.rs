//! verdict: inconclusive
//! message: ended unexpectedly or blocked in a call that is not controlled
//!
//! Leaves a process that takes no part in the run, and kills the one that supervises it; where
//! Landlock keeps signals in, it cannot, and waits.

unsafe extern "C" {
    safe fn syscall(number: i64, a: i64, b: i64, c: i64, d: i64, e: i64) -> i64;
}

#[cfg(target_arch = "x86_64")]
const GETPPID_KILL_CLONE_PAUSE: [i64; 4] = [110, 62, 56, 34];
#[cfg(target_arch = "aarch64")]
const GETPPID_KILL_CLONE_PAUSE: [i64; 4] = [173, 129, 220, 73];
const SIGCHLD: i64 = 17;

fn attack() {
    let [getppid, kill, clone, pause] = GETPPID_KILL_CLONE_PAUSE;
    let supervisor = syscall(getppid, 0, 0, 0, 0, 0);
    if syscall(clone, SIGCHLD, 0, 0, 0, 0) == 0 {
        loop {
            syscall(pause, 0, 0, 0, 0, 0);
        }
    }
    syscall(kill, supervisor, 9, 0, 0, 0);
    loop {
        syscall(pause, 0, 0, 0, 0, 0);
    }
}
