//! Through all the states.
//!
//! A task is Ready when it could run, Running when it does, Blocked while it has to wait for
//! something, and Exited when it is over. From Blocked it never goes on to Running directly: it is
//! made Ready first, by somebody else or by the clock.
//!
//! The task: write the `baker` so that its process goes through exactly these states:
//!
//! ```text
//! Ready → Running → Blocked    until the bell rings
//!       → Ready → Running
//!       → Ready                it lets the apprentice go first, who is ready too
//!       → Running → Blocked    while the buns bake
//!       → Ready → Running → Exited
//! ```
//!
//! Main starts baker and apprentice, and rings the bell a little later.
//!
//! Why it matters: who knows which call leads from which state to which can read a trace, and
//! tells a task that waits from one that only looks busy.
//!
//! Try it by hand:  `course run 01_blocking/1_states 3`
//! Check it:        `course check 01_blocking/1_states`
//! Read the states: `course replay 01_blocking/1_states 0`

use std::thread;

use mp::Event;

/// The baker's process. `bake(bell, buns)` takes a tenth of a second for each bun.
fn baker(bell: &Event, buns: u64) {
    // TODO: go through the states, and bake.
    todo!()
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
