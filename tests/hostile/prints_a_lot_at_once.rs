//! verdict: too_much_output
//!
//! Prints one line without end.

fn attack() {
    loop {
        print!("{:1000}", "");
    }
}
