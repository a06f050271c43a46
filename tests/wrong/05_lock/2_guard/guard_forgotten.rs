//! verdict: deadlock, cause: never_released
//!
//! A guard that is kept from being dropped gives nothing back.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let held = till.lock();
    enter(order, sold)?;
    println!("order {order}: paid");
    std::mem::forget(held);
    Ok(())
}
