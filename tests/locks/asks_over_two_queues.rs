//! verdict: deadlock, nobody_left
//!
//! Each would answer, once it had an answer: what main waits for is told, and that nobody else is there.
use mp::{Process, Queue};

fn main() -> std::io::Result<()> {
    let (orders, bills) = (Queue::<u32>::unbounded(), Queue::<u32>::unbounded());
    let shop = Process::new(|| bills.put(orders.get() * 2)).start()?;
    orders.put(bills.get() + 1);
    shop.join();
    Ok(())
}
