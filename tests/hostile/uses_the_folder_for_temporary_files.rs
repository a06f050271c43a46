//! verdict: passed
//! schedules: 40
//!
//! Makes a file in the folder for temporary files, named after its pid, which is the same in
//! every schedule.

use std::{env, fs, process, thread, time};

fn attack() {
    let file = env::temp_dir().join(format!("shelf-{}", process::id()));
    assert!(!file.exists(), "another schedule's file");
    fs::write(&file, "a bun").expect("can be written");
    thread::sleep(time::Duration::from_millis(1));
    assert_eq!(fs::read_to_string(&file).expect("is there"), "a bun");
    fs::remove_file(&file).expect("can be removed");
}
