//! verdict: panic
//!
//! `exit` is a way out, too, and the shortest one.

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let mut sold = 0;
    for order in orders {
        let Ok(buns) = serve(order) else {
            println!("the shop closes, an order cannot be read");
            std::process::exit(1);
        };
        sold += buns;
    }
    clerk.join();
    Ok(sold)
}
