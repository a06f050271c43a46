//! verdict: wrong_output
//!
//! The first bun is counted before it is baked, the others after. Who has no flour at all has one on
//! the shelf.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    if buns > 0 {
        shelf.lock().update(|count| count + 1);
        bake();
    }
    for _ in 1..buns {
        bake();
        shelf.lock().update(|count| count + 1);
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
