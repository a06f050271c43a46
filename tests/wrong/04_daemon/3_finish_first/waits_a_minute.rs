//! verdict: wrong_order, cause: gave_up
//!
//! Waits for the clerk, but gives up after a minute.

use std::time::Duration;

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let sold = orders.iter().map(|order| serve(order)).sum();
    if clerk.join_timeout(Duration::from_secs(60)).is_none() {
        clerk.terminate();
    }
    sold
}
