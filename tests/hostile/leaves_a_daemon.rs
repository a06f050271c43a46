//! verdict: livelock
//!
//! Forks twice and leaves its session, so that a daemon stays that sleeps for ever and has
//! standard output open.

unsafe extern "C" {
    safe fn fork() -> i32;
    safe fn setsid() -> i32;
    safe fn _exit(code: i32) -> !;
}

fn attack() {
    if fork() == 0 {
        setsid();
        if fork() == 0 {
            loop {
                std::thread::sleep(std::time::Duration::from_secs(1));
            }
        }
        _exit(0);
    }
}
