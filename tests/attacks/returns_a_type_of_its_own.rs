//! attack: what is returned is no process, but a type whose methods say what is wanted; exercise: 02_process/5_name_and_exit_code; expect: build_error, points: 0
//! message: the function has to have this signature

use std::io;

struct Packer {
    left: i32,
}

impl Packer {
    fn terminate(&self) {}
    fn name(&self) -> &str {
        "ada"
    }
}

fn hire(_name: &str, buns: i32) -> io::Result<Packer> {
    Ok(Packer { left: buns % 4 })
}

fn report(packer: &Packer) -> String {
    format!("{} left over", packer.left)
}

// ---- given: edits below this line are ignored ----
