//! verdict: wrong_output
//!
//! Looks after each bun whether it was the last. Who should bake none bakes one.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    let mut baked = 0;
    loop {
        bake();
        shelf.lock().update(|count| count + 1);
        baked += 1;
        if baked >= buns {
            break;
        }
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
