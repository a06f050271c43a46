//! verdict: too_much_output
//!
//! Writes to standard error without end, which is no scheduling point.

fn attack() {
    loop {
        eprintln!("x");
    }
}
