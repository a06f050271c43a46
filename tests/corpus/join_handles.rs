//! What threads return, their names and ids, and whether they are done.
use std::thread::{self, JoinHandle};

fn spawn_named(name: &str, value: u32) -> JoinHandle<u32> {
    thread::Builder::new()
        .name(name.into())
        .stack_size(256 * 1024)
        .spawn(move || value * 2)
        .unwrap()
}

fn main() {
    println!("{:?}", thread::current().name());
    let handle = spawn_named("doubler", 21);
    println!("{:?}", handle.thread().name());
    assert_ne!(handle.thread().id(), thread::current().id());
    println!("{}", handle.join().unwrap());
    let handle = thread::spawn(|| thread::current().name().map(str::to_owned));
    while !handle.is_finished() {
        thread::yield_now();
    }
    println!("{:?}", handle.join().unwrap());
    println!("{}", thread::available_parallelism().is_ok());
}
