//! verdict: wrong_output
//!
//! A cheat: main bakes for all of them, without processes.

use std::io;

fn baker(number: u32, shelf: &Shelf) {
    for _ in 0..2 {
        bake();
        put_bun(shelf);
    }
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    (1..=bakers).for_each(|number| baker(number, shelf));
    Ok(())
}
