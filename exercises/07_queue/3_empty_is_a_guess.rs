//! Empty is a guess.
//!
//! `is_empty` and `len` tell what a queue was like when they looked. By the time the answer is
//! used, another process may have put or taken something. So neither can promise that a `get` will
//! find a message, and there is no lock to put around the two: the others would not take it. What
//! is certain is the answer of a call that asks and takes in one piece.
//!
//! The task: it is evening, nobody bakes any more, and the last buns lie on the shelf, a queue.
//! Customers come, all at the same time, each in a process of its own, and each with a wish for so
//! many buns. Write `buy`: it takes as many buns from the shelf as the customer wishes, or fewer if
//! there are no more, and returns them. The customer goes home then, at once or after a while; who
//! waits for another bun without a limit waits for ever. And no bun stays on the shelf as long as
//! there is still somebody in the shop who wishes for it.
//!
//! The arguments are how many buns there are, and then the wish of each customer.
//!
//! Why it matters: the check looks right and works nearly always. It fails when two customers want
//! the last bun in the same moment, which happens on the day when the shop is full.
//!
//! Try it by hand:  `course run 07_queue/3_empty_is_a_guess 5 2 3 4`
//! Check it:        `course check 07_queue/3_empty_is_a_guess`

use mp::Queue;

/// Takes `wish` buns from the shelf, or all there are.
fn buy(wish: usize, shelf: &Queue<u32>) -> Vec<u32> {
    // TODO: one bun after the other, until there are enough, or no more.
    todo!()
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
    for (number, &wish) in (1..).zip(&wishes) {
        let customer = mp::Process::new(|| customer(wish, &shelf));
        started.push(customer.name(format!("customer {number}")).start()?);
    }
    for child in &started {
        child.join();
    }
    // Nobody else is left to change it.
    println!("buns on the shelf in the end: {}", shelf.len());
    Ok(())
}
