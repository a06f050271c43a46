//! attack: file after file is filled, which has no name any more and stays open; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow
//! message: fills the disk

use std::fs::{self, File};
use std::io::{self, Write};

fn open_shop(_workers: u32) -> io::Result<()> {
    let much = vec![1; 32 << 20];
    let keep = |_| {
        let mut file = File::create("file").expect("can be made");
        fs::remove_file("file").expect("can be removed");
        file.write_all(&much).expect("can be written");
        file
    };
    let kept: Vec<File> = (0..100).map(keep).collect();
    panic!("{} files are kept", kept.len());
}

// ---- given: edits below this line are ignored ----
