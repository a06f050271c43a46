//! verdict: wrong_output
//!
//! Every baker fills a shelf of its own: the one of main stays empty.

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
    let shelf = Value::new(0_u32);
    let mut started = Vec::new();
    for number in 1..=bakers {
        let work = move || baker(number, buns, &Value::new(0_u32));
        started.push(Process::new(work).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(shelf.get())
}
