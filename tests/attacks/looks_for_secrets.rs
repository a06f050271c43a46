//! attack: a secret of the environment is looked for at run time; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: there is one

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("{}", std::env::var("COURSE_SECRET").expect("there is one"));
    Ok(())
}

// ---- given: edits below this line are ignored ----
