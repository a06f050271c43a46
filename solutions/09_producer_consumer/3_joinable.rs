//! When everything is done.
//!
//! Where work makes new work, nobody can say how many messages there will be, and an empty queue
//! says nothing: whoever is still at work may put more into it. A `JoinableQueue` counts what was
//! put and not yet said to be done with, and `join` waits until nothing is.
//!
//! The task: baskets are delivered. In each is a bun, and perhaps smaller baskets, which have to be
//! unpacked, too. Nobody knows how many before looking. Write `unpack_all`: its helpers are
//! processes, and no more than `helpers` unpack at the same time. `shelf.unpack(basket)` puts the
//! bun of one basket on the shelf, which takes a second, and returns the baskets that were in it:
//! these may be unpacked by any helper, so put them into a queue for all. When `unpack_all`
//! returns, all buns are on the shelf. The program must end then, so the helpers go home, or are
//! daemons. And nobody is idle while a basket is waiting. Nobody asks again and again.
//!
//! The first argument is the number of helpers, each other one a basket of so many buns.
//!
//! Why it matters: searching a folder with all its folders, or a site with all its links, is such
//! work. Stopped a moment too early, it looks complete, and is not.
//!
//! Try it by hand:  `course run 09_producer_consumer/3_joinable 3 15`
//! Check it:        `course check 09_producer_consumer/3_joinable`

use std::io;

use mp::{JoinableQueue, Process};

/// Unpacks the baskets, and all that are in them; a basket is the number of buns in it.
fn unpack_all(delivery: &[u32], helpers: u32, shelf: &Shelf) -> io::Result<()> {
    let baskets = JoinableQueue::named("baskets", 0);
    for _ in 0..helpers {
        let work = || loop {
            for inner in shelf.unpack(baskets.get()) {
                baskets.put(inner);
            }
            // Only now: before the inner baskets are counted, nothing might seem to be open.
            baskets.task_done();
        };
        Process::new(work).daemon(true).start()?;
    }
    for &basket in delivery {
        baskets.put(basket);
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
        let _inside = mp::section("unpack");
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
        buns: mp::Value::named("shelf", 0_u32),
    };
    unpack_all(delivery, helpers, &shelf)?;
    let buns: u32 = delivery.iter().sum();
    println!("on the shelf: {} of {buns} buns", shelf.buns.get());
    Ok(())
}
