//! verdict: wrong_output
//!
//! Takes an order for paid if the sum has changed: one of no buns changes nothing.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let _held = till.lock();
    let before = sold.get();
    enter(order, sold)?;
    if sold.get() != before {
        println!("order {order}: paid");
    }
    Ok(())
}
