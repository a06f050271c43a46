//! verdict: deadlock, lock_cycle
//! says: waits for LazyLock-
use std::sync::LazyLock;
use std::thread;

static EGG: LazyLock<usize> = LazyLock::new(|| CHICKEN.len() + 1);
static CHICKEN: LazyLock<String> = LazyLock::new(|| if *EGG > 1 { "hen" } else { "chick" }.into());

fn main() {
    let other = thread::spawn(|| CHICKEN.len());
    println!("{}", *EGG + other.join().unwrap());
}
