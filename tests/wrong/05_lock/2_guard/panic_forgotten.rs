//! verdict: deadlock, cause: never_released
//!
//! Both results give the till back, but a panic is no result.

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    till.acquire();
    let entered = enter(order, sold);
    till.release();
    entered?;
    println!("order {order}: paid");
    Ok(())
}
