//! verdict: wrong_output
//!
//! The `?` leaves before the clerk is waited for.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let mut sold = 0;
    for order in orders {
        sold += serve(order)?;
    }
    clerk.join();
    Ok(sold)
}
