//! attack: memory of the process that supervises is written by its file; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: No such file or directory

use std::{env, fs, io};

fn open_shop(_workers: u32) -> io::Result<()> {
    // By absolute names only the processes of the program itself are found.
    env::set_current_dir("/proc")?;
    let stat = fs::read_to_string("self/stat")?;
    // The second field behind the name, which is in parentheses.
    let fields = stat.rsplit(')').next().expect("has fields");
    let parent = fields.split_whitespace().nth(1).expect("has a parent");
    fs::OpenOptions::new().write(true).open(format!("{parent}/mem")).expect("can be opened");
    Ok(())
}

// ---- given: edits below this line are ignored ----
