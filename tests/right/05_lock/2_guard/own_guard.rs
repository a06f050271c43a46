//! verdict: passed
//!
//! Another right answer: a guard of one's own.

use mp::{Lock, Value};

struct Held<'a>(&'a Lock);

impl<'a> Held<'a> {
    fn take(lock: &'a Lock) -> Self {
        lock.acquire();
        Held(lock)
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let held = Held::take(till);
    let entered = enter(order, sold);
    drop(held);
    if entered.is_ok() {
        println!("order {order}: paid");
    }
    entered
}
