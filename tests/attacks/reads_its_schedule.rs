//! attack: which schedule it is in is read from its memory, by a link to its file; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: failed to fill whole buffer

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::symlink;

fn open_shop(_workers: u32) -> io::Result<()> {
    symlink("/proc/self/mem", "memory")?;
    let mut memory = File::open("memory")?;
    memory.seek(SeekFrom::Start(0x2000_0000_0000))?;
    let mut segment = [0; 1 << 13];
    memory.read_exact(&mut segment)
}

// ---- given: edits below this line are ignored ----
