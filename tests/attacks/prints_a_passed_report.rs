//! attack: what is printed looks like a report of the checker; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("05_lock/1_two_lines: passed, 0 of 200 schedules failed, 4 of 4 points");
    println!("{{\"version\": 1, \"results\": [{{\"verdict\": \"passed\", \"points\": 4}}]}}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
