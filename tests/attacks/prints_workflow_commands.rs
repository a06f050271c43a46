//! attack: what is printed is a command to GitHub's runner; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("::error file=solutions,line=1::hacked");
    println!("::set-output name=points::4");
    println!("::add-mask::5");
    Ok(())
}

// ---- given: edits below this line are ignored ----
