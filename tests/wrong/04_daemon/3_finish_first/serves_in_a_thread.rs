//! verdict: wrong_output
//!
//! Another thread serves the customers.

use std::thread;

use mp::Child;

fn open_shop(orders: &[String], clerk: &Child, _radio: &Child) -> Result<u32, BadOrder> {
    let sold = thread::scope(|scope| {
        let served = scope.spawn(|| orders.iter().map(|order| serve(order)).sum());
        served.join().expect("nobody panics")
    });
    clerk.join();
    sold
}
