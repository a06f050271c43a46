//! verdict: wrong_output
//!
//! Says that both are there when one is.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    bake();
    {
        let _held = shelf.back.lock();
        put_bun(shelf);
    }
    bake();
    println!("baker {number} put 2 buns");
    let _held = shelf.back.lock();
    put_bun(shelf);
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let mut all = Vec::new();
    for number in 1..=bakers {
        all.push(Process::new(move || baker(number, shelf)).start()?);
    }
    for child in all {
        child.join();
    }
    Ok(())
}
