//! verdict: wrong_order, cause: lost_update
//!
//! A lock that is never taken is always given back: two customers read the same sum.

use mp::{Lock, Value};

fn serve(order: &str, _till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    enter(order, sold)?;
    println!("order {order}: paid");
    Ok(())
}
