//! verdict: wrong_output
//!
//! Goes home when the shelf is empty, as it is before the first bun.

use mp::Queue;

type OnShelf = u32;

fn baker(buns: u32, shelf: &Queue<OnShelf>) {
    for bun in 1..=buns {
        bake(bun);
        shelf.put(bun);
    }
}

fn eater(shelf: &Queue<OnShelf>) {
    while !shelf.is_empty() {
        eat(shelf.get());
    }
}

// ---- given: edits below this line are ignored ----

/// The newest bun that is baked.
static BAKED: std::sync::OnceLock<mp::Value<u32>> = std::sync::OnceLock::new();

/// That number, in memory that the processes share.
fn baked() -> &'static mp::Value<u32> {
    BAKED.get_or_init(|| mp::Value::new(0))
}

/// Bakes a bun, which takes some time.
fn bake(bun: u32) {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(200..500)));
    baked().set(bun);
    println!("bun {bun} is baked");
}

/// Eats a bun, which is faster done.
fn eat(bun: u32) {
    let _inside = mp::section("work");
    if bun > baked().get() {
        println!("bun {bun} is not baked yet");
    }
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..200)));
    println!("bun {bun} is eaten");
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (buns, room) = (argument(1, 10), argument(2, 3));
    baked().set(0);
    let shelf: mp::Queue<OnShelf> = mp::Queue::named("shelf", room as usize);
    let baking = mp::Process::new(|| {
        baker(buns, &shelf);
        println!("the baker goes home");
    });
    let baking = baking.name("baker").start()?;
    let eating = mp::Process::new(|| {
        eater(&shelf);
        println!("the eater goes home");
    });
    let eating = eating.name("eater").start()?;
    baking.join();
    eating.join();
    println!("the shop closes");
    Ok(())
}
