//! verdict: wrong_output
//!
//! Keeps to itself that an order cannot be read.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let _held = till.lock();
    if enter(order, sold).is_ok() {
        println!("order {order}: paid");
    }
    Ok(())
}
