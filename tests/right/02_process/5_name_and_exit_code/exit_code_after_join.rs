//! verdict: passed
//!
//! Another right answer: waits first, with a time limit in a loop, and asks for the code then.

use std::cmp::Ordering;
use std::io;
use std::process;
use std::time::Duration;

use mp::{Child, Process};

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    let packer = Process::new(|| {
        let left = pack(buns);
        process::exit(left)
    });
    let packer = packer.name(name.to_owned());
    packer.start()
}

fn report(packer: &Child) -> String {
    while packer.join_timeout(Duration::from_secs(3600)).is_none() {}
    let code = packer.exit_code().unwrap_or_default();
    let how = match code.cmp(&0) {
        Ordering::Less => format!("ended by signal {}", code.unsigned_abs()),
        Ordering::Equal => String::from("nothing left over"),
        Ordering::Greater => format!("{code} left over"),
    };
    format!("{}: {how}", packer.name())
}
