//! verdict: passed
//!
//! Another right answer: a join on each way out, written down twice.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let mut sold = 0;
    for order in orders {
        match serve(order) {
            Ok(buns) => sold += buns,
            Err(error) => {
                clerk.join();
                return Err(error);
            }
        }
    }
    clerk.join();
    Ok(sold)
}
