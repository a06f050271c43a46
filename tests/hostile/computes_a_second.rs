//! verdict: passed
//! schedules: 3
//!
//! Computes for a second without a scheduling point: slow, but not wrong.

#[repr(C)]
struct Time {
    seconds: i64,
    nanoseconds: i64,
}

const PROCESS_CPU_TIME: i32 = 2;

unsafe extern "C" {
    fn clock_gettime(clock: i32, time: *mut Time) -> i32;
}

fn attack() {
    let mut time = Time {
        seconds: 0,
        nanoseconds: 0,
    };
    while time.seconds < 1 {
        assert_eq!(unsafe { clock_gettime(PROCESS_CPU_TIME, &raw mut time) }, 0);
    }
}
