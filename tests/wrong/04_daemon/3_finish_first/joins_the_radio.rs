//! verdict: requirement
//!
//! Both daemons are waited for: the shop stays open until the radio falls silent in the evening.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, radio: &Child) -> Result<u32, BadOrder> {
    let sold = orders.iter().map(|order| serve(order)).sum();
    for daemon in [clerk, radio] {
        daemon.join();
    }
    sold
}
