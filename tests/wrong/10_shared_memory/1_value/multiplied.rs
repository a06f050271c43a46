//! verdict: wrong_output
//!
//! A cheat: nobody bakes, the bakers only say so, and main computes what should be on the shelf.

use std::io;

use mp::Process;

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || done(number, buns)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(bakers * buns)
}
