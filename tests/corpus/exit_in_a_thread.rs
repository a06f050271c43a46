//! exit: 4
//! A thread ends the whole program.
use std::thread;
use std::time::Duration;

fn main() {
    println!("main waits");
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(5));
        std::process::exit(4);
    });
    thread::sleep(Duration::from_secs(100));
    println!("never printed");
}
