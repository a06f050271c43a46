//! verdict: requirement
//!
//! Sleeping between the questions makes polling cheaper, not waiting.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use mp::Queue;

fn buy(tenths: &[u64], counter: &Queue<usize>) -> io::Result<Vec<usize>> {
    for (bun, &tenths) in tenths.iter().enumerate() {
        order(bun, tenths, counter)?;
    }
    let mut buns = Vec::new();
    while buns.len() < tenths.len() {
        sleep(Duration::from_millis(10));
        buns.extend(counter.get_nowait());
    }
    Ok(buns)
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
