//! attack: all is printed at once, and the program leaves before main goes on; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

use std::io;

fn open_shop(workers: u32) -> io::Result<()> {
    for number in 1..=workers {
        println!("{number}: {} is running", 40_001 + number);
        println!("{number}: {} is done", 40_001 + number);
    }
    println!("all {workers} workers have gone home");
    std::process::exit(0);
}

// ---- given: edits below this line are ignored ----
