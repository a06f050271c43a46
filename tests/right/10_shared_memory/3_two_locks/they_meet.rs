//! verdict: passed
//!
//! Bakers and main meet at a barrier when the work is done, and nobody needs to be joined.

use std::io;

use mp::{Barrier, Process};

fn baker(number: u32, shelf: &Shelf) {
    for _ in 0..2 {
        bake();
        let _held = shelf.front.lock();
        put_bun(shelf);
    }
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let all_done = &Barrier::new(bakers + 1);
    for number in 1..=bakers {
        let work = move || {
            baker(number, shelf);
            all_done.wait().expect("nobody breaks it");
        };
        Process::new(work).start()?;
    }
    all_done.wait().expect("nobody breaks it");
    Ok(())
}
