//! verdict: passed
//!
//! Another right answer: a type with `run`, and a chain of comparisons.

use std::io;

use mp::{Child, Process, Run};

struct Packer(i32);

impl Run for Packer {
    fn run(&mut self) {
        let left = pack(self.0);
        if left > 0 {
            std::process::exit(left);
        }
    }
}

fn hire(name: &str, buns: i32) -> io::Result<Child> {
    Process::of(Packer(buns)).name(name).start()
}

fn report(packer: &Child) -> String {
    let code = packer.join();
    let how = if code < 0 {
        format!("ended by signal {}", code.abs())
    } else if code > 0 {
        format!("{code} left over")
    } else {
        "nothing left over".to_owned()
    };
    [packer.name(), ": ", &how].concat()
}
