//! verdict: wrong_output
//!
//! Copies the example, and with it the number.

use std::io;

use mp::Process;

fn baker(shelf: &Shelf) {
    for _ in 0..2 {
        bake();
        let _held = shelf.back.lock();
        put_bun(shelf);
    }
    println!("baker 1 put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let mut started = Vec::new();
    for _ in 0..bakers {
        started.push(Process::new(|| baker(shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
