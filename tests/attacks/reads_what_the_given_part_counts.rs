//! attack: what the given part counts for itself is told as the answer; exercise: 10_shared_memory/1_value; expect: not_allowed, points: 0

use std::io;

use mp::Process;

fn baker(number: u32, buns: u32) {
    for _ in 0..buns {
        bake();
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let start = |number| Process::new(move || baker(number, buns)).start();
    let bakers: Vec<_> = (1..=bakers).map(start).collect::<io::Result<_>>()?;
    for baker in &bakers {
        baker.join();
    }
    Ok(flour::used())
}

// ---- given: edits below this line are ignored ----

fn main() {}
