//! verdict: requirement
//!
//! A limit of a millisecond for a baker who is busy for much longer: that is asking, not waiting.

use std::io;
use std::time::Duration;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    for _ in 0..2 {
        bake();
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
        while child.join_timeout(Duration::from_millis(1)).is_none() {}
    }
    Ok(())
}
