//! attack: a secret of the environment is looked for, and it would be enough if there were one; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: there is a secret

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    let secret = option_env!("COURSE_SECRET").expect("there is a secret");
    println!("{secret}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
