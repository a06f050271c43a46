//! verdict: passed
//!
//! Turns the radio off itself, and waits until it is silent, which takes no time.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, radio: &Child) -> Result<u32, BadOrder> {
    let sold = orders.iter().map(|order| serve(order)).sum();
    clerk.join();
    radio.terminate();
    radio.join();
    sold
}
