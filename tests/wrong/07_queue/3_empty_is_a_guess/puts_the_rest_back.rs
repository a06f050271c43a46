//! verdict: wrong_order, cause: not_atomic
//!
//! Takes all buns, keeps what it wishes for, and puts the rest back. Meanwhile others find the
//! shelf empty.

use mp::Queue;

fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    let mut bag = Vec::new();
    while let Ok(bun) = shelf.get_nowait() {
        bag.push(bun);
    }
    let rest = bag.split_off(wish.min(bag.len()));
    rest.into_iter().for_each(|bun| shelf.put(bun));
    bag
}

// ---- given: edits below this line are ignored ----

/// What the process of a customer does.
fn customer(wish: usize, shelf: &mp::Queue<u32>) {
    for bun in buy(wish, shelf) {
        println!("bun {bun} is sold");
    }
    println!("a customer goes home");
}

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let buns = args.next().and_then(|text| text.parse().ok()).unwrap_or(5);
    let mut wishes: Vec<usize> = args.filter_map(|text| text.parse().ok()).collect();
    if wishes.is_empty() {
        wishes = vec![2, 3, 4];
    }
    let shelf = mp::Queue::named("shelf", 0);
    for bun in 1..=buns {
        shelf.put(bun);
    }
    let mut started = Vec::new();
    for &wish in &wishes {
        started.push(mp::Process::new(|| customer(wish, &shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    // Nobody else is left to change it.
    println!("buns on the shelf in the end: {}", shelf.len());
    Ok(())
}
