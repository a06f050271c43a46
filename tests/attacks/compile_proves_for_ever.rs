//! attack: the compiler has to prove two things for each that it proves; exercise: 05_lock/1_two_lines; expect: build_error, points: 0; slow
//! message: overflow

use std::io;
struct L<T>(T);
trait Q {}
impl<T> Q for L<T>
where
    L<(T, T)>: Q,
    L<((T, T), T)>: Q,
{
}
fn f<T: Q>() {}
fn open_shop(_w: u32) -> io::Result<()> {
    f::<L<u8>>();
    Ok(())
}

// ---- given: edits below this line are ignored ----
