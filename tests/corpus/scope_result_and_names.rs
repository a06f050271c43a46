//! lines: any order
//! Threads of a scope with names, made by builders.
use std::thread::{self, Builder};

fn main() {
    let words = ["alpha", "beta", "gamma"];
    let lengths = thread::scope(|scope| {
        let handles: Vec<_> = words
            .iter()
            .map(|word| {
                Builder::new()
                    .name(format!("worker-{word}"))
                    .spawn_scoped(scope, move || {
                        println!("{} counts", thread::current().name().unwrap_or("?"));
                        word.len()
                    })
                    .expect("a thread")
            })
            .collect();
        handles.into_iter().map(|h| h.join().unwrap()).collect::<Vec<usize>>()
    });
    println!("{lengths:?}");
}
