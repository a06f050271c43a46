//! verdict: passed
//!
//! Another right answer: what is printed is decided by the result, with the till still held.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    till.acquire();
    let _back = Back(till);
    enter(order, sold).inspect(|()| println!("order {order}: paid"))
}

struct Back<'a>(&'a Lock);

impl Drop for Back<'_> {
    fn drop(&mut self) {
        self.0.release();
    }
}
