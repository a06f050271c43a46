//! attack: descriptors of the process that supervises are opened again; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: No such file or directory

use std::{env, fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    // By absolute names only the processes of the program itself are found.
    env::set_current_dir("/proc")?;
    let stat = fs::read_to_string("self/stat")?;
    // The second field behind the name, which is in parentheses.
    let fields = stat.rsplit(')').next().expect("has fields");
    let parent = fields.split_whitespace().nth(1).expect("has a parent");
    let files = fs::read_dir(format!("{parent}/fd"))?;
    let opened = files.flatten().filter(|file| fs::File::open(file.path()).is_ok());
    assert_ne!(opened.count(), 0, "nothing can be opened");
    Ok(())
}

// ---- given: edits below this line are ignored ----
