//! lines: any order
//! Threads that print lines and halves of lines.
use std::thread;

fn main() {
    let threads: Vec<_> = (0..3)
        .map(|n| {
            thread::spawn(move || {
                for i in 0..2 {
                    println!("thread {n}: {i}");
                }
                eprintln!("thread {n} is done");
            })
        })
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
    print!("the ");
    print!("end");
    println!();
}
