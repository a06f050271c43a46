//! verdict: deadlock
//! message: something to read from a pipe
//!
//! Reads from a pipe that nobody writes to, and that no function of std made.

unsafe extern "C" {
    fn pipe(ends: *mut i32) -> i32;
    fn read(descriptor: i32, bytes: *mut u8, count: usize) -> isize;
}

fn attack() {
    let mut ends = [0; 2];
    let mut byte = 0_u8;
    assert_eq!(unsafe { pipe(ends.as_mut_ptr()) }, 0);
    unsafe { read(ends[0], &raw mut byte, 1) };
}
