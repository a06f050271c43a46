//! verdict: inconclusive
//! message: a thread was started in another way than by std::thread
//! schedules: 2
//!
//! Starts a thread past the std.

use std::ffi::c_void;

unsafe extern "C" {
    fn pthread_create(
        thread: *mut u64,
        attributes: *const c_void,
        start: extern "C" fn(*mut c_void) -> *mut c_void,
        argument: *mut c_void,
    ) -> i32;
}

extern "C" fn nothing(argument: *mut c_void) -> *mut c_void {
    argument
}

fn attack() {
    let mut thread = 0;
    let none = std::ptr::null_mut();
    unsafe { pthread_create(&raw mut thread, none, nothing, none) };
}
