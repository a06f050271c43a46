//! verdict: wrong_output, cause: unjoined
//!
//! All is right up to the signs. Then it returns, with the last buns still being eaten.

use std::io;

use mp::Process;

fn open_shop(shop: &Shop, bakers: u32, eaters: u32) -> io::Result<()> {
    let mut baking = Vec::new();
    for baker in 1..=bakers {
        baking.push(Process::new(move || shop.bake_all(baker)).start()?);
    }
    for _ in 0..eaters {
        Process::new(|| shop.eat_all()).start()?;
    }
    for baker in &baking {
        baker.join();
    }
    for _ in 0..eaters {
        shop.shelf.put(None);
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// What bakers and eaters have in common.
struct Shop {
    /// Buns, and `None` as a sign that there will be no more.
    shelf: mp::Queue<Option<u32>>,
    /// How many buns each baker bakes.
    buns: u32,
    /// How many buns are eaten.
    eaten: mp::Value<u32>,
}

impl Shop {
    /// The work of a baker: bakes its buns, puts them on the shelf, and goes home.
    #[track_caller]
    fn bake_all(&self, baker: u32) {
        for number in 1..=self.buns {
            let bun = 10 * baker + number;
            work(100);
            println!("bun {bun} is baked");
            self.shelf.put(Some(bun));
        }
        println!("a baker goes home");
    }

    /// The work of an eater: eats buns off the shelf, and goes home when it takes a sign.
    #[track_caller]
    fn eat_all(&self) {
        while let Some(bun) = self.shelf.get() {
            work(400);
            self.eaten.lock().update(|buns| buns + 1);
            println!("bun {bun} is eaten");
        }
        println!("an eater goes home");
    }
}

/// Baking and eating take their time.
fn work(milliseconds: u64) {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(milliseconds));
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (bakers, eaters, buns) = (argument(1, 2), argument(2, 3), argument(3, 3));
    let shop = Shop {
        shelf: mp::Queue::named("shelf", 2),
        buns,
        eaten: mp::Value::new(0_u32),
    };
    open_shop(&shop, bakers, eaters)?;
    println!("eaten: {} of {} buns", shop.eaten.get(), bakers * buns);
    Ok(())
}
