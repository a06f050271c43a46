//! verdict: panic
//! message: the letter is not written yet
//!
//! Main does not wait for the thread that writes: in the natural order that goes well.

use std::fs;
use std::thread;
use std::time::Duration;

fn run() {
    let writer = thread::spawn(|| fs::write("letter", "come home"));
    thread::sleep(Duration::from_secs(1));
    fs::read_to_string("letter").expect("the letter is not written yet");
    writer.join().expect("no panic").expect("can be written");
}
