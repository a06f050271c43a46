//! verdict: passed
//!
//! Another right answer: a value whose end waits for the clerk, on every way out.

use mp::Child;

struct Finish<'a>(&'a Child);

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        self.0.join();
    }
}

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let _finish = Finish(clerk);
    let mut sold = 0;
    for order in orders {
        sold += serve(order)?;
    }
    Ok(sold)
}
