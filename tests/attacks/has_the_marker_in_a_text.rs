//! attack: the line above the given part stands in a text, so that the given part does, too; exercise: 05_lock/1_two_lines; expect: build_error, points: 0
//! message: unterminated raw string

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

const REST: &str = r#"
// ---- given: edits below this line are ignored ----
"#;

fn main() {}
