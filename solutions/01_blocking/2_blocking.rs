//! Stand there and wait.
//!
//! The first of four ways to get a bun: synchronous and blocking. You find out yourself that it is
//! done, by waiting for it, and you do nothing else until then. A task that waits in this way is
//! Blocked: it costs nothing, and it goes on the moment there is something to go on with.
//!
//! The task: write `buy`. Order a bun for each entry of `tenths` with `order`, all of them before
//! waiting for the first, because each bakes in an oven of its own. Then wait for the buns, take
//! all of them off the counter, and return their numbers in any order. Do not ask whether there is
//! one: wait for it.
//!
//! Buns that take 0.3 and 0.5 seconds are all there after 0.5 seconds. Main then kneads dough for
//! 0.6 seconds, which makes 1.1 in all.
//!
//! Why it matters: waiting is the simplest way, and often the right one. The art is to
//! begin everything first that can go on meanwhile.
//!
//! Try it by hand:  `time course run 01_blocking/2_blocking 3 5`
//! Check it:        `course check 01_blocking/2_blocking`

use std::io;

use mp::Queue;

/// Orders a bun for each entry of `tenths` (how long it bakes, in tenths of a second) and waits
/// for all of them. Returns the buns that came onto the counter.
fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    // All ovens are at work before the first wait; `get` is blocked until there is a bun.
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    Ok(tenths.iter().map(|_| counter.get()).collect())
}

// ---- given: edits below this line are ignored ----

/// Orders a bun: it bakes in an oven of its own for some tenths of a second, and then comes onto
/// the counter.
fn order(bun: usize, tenths: u64, counter: &mp::Queue<usize>) -> std::io::Result<mp::Child> {
    let bake = move || {
        std::thread::sleep(std::time::Duration::from_millis(100 * tenths));
        println!("bun {bun} is done");
        counter.put(bun);
    };
    mp::Process::new(bake).name(format!("oven {bun}")).start()
}

fn main() -> std::io::Result<()> {
    let args = std::env::args().skip(1);
    let mut tenths: Vec<u64> = args.filter_map(|text| text.parse().ok()).collect();
    if tenths.is_empty() {
        tenths = vec![3, 5];
    }
    let counter = &mp::Queue::named("counter", 0);
    let mut buns = buy(&tenths, counter)?;
    buns.sort();
    println!("I have the buns {buns:?}");
    // Until then all buns are done, also those that nobody has waited for.
    std::thread::sleep(std::time::Duration::from_millis(600));
    println!(
        "the dough is kneaded, left on the counter: {}",
        counter.len()
    );
    Ok(())
}
