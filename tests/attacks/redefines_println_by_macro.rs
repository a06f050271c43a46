//! attack: a macro defines a `println!` that prints nothing, from a name that it is given; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

macro_rules! define {
    ($name:ident) => {
        macro_rules! $name {
            () => {};
        }
    };
}
define!(println);
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
