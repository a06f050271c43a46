//! verdict: wrong_order, cause: lost_update
//!
//! `get` is atomic and `set` is atomic; somebody else counts between the two.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        shelf.set(shelf.get() + 1);
    }
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
