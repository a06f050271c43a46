//! verdict: wrong_output
//!
//! Takes an order of no buns for the end of the sale.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let mut sold = Ok(0);
    for order in orders {
        match (serve(order), &mut sold) {
            (Ok(0), _) => break,
            (Ok(buns), Ok(sold)) => *sold += buns,
            (served, _) => {
                sold = served;
                break;
            }
        }
    }
    clerk.join();
    sold
}
