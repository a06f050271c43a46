//! verdict: wrong_order, cause: lost_update
//!
//! `let _ = ..` drops the guard in the same line: the till is free again before it is used.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let _ = till.lock();
    enter(order, sold)?;
    println!("order {order}: paid");
    Ok(())
}
