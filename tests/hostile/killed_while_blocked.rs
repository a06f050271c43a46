//! verdict: panic
//! message: SIGKILL
//!
//! Kills its children in the system's own way while one waits for a lock and one sleeps: who
//! joins them must not wait for ever.

use std::fs;
use std::time::Duration;

unsafe extern "C" {
    safe fn syscall(number: i64, a: i64, b: i64) -> i64;
}

#[cfg(target_arch = "x86_64")]
const GETPID_AND_KILL: (i64, i64) = (39, 62);
#[cfg(target_arch = "aarch64")]
const GETPID_AND_KILL: (i64, i64) = (172, 129);

// A real process id is another one each time. Of what is written, the first bytes are recorded.
fn write_id(file: &str) {
    let id = syscall(GETPID_AND_KILL.0, 0, 0);
    fs::write(file, format!("{id:>20}")).expect("can be written");
}

fn kill(file: &str) -> bool {
    let id = fs::read_to_string(file)
        .ok()
        .and_then(|id| id.trim().parse().ok());
    id.is_some_and(|id| syscall(GETPID_AND_KILL.1, id, 9) == 0)
}

fn attack() {
    let lock = mp::Lock::new();
    lock.acquire();
    let blocked = mp::Process::new(|| {
        write_id("blocked");
        lock.acquire();
    });
    let blocked = blocked.start().expect("can be started");
    let asleep = mp::Process::new(|| {
        write_id("asleep");
        std::thread::sleep(Duration::from_secs(3600));
    });
    let asleep = asleep.start().expect("can be started");
    std::thread::sleep(Duration::from_secs(60));
    if !kill("blocked") {
        lock.release();
    }
    kill("asleep");
    blocked.join();
    asleep.join();
}
