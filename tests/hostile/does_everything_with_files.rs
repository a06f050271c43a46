//! verdict: passed
//!
//! Calls what there is on files, once: each does what it always does.

use std::fs::{self, File};
use std::io::{Read, Seek, Write};
use std::os::unix::fs::FileExt;
fn attack() {
    fs::create_dir_all("x/y").unwrap();
    fs::create_dir_all("x/y").unwrap();
    fs::write("x/y/a.txt", "a longer text than eight").unwrap();
    assert_eq!(fs::copy("x/y/a.txt", "b.txt").unwrap(), 24);
    fs::rename("b.txt", "c.txt").unwrap();
    assert!(fs::exists("c.txt").unwrap() && !fs::exists("b.txt").unwrap());
    assert_eq!(fs::metadata("c.txt").unwrap().len(), 24);
    assert!(fs::read("nothing").is_err());
    fs::hard_link("c.txt", "d.txt").unwrap();
    assert_eq!(fs::read_dir(".").unwrap().count(), 3);
    fs::remove_file("c.txt").unwrap();
    let mut f = File::options()
        .append(true)
        .read(true)
        .open(std::env::current_dir().unwrap().join("d.txt"))
        .unwrap();
    f.write_at(b"!", 0).unwrap();
    f.write_all(b"-3").unwrap();
    f.rewind().unwrap();
    let mut t = String::new();
    f.read_to_string(&mut t).unwrap();
    assert_eq!(t, "a longer text than eight!-3");
    let mut two = [0; 2];
    f.read_at(&mut two, 1).unwrap();
    fs::remove_dir_all("x").unwrap();
}
