//! Who sets it, and who sees that it is set.
use std::sync::{LazyLock, Once, OnceLock};
use std::thread;

static VALUE: OnceLock<u32> = OnceLock::new();
static ONCE: Once = Once::new();
static LAZY: LazyLock<u32> = LazyLock::new(|| 7);

fn main() {
    let other = thread::spawn(|| {
        println!("{:?} {}", VALUE.set(1), ONCE.is_completed());
        println!("{}", *LAZY);
    });
    println!("{:?}", VALUE.get());
    ONCE.call_once(|| ());
    println!("{:?} {:?}", VALUE.set(2), LazyLock::get(&LAZY));
    other.join().unwrap();
    println!("{:?}", VALUE.get());
}
