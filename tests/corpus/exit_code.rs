//! exit: 7
//! Leaving in the middle, with a status.
use std::process;

struct NeverDropped;
impl Drop for NeverDropped {
    fn drop(&mut self) {
        println!("not reached");
    }
}

fn main() {
    let _value = NeverDropped;
    println!("leaving");
    if std::env::args().count() == 1 {
        process::exit(7);
    }
}
