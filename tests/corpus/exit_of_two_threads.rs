//! exit: 5
//! Two threads end the program at once: the later one never returns.
use std::process;
use std::thread;

fn main() {
    println!("ends");
    let other = thread::spawn(|| process::exit(5));
    if !other.is_finished() {
        process::exit(5);
    }
}
