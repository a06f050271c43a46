//! verdict: requirement
//!
//! It sleeps, and asks who is still there, until nobody is.

use std::io;
use std::thread;
use std::time::Duration;

use mp::{Child, Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        shelf.lock().update(|count| count + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = &Value::new(0_u32);
    let mut there = Vec::new();
    for number in 1..=bakers {
        there.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    while !there.is_empty() {
        thread::sleep(Duration::from_millis(20));
        there.retain(|child: &Child| child.is_alive());
    }
    Ok(shelf.get())
}
