//! verdict: wrong_order, cause: check_then_act
//!
//! It has looked that there is room, so it need not look at the result: a bun is lost when another
//! baker was faster.

use mp::{Full, Queue};

fn bring(bun: Bun, counter: &Queue<Bun>, cellar: &Queue<Bun>) -> Result<(), Full<Bun>> {
    if !counter.is_full() {
        counter.put_nowait(bun).ok();
        return Ok(());
    }
    cellar.put_nowait(bun)
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
    for first in (0..bakers).map(|baker| 1 + baker * each) {
        let work = || baker(first..first + each, &counter, &cellar, &basket);
        started.push(mp::Process::new(work).start()?);
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
