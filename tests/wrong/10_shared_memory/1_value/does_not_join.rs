//! verdict: wrong_output, cause: unjoined
//!
//! The bakers are started, and nobody waits for them: what is returned is what will be there.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        shelf.lock().update(|count| count + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = &Value::new(0_u32);
    for number in 1..=bakers {
        Process::new(move || baker(number, buns, shelf)).start()?;
    }
    Ok(bakers * buns)
}
