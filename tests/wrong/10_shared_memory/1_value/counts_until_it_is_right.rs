//! verdict: requirement
//!
//! It sleeps and counts, until the shelf is full.

use std::io;
use std::thread;
use std::time::Duration;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>, gone: &Value<u32>) {
    for _ in 0..buns {
        bake();
        shelf.lock().update(|count| count + 1);
    }
    done(number, buns);
    gone.lock().update(|count| count + 1);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let (shelf, gone) = (&Value::new(0_u32), &Value::new(0_u32));
    for number in 1..=bakers {
        Process::new(move || baker(number, buns, shelf, gone)).start()?;
    }
    while gone.get() < bakers {
        thread::sleep(Duration::from_millis(20));
    }
    Ok(shelf.get())
}
