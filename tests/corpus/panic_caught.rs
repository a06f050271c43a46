//! Panics caught, resumed, and told of by a joined thread.
use std::panic::{self, AssertUnwindSafe};
use std::thread;

fn main() {
    let result = panic::catch_unwind(|| {
        let empty: Vec<i32> = Vec::new();
        empty[0]
    });
    println!("{}", result.is_err());
    let mut value = 1;
    let result = panic::catch_unwind(AssertUnwindSafe(|| {
        value = 2;
        panic!("number {}", 5);
    }));
    println!("{value} {:?}", result.unwrap_err().downcast_ref::<String>());
    let joined = thread::spawn(|| -> u8 { panic::resume_unwind(Box::new(17_u32)) }).join();
    println!("{:?}", joined.unwrap_err().downcast_ref::<u32>());
}
