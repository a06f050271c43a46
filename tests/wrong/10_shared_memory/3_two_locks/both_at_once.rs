//! verdict: wrong_output
//!
//! Bakes two buns, and then puts both there.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    bake();
    bake();
    let _held = shelf.back.lock();
    put_bun(shelf);
    put_bun(shelf);
    println!("baker {number} put 2 buns");
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
