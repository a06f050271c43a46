//! verdict: wrong_output
//!
//! `terminate` is not "please finish": the clerk is stopped in the middle of the book.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, radio: &Child) -> Result<u32, BadOrder> {
    let sold = orders.iter().map(|order| serve(order)).sum();
    for daemon in [clerk, radio] {
        daemon.terminate();
        daemon.join();
    }
    sold
}
