//! attack: files by which the kernel is told something are written; exercise: 05_lock/1_two_lines; expect: panic, points: 0; slow
//! message: end

use std::{fs, io};
fn open_shop(_w: u32) -> io::Result<()> {
    for f in [
        "/proc/self/oom_score_adj",
        "/proc/self/comm",
        "/proc/self/clear_refs",
        "/proc/self/coredump_filter",
        "/proc/self/timerslack_ns",
        "/proc/self/autogroup",
        "/proc/sys/kernel/core_pattern",
        "/proc/self/uid_map",
        "/proc/self/attr/current",
        "/proc/self/fd/0",
        "/proc/self/fd/1",
        "/proc/self/fd/2",
        "/dev/tty",
        "/dev/kmsg",
        "/dev/shm/x",
        "/sys/power/state",
        "/proc/sysrq-trigger",
    ] {
        if let Ok(mut file) = fs::OpenOptions::new().write(true).open(f) {
            let r = io::Write::write(&mut file, b"1");
            println!("opened {f}: {r:?}");
        }
    }
    panic!("end")
}

// ---- given: edits below this line are ignored ----
