//! verdict: wrong_output
//!
//! It sleeps for a while that only seems long enough, instead of waiting for the bell.

use std::thread;
use std::time::Duration;

use mp::Event;

fn baker(bell: &Event, buns: u64) {
    thread::sleep(Duration::from_millis(50));
    thread::yield_now();
    bake(bell, buns);
}

// ---- given: edits below this line are ignored ----

/// Bakes some buns, which takes a tenth of a second each.
fn bake(bell: &mp::Event, buns: u64) {
    let when = if bell.is_set() { "after" } else { "before" };
    println!("{buns} buns come into the oven {when} the bell");
    std::thread::sleep(std::time::Duration::from_millis(100 * buns));
    println!("{buns} buns are done");
}

/// The apprentice's process.
fn apprentice(bell: &mp::Event) {
    bell.wait();
    println!("the dough is ready");
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let buns = first.and_then(|text| text.parse().ok()).unwrap_or(3);
    let bell = &mp::Event::named("bell");
    let baker = mp::Process::new(|| baker(bell, buns))
        .name("baker")
        .start()?;
    let apprentice = mp::Process::new(|| apprentice(bell))
        .name("apprentice")
        .start()?;
    std::thread::sleep(std::time::Duration::from_millis(100));
    bell.set();
    baker.join();
    apprentice.join();
    println!("the bakery is closed");
    Ok(())
}
