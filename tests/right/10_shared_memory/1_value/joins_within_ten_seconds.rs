//! verdict: passed
//!
//! A limit that no baker needs: it runs out only where somebody is very late, and then it waits once more.

use std::io;
use std::time::Duration;

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
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    for child in &started {
        while child.join_timeout(Duration::from_secs(10)).is_none() {}
    }
    Ok(shelf.get())
}
