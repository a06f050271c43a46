//! attack: `extern crate` gives std's name to another crate; exercise: 05_lock/1_two_lines; expect: build_error, points: 0

extern crate core as std;

fn open_shop(_workers: u32) -> Result<(), ()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
