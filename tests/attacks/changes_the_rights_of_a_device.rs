//! attack: the rights of the device that is standard input for all programs are changed by its descriptor; exercise: 05_lock/1_two_lines; expect: panic, points: 0
//! message: not permitted

use std::fs::File;
use std::io;
use std::os::fd::AsFd;

fn open_shop(_workers: u32) -> io::Result<()> {
    let input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    // To what they are: who may do that may do all else.
    let rights = input.metadata()?.permissions();
    input.set_permissions(rights).expect("can be changed");
    Ok(())
}

// ---- given: edits below this line are ignored ----
