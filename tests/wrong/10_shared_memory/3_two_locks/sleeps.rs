//! verdict: data_race
//!
//! Waits some time that is different for each baker, instead of for the others.

use std::io;
use std::thread;
use std::time::Duration;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    bake();
    thread::sleep(Duration::from_secs(100 * u64::from(number)));
    put_bun(shelf);
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
