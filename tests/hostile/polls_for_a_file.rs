//! verdict: passed
//! schedules: 200
//!
//! Three processes poll for a file, each in another way, and then read what was written to shared
//! memory before it.

use mp::{Process, RawValue};
use std::fs::{self, File};
use std::io::{Read, Seek};
use std::path::Path;
fn attack() {
    let raw = &RawValue::new(0_i32);
    let a = Process::new(move || {
        while !Path::new("go").exists() {}
        assert_eq!(raw.get(), -3);
    })
    .start()
    .unwrap();
    let b = Process::new(move || {
        loop {
            if let Ok(t) = fs::read_to_string("go")
                && t == "go"
            {
                break;
            }
        }
        assert_eq!(raw.get(), -3);
    })
    .start()
    .unwrap();
    let c = Process::new(move || {
        loop {
            let mut t = String::new();
            if let Ok(mut f) = File::open("go") {
                f.read_to_string(&mut t).unwrap();
                f.rewind().unwrap();
            }
            if t == "go" {
                break;
            }
        }
        assert_eq!(raw.get(), -3);
    })
    .start()
    .unwrap();
    raw.set(-3);
    fs::write("go", "go").unwrap();
    a.join();
    b.join();
    c.join();
}
