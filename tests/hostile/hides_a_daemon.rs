//! verdict: passed
//!
//! As in `leaves_a_daemon`, but past all functions that the scheduler knows: the daemon does not
//! take part in the run, and does not outlive it either.

unsafe extern "C" {
    safe fn syscall(number: i64, a: i64, b: i64, c: i64, d: i64, e: i64) -> i64;
    safe fn _exit(code: i32) -> !;
}

#[cfg(target_arch = "x86_64")]
const CLONE_SETSID_PAUSE: (i64, i64, i64) = (56, 112, 34);
#[cfg(target_arch = "aarch64")]
const CLONE_SETSID_PAUSE: (i64, i64, i64) = (220, 157, 73);
const SIGCHLD: i64 = 17;

fn attack() {
    let (clone, setsid, pause) = CLONE_SETSID_PAUSE;
    let fork = || syscall(clone, SIGCHLD, 0, 0, 0, 0);
    if fork() == 0 {
        syscall(setsid, 0, 0, 0, 0, 0);
        if fork() == 0 {
            loop {
                // `pause`, or `ppoll` of nothing where there is none.
                syscall(pause, 0, 0, 0, 0, 0);
            }
        }
        _exit(0);
    }
}
