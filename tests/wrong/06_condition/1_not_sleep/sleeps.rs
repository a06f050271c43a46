//! verdict: wrong_order, cause: sleep_as_sync
//!
//! The baker sleeps until the dough must be ready, instead of waiting for it.

use std::thread::sleep;
use std::time::Duration;

fn apprentice(kitchen: &Kitchen, grams: u32) {
    knead(grams);
    kitchen.dough.set(grams);
}

fn baker(kitchen: &Kitchen, milliseconds: u32) {
    heat(milliseconds);
    sleep(Duration::from_secs(4));
    bake(kitchen);
}

// ---- given: edits below this line are ignored ----

/// What the two have in common.
struct Kitchen {
    /// The table's lock, and the place to wait for a change on the table.
    table: mp::Condition<'static>,
    /// Grams of dough on the table.
    dough: mp::Value<u32>,
}

/// Kneads so much dough, a gram in a millisecond.
fn knead(grams: u32) {
    std::thread::sleep(std::time::Duration::from_millis(grams.into()));
    println!("{grams} g of dough are kneaded");
}

/// Waits for the oven to get hot.
fn heat(milliseconds: u32) {
    std::thread::sleep(std::time::Duration::from_millis(milliseconds.into()));
}

/// Bakes the dough that is on the table.
fn bake(kitchen: &Kitchen) {
    match kitchen.dough.get() {
        0 => println!("there is no dough to bake"),
        grams => println!("{} buns are baked", grams / 50),
    }
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (grams, milliseconds) = (argument(1, 300), argument(2, 500));
    let kitchen = Kitchen {
        table: mp::Condition::named("table"),
        dough: mp::Value::named("dough", 0),
    };
    let apprentice = mp::Process::new(|| apprentice(&kitchen, grams)).name("apprentice");
    let apprentice = apprentice.start()?;
    let baker = mp::Process::new(|| baker(&kitchen, milliseconds)).name("baker");
    let baker = baker.start()?;
    apprentice.join();
    baker.join();
    println!("the kitchen is clean");
    Ok(())
}
