//! verdict: requirement
//!
//! Two helpers are enough, it thinks, however many were asked for.

use std::io;

use mp::{JoinableQueue, Process};

fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = &JoinableQueue::unbounded();
    for &basket in delivery {
        baskets.put(basket);
    }
    for _ in 0..helpers.min(2) {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
                baskets.put(inner);
            }
            baskets.task_done();
        };
        Process::new(work).daemon(true).start()?;
    }
    baskets.join();
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
