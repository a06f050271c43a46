//! verdict: data_race, cause: two_locks
//!
//! The program of the notes: the lock of one door for the first bun, that of the other for the second.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    bake();
    {
        let _held = shelf.back.lock();
        put_bun(shelf);
    }
    bake();
    {
        let _held = shelf.front.lock();
        put_bun(shelf);
    }
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
