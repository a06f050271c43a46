//! verdict: wrong_output
//!
//! The error is kept until the end, but so are the customers who come after it.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let served: Vec<Result<u32, BadOrder>> = orders.iter().map(|order| serve(order)).collect();
    clerk.join();
    served.into_iter().sum()
}
