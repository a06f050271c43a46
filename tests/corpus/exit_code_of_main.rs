//! exit: 3
//! A status returned from main.
use std::process::{ExitCode, Termination};

enum Outcome {
    Bad,
}

impl Termination for Outcome {
    fn report(self) -> ExitCode {
        match self {
            Outcome::Bad => ExitCode::from(3),
        }
    }
}

fn main() -> Outcome {
    println!("bad");
    Outcome::Bad
}
