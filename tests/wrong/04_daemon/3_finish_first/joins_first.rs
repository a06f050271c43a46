//! verdict: requirement
//!
//! The customers have to wait until the clerk has finished the book.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    clerk.join();
    let mut sold = 0;
    for order in orders {
        sold += serve(order)?;
    }
    Ok(sold)
}
