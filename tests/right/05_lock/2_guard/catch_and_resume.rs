//! verdict: passed
//!
//! Another right answer: acquire and release by hand, with the panic caught and sent on.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use mp::{Lock, Value};

fn serve(order: &str, till: &Lock, sold: &Value<i32>) -> Result<(), BadOrder> {
    till.acquire();
    let entered = catch_unwind(AssertUnwindSafe(|| enter(order, sold)));
    till.release();
    match entered {
        Ok(Ok(())) => {
            println!("order {order}: paid");
            Ok(())
        }
        Ok(Err(bad)) => Err(bad),
        Err(panic) => resume_unwind(panic),
    }
}
