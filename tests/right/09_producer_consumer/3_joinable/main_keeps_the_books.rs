//! verdict: passed
//!
//! A plain queue each way: the helpers report what they found, and main counts what is open.

use std::io;

use mp::{Process, Queue};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets: Queue<Option<u32>> = Queue::named("baskets", 0);
    let found: Queue<Vec<u32>> = Queue::named("found", 0);
    let mut started = Vec::new();
    for _ in 0..helpers {
        let work = || {
            while let Some(basket) = baskets.get() {
                found.put(shelf.unpack(basket));
            }
        };
        started.push(Process::new(work).start()?);
    }
    let mut open = delivery.len();
    let put = |&basket: &u32| baskets.put(Some(basket));
    delivery.iter().for_each(put);
    while open > 0 {
        let inner = found.get();
        open = open - 1 + inner.len();
        inner.iter().for_each(put);
    }
    for _ in &started {
        baskets.put(None);
    }
    for helper in &started {
        helper.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// The shelf that all buns are to be put on.
struct Shelf {
    buns: mp::Value<u32>,
}

impl Shelf {
    /// Unpacks one basket, which takes a second: its bun is on the shelf then. Returns the smaller
    /// baskets that were in it.
    fn unpack(&self, basket: u32) -> Vec<u32> {
        let _inside = mp::section("work");
        std::thread::sleep(std::time::Duration::from_secs(1));
        println!("the bun of a basket of {basket}");
        self.buns.lock().update(|buns| buns + 1);
        let others = basket.saturating_sub(1);
        let inner = [others / 2, others - others / 2];
        inner.into_iter().filter(|&buns| buns > 0).collect()
    }
}

fn main() -> std::io::Result<()> {
    let args = std::env::args().skip(1);
    let mut numbers: Vec<u32> = args.filter_map(|text| text.parse().ok()).collect();
    if numbers.len() < 2 {
        numbers = vec![3, 15];
    }
    let (helpers, delivery) = (numbers[0], &numbers[1..]);
    let shelf = Shelf {
        buns: mp::Value::new(0_u32),
    };
    unpack_all(delivery, helpers, &shelf)?;
    let buns: u32 = delivery.iter().sum();
    println!("on the shelf: {} of {buns} buns", shelf.buns.get());
    Ok(())
}
