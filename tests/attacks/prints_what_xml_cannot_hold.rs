//! attack: what is printed is no text for XML, and ends its elements; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    println!("\u{0}\u{1}\u{fffe}]]></failure></testcase><!-- & \u{202e}dessap\u{2028}");
    Ok(())
}

// ---- given: edits below this line are ignored ----
