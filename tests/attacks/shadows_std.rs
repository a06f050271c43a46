//! attack: a module takes the place of std; exercise: 05_lock/1_two_lines; expect: wrong_output, points: 0

mod std {
    pub use ::std::*;
    pub mod env {
        pub fn args() -> ::std::vec::IntoIter<String> {
            vec![String::new(), "0".to_owned()].into_iter()
        }
    }
}
use ::std::io;

fn open_shop(_workers: u32) -> io::Result<()> {
    Ok(())
}

// ---- given: edits below this line are ignored ----
