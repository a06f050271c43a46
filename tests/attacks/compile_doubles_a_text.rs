//! attack: a constant text is four times as long, sixteen times over; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: gave up

use std::io;
macro_rules! d { ($x:expr; ) => { $x }; ($x:expr; $h:tt $($t:tt)*) => { d!(concat!($x, $x, $x, $x); $($t)*) } }
const X: &str = d!("0123456789abcdef"; a a a a a a a a a a a a a a a a);
fn open_shop(_w: u32) -> io::Result<()> {
    println!("{}", X.len());
    Ok(())
}

// ---- given: edits below this line are ignored ----
