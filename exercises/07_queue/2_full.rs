//! No bun is lost.
//!
//! A queue with a bound can be full. `put` then waits until somebody makes room; `put_nowait` does
//! not wait, it says `Full` and gives the message back, because it was not taken. What becomes of
//! it is up to the caller, and it is the only one who still has it. A program that goes on as if
//! nothing were the matter has lost a message.
//!
//! The task: it is night, the shop is still closed, and the bakers are at work, each in a process
//! of its own. Write `bring`, which they call for each bun: if there is room on the counter, the
//! bun goes there; if not, it goes to the cellar; and if the cellar is full as well, `bring` gives
//! the bun back, and the baker keeps it in a basket. Nobody fetches a bun before the morning, so a
//! baker who waits for room waits in vain. In the morning main counts: both counter and cellar
//! must be as full as they can be, and no bun may be missing.
//!
//! The arguments: how many buns there is room for on the counter, and how many in the cellar, where
//! 0 is for any number; how many bakers there are, and how many buns each of them bakes.
//!
//! Why it matters: a full queue is rare while one tries a program, and an ordinary thing on a busy
//! day. What is then done with the message was often never thought about.
//!
//! Try it by hand:  `course run 07_queue/2_full 2 3 3 2`
//! Check it:        `course check 07_queue/2_full`

use mp::{Full, Queue};

/// Brings a bun to where there is room; gives it back where there is none.
fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    // TODO: the counter, or else the cellar, or else back to the baker.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// A bun; there is only one with this number.
#[derive(serde::Serialize, serde::Deserialize)]
struct Bun {
    number: u32,
}

/// Bakes a bun, which takes some time.
fn bake(number: u32) -> Bun {
    std::thread::sleep(std::time::Duration::from_millis(100));
    println!("bun {number} is baked");
    Bun { number }
}

/// What the process of a baker does: bakes the buns with these numbers.
fn baker(
    numbers: std::ops::Range<u32>,
    counter: &mp::Queue<Bun>,
    cellar: &mp::Queue<Bun>,
    basket: &mp::Queue<Bun>,
) {
    for number in numbers {
        if let Err(mp::Full(bun)) = bring(bake(number), counter, cellar) {
            basket.put(bun);
        }
    }
}

/// Takes all buns out of a queue that nobody else uses any more.
fn clear(place: &str, queue: &mp::Queue<Bun>, buns: &mut Vec<u32>) {
    println!("buns {place}: {}", queue.len());
    buns.extend(std::iter::from_fn(|| queue.get_nowait().ok()).map(|bun| bun.number));
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (bakers, each) = (argument(3, 3), argument(4, 2));
    let counter = mp::Queue::named("counter", argument(1, 2) as usize);
    let cellar = mp::Queue::named("cellar", argument(2, 3) as usize);
    let basket = mp::Queue::named("basket", 0);
    let mut started = Vec::new();
    for number in 1..=bakers {
        let first = 1 + (number - 1) * each;
        let work = || baker(first..first + each, &counter, &cellar, &basket);
        let baker = mp::Process::new(work).name(format!("baker {number}"));
        started.push(baker.start()?);
    }
    for child in &started {
        child.join();
    }
    let mut buns = Vec::new();
    clear("on the counter", &counter, &mut buns);
    clear("in the cellar", &cellar, &mut buns);
    clear("in the basket", &basket, &mut buns);
    buns.sort_unstable();
    println!("all together: {buns:?}");
    Ok(())
}
