//! verdict: deadlock, self_deadlock
//! says: main waits for LazyLock-1 (line 5), which it initialises itself (since line 8)
use std::sync::LazyLock;

static VALUE: LazyLock<i32> = LazyLock::new(|| *VALUE + 1);

fn main() {
    println!("{}", *VALUE);
}
