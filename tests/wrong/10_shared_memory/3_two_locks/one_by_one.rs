//! verdict: requirement
//!
//! Each baker has to wait until the one before has gone home.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    for _ in 0..2 {
        bake();
        let _held = shelf.back.lock();
        put_bun(shelf);
    }
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    for number in 1..=bakers {
        Process::new(move || baker(number, shelf)).start()?.join();
    }
    Ok(())
}
