//! verdict: deadlock
//! message: something to read from a pipe
//! schedules: 1
//!
//! A thread reads from a pipe that nobody writes to, and that no function of std made.

unsafe extern "C" {
    fn pipe(ends: *mut i32) -> i32;
    fn read(descriptor: i32, bytes: *mut u8, count: usize) -> isize;
}

fn attack() {
    let mut ends = [0; 2];
    assert_eq!(unsafe { pipe(ends.as_mut_ptr()) }, 0);
    let from = ends[0];
    let reads = std::thread::spawn(move || {
        let mut byte = 0_u8;
        unsafe { read(from, &raw mut byte, 1) }
    });
    reads.join().expect("never ends");
}
