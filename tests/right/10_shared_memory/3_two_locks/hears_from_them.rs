//! verdict: passed
//!
//! Hears from each baker that the buns are there, and joins nobody.

use std::io;

use mp::{Process, Queue};

fn baker(number: u32, shelf: &Shelf) {
    for _ in 0..2 {
        bake();
        let _held = shelf.back.lock();
        put_bun(shelf);
    }
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let done = Queue::unbounded();
    for number in 1..=bakers {
        let done = &done;
        Process::new(move || {
            baker(number, shelf);
            done.put(number);
        })
        .start()?;
    }
    for _ in 0..bakers {
        done.get();
    }
    Ok(())
}
