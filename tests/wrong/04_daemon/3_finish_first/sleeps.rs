//! verdict: wrong_order
//!
//! A second for each order is what the clerk needs, so it is slept; on a busy machine it is less
//! than the clerk needs.

use std::thread::sleep;
use std::time::{Duration, Instant};

use mp::Child;

fn open_shop(orders: &[String], _clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let opened = Instant::now();
    let sold = orders.iter().map(|order| serve(order)).sum();
    let needed = Duration::from_millis(1000 * orders.len() as u64 + 200);
    sleep(needed.saturating_sub(opened.elapsed()));
    sold
}
