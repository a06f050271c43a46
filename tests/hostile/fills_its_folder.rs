//! verdict: passed
//! schedules: 10
//!
//! Leaves files, folders that cannot be entered and deep ones, and a fifo in the folder
//! it runs in, which each schedule finds empty.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

unsafe extern "C" {
    fn mkfifo(path: *const u8, mode: u32) -> i32;
}

fn attack() {
    assert_eq!(fs::read_dir(".").expect("can be read").count(), 0);
    fs::write("file", [0; 100_000]).expect("can be written");
    fs::create_dir_all("closed/inner").expect("can be made");
    fs::write("closed/inner/file", "text").expect("can be written");
    assert_eq!(unsafe { mkfifo(c"fifo".as_ptr().cast(), 0o600) }, 0);
    fs::set_permissions("closed/inner", Permissions::from_mode(0)).expect("can be set");
    fs::set_permissions("closed", Permissions::from_mode(0)).expect("can be set");
    for _ in 0..300 {
        fs::create_dir("deep").expect("can be made");
        std::env::set_current_dir("deep").expect("can be entered");
    }
}
