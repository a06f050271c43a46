//! verdict: deadlock, none
//!
//! Each would answer, once it had an answer: that nobody is left who sends would be false.
use mp::{Process, Queue};

fn main() -> std::io::Result<()> {
    let (orders, bills) = (Queue::<u32>::unbounded(), Queue::<u32>::unbounded());
    let shop = Process::new(|| bills.put(orders.get() * 2)).start()?;
    orders.put(bills.get() + 1);
    shop.join();
    Ok(())
}
