//! verdict: wrong_output
//!
//! Nobody waits for the clerk: the last lines are lost.

use mp::Child;

fn open_shop(orders: &[String], _clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let mut sold = 0;
    for order in orders {
        sold += serve(order)?;
    }
    Ok(sold)
}
