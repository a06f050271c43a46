//! attack: each schedule nests folders into folders; exercise: 05_lock/1_two_lines; expect: over_limit, points: 0; slow

use std::{env, fs, io};

fn open_shop(workers: u32) -> io::Result<()> {
    for _ in 0..20_000 {
        fs::create_dir("nested").and_then(|()| env::set_current_dir("nested"))?;
    }
    println!("{workers}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
