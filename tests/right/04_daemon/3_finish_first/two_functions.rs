//! verdict: passed
//!
//! Another right answer: the `?` stands in a function of its own, which it leaves for this one.

use mp::Child;

fn serve_all(orders: &[String]) -> Result<u32, BadOrder> {
    let mut sold = 0;
    for order in orders {
        sold += serve(order)?;
    }
    Ok(sold)
}

fn open_shop(orders: &[String], clerk: &Child, radio: &Child) -> Result<u32, BadOrder> {
    let sold = serve_all(orders);
    radio.terminate();
    clerk.join();
    sold
}
