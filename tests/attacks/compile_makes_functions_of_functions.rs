//! attack: a generic function asks for itself with ever larger types, which only code generation finds; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: recursion limit

use std::io;

fn grow<F: Fn() -> u32>(depth: u32, f: F) -> u32 {
    if depth == 0 { f() } else { grow(depth - 1, move || f() + 1) }
}

fn open_shop(workers: u32) -> io::Result<()> {
    println!("{}", grow(workers, || 0));
    Ok(())
}

// ---- given: edits below this line are ignored ----
