//! verdict: wrong_order, cause: lost_update
//!
//! The till is still left held, but whoever waited a minute for it goes on without it.

use std::time::Duration;

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    let held = till.acquire_timeout(Duration::from_secs(60));
    enter(order, sold)?;
    println!("order {order}: paid");
    if held {
        till.release();
    }
    Ok(())
}
