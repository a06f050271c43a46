//! verdict: wrong_output
//!
//! Looks after each baker whether it was the last one. On a day without bakers, one is started.

use std::io;

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
    let (mut started, mut number) = (Vec::new(), 0);
    loop {
        number += 1;
        started.push(Process::new(move || baker(number, shelf)).start()?);
        if number >= bakers {
            break;
        }
    }
    for child in &started {
        child.join();
    }
    Ok(())
}
