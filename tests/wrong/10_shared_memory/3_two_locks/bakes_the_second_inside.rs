//! verdict: requirement
//!
//! The first bun is baked outside, the second with the back door locked.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    bake();
    let held = shelf.back.lock();
    put_bun(shelf);
    drop(held);
    let _held = shelf.back.lock();
    bake();
    put_bun(shelf);
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
