//! verdict: data_race, cause: two_locks
//!
//! Bakers with an even number lock another door than those with an odd one.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    let door = if number % 2 == 0 {
        &shelf.back
    } else {
        &shelf.front
    };
    for _ in 0..2 {
        bake();
        let _held = door.lock();
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
