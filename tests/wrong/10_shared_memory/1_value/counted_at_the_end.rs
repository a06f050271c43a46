//! verdict: wrong_output
//!
//! Each baker counts for itself, and adds everything at once, in the end. Who goes home before that
//! has counted nothing.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    let mut mine = 0;
    while mine < buns {
        bake();
        mine += 1;
    }
    shelf.lock().update(|count| count + mine);
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = &Value::new(0_u32);
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(shelf.get())
}
