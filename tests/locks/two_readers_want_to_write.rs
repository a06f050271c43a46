//! verdict: deadlock, lock_cycle
//! says: waits for RwLock-
use std::sync::RwLock;
use std::thread;

static STOCK: RwLock<i32> = RwLock::new(1);
static PRICE: RwLock<i32> = RwLock::new(1);

fn main() {
    let other = thread::spawn(|| {
        let stock = STOCK.read().unwrap();
        *PRICE.write().unwrap() += *stock;
    });
    {
        let price = PRICE.read().unwrap();
        *STOCK.write().unwrap() += *price;
    }
    other.join().unwrap();
}
