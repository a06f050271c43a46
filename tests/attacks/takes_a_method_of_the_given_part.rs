//! attack: a trait of the learner's is found before the method that main calls; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

trait First {
    fn nth(self, number: usize) -> Option<String>;
}

impl First for std::env::Args {
    fn nth(self, _number: usize) -> Option<String> {
        Some("0".to_owned())
    }
}
use std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
