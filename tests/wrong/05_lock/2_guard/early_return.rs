//! verdict: deadlock, cause: never_released
//!
//! The `?` leaves the function before the till is given back.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    till.acquire();
    enter(order, sold)?;
    println!("order {order}: paid");
    till.release();
    Ok(())
}
