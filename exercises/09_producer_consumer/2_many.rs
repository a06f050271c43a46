//! Many bakers, many eaters.
//!
//! A sign is taken off the shelf like a bun: by one eater. And none of several bakers knows whether
//! the others are done. So how many signs, when, and who puts them there?
//!
//! The task: write `open_shop`. It starts the bakers 1, 2, ... up to `bakers`, each in a process of
//! its own that calls `shop.bake_all(baker)`, and as many processes as there are `eaters`, each of
//! which calls `shop.eat_all()`. All of them work at the same time. An eater eats until it takes a
//! `None` off the shelf, which is `shop.shelf` and has room for two. When `open_shop` returns,
//! every bun is eaten, and everybody has gone home: all processes have been joined. Who waits does
//! not ask again and again.
//!
//! The arguments are the number of bakers, of eaters, and how many buns each baker bakes.
//!
//! Why it matters: a pool of workers that take their work from a queue is found everywhere. Most
//! that can go wrong there goes wrong at the end: some are never told, or all are told too soon.
//!
//! Try it by hand:  `course run 09_producer_consumer/2_many 2 3 3`
//! Check it:        `course check 09_producer_consumer/2_many`

use std::io;

use mp::Process;

/// Lets everybody work, and returns when all buns are eaten and all have gone home.
fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    // TODO: start them all. Who puts the signs (`None`) on the shelf, and when?
    todo!()
}

// ---- given: edits below this line are ignored ----

use shop::Shop;

/// Only here buns are baked and eaten.
mod shop {
    /// What bakers and eaters have in common.
    pub struct Shop {
        /// Buns, and `None` as a sign that there will be no more.
        pub shelf: mp::Queue<Option<u32>>,
        /// How many buns each baker bakes.
        pub buns: u32,
        /// How many buns are eaten.
        eaten: mp::Value<u32>,
    }

    impl Shop {
        pub(super) fn new(buns: u32) -> Shop {
            Shop {
                shelf: mp::Queue::named("shelf", 2),
                buns,
                eaten: mp::Value::named("eaten", 0_u32),
            }
        }

        pub(super) fn eaten(&self) -> u32 {
            self.eaten.get()
        }

        /// The work of a baker: bakes its buns, puts them on the shelf, and goes home.
        #[track_caller]
        pub fn bake_all(&self, baker: u32) {
            for number in 1..=self.buns {
                let bun = 10 * baker + number;
                work(100, &format!("bun {bun} is baked"));
                self.shelf.put(Some(bun));
            }
            println!("a baker goes home");
        }

        /// The work of an eater: eats buns off the shelf, and goes home when it takes a sign.
        #[track_caller]
        pub fn eat_all(&self) {
            while let Some(bun) = self.shelf.get() {
                work(400, &format!("bun {bun} is eaten"));
                self.eaten.lock().update(|buns| buns + 1);
            }
            println!("an eater goes home");
        }
    }

    /// Baking and eating take their time.
    fn work(milliseconds: u64, done: &str) {
        let _inside = mp::section("bake or eat");
        std::thread::sleep(std::time::Duration::from_millis(milliseconds));
        println!("{done}");
    }
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (bakers, eaters, buns) = (argument(1, 2), argument(2, 3), argument(3, 3));
    let shop = Shop::new(buns);
    open_shop(&shop, bakers, eaters)?;
    println!("eaten: {} of {} buns", shop.eaten(), bakers * buns);
    Ok(())
}
