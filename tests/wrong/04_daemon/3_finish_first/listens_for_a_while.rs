//! verdict: requirement
//!
//! Waits for half a second whether the radio ends.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, radio: &Child) -> Result<u32, BadOrder> {
    let sold = orders.iter().map(|order| serve(order)).sum();
    clerk.join();
    radio.join_timeout(std::time::Duration::from_millis(500));
    sold
}
