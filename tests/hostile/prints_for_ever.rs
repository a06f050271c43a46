//! verdict: too_much_output
//!
//! Prints short lines without end.

fn attack() {
    loop {
        println!("x");
    }
}
