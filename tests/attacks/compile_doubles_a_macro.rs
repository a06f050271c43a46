//! attack: a macro writes twice as much text, forty times over; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: the compiler gave up on this program

use std::io;

macro_rules! doubled {
    ([] $($text:tt)*) => { [$(stringify!($text)),*] };
    ([$once:tt $($more:tt)*] $($text:tt)*) => { doubled!([$($more)*] $($text)* $($text)*) };
}

fn open_shop(_workers: u32) -> io::Result<()> {
    let all = doubled!([1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0] x);
    println!("{}", all.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
