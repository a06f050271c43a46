//! exit: 4
//! A thread ends the whole program.
use std::thread;

fn main() {
    println!("main waits");
    thread::spawn(|| std::process::exit(4));
    loop {
        thread::park();
    }
}
