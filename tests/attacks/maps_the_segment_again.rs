//! attack: the scheduler's memory is opened as a file, by where it is mapped; exercise: 05_lock/1_two_lines; expect: panic, points: 0

use std::{fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    for map in fs::read_dir("/proc/self/map_files").expect("can be read").flatten() {
        let file = fs::OpenOptions::new().write(true).open(map.path());
        let target = fs::read_link(map.path()).unwrap_or_default();
        if target.to_string_lossy().contains("memfd") {
            file.expect("can be opened").set_len(0).expect("can be cut");
        }
    }
    panic!("nothing can be opened");
    Ok(())
}

// ---- given: edits below this line are ignored ----
