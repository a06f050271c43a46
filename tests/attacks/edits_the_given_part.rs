//! attack: main is changed to print what is expected, below the line; exercise: 05_lock/1_two_lines; expect: pending, points: 0

use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    todo!()
}

// ---- given: edits below this line are ignored ----

fn main() {
    for number in 1..=5 {
        println!("{number}: {} is running", 40_001 + number);
        println!("{number}: {} is done", 40_001 + number);
    }
    println!("all 5 workers have gone home");
}
