//! verdict: wrong_output
//!
//! The panic is caught, and the customer is told that all went well.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    till.acquire();
    let entered = catch_unwind(AssertUnwindSafe(|| enter(order, sold)));
    till.release();
    if let Ok(result) = entered {
        result?;
    }
    println!("order {order}: paid");
    Ok(())
}
