//! A shared counter.
//!
//! A `Value` lies in memory that all processes share: what one sets, the others get. Its `get`
//! is atomic, and so is its `set`: each happens at once or not yet. The two together are not. If
//! two processes get 4, both set 5, and one bun is lost. `lock` gives a guard that holds the
//! value's own lock, for whatever has to happen in one piece.
//!
//! The task: every baker bakes some buns with `bake`, and after each one counts it on the shelf
//! that all bakers share. After the last it says `done(number, buns)`. Write `baker`, and
//! `open_bakery`, which starts the bakers 1, 2, 3, ... and returns how many buns are on the shelf
//! when all have gone home: their processes have been joined. The bakers bake at the same time:
//! hold the lock to count, not to bake. And they may run out of flour. `bake` then ends the baker's
//! process, and only what was counted before is on the shelf. Nobody asks again and again.
//!
//! The arguments are the number of bakers, how many buns each of them bakes, and for how many buns
//! each has flour (if it is not said: for all).
//!
//! Why it matters: the lost update is the most common mistake there is with shared memory.
//!
//! Try it by hand:  `course run 10_shared_memory/1_value 3 2`
//! Check it:        `course check 10_shared_memory/1_value`

use std::io;

use mp::{Process, Value};

/// Bakes `buns` buns, counts each of them on the shelf, and says so at the end.
fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    // TODO: bake, count, and after the last one `done(number, buns)`.
    todo!()
}

/// Lets all bakers bake, and returns how many buns are on the shelf in the end.
fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    // TODO: one shelf for all, a process per baker.
    todo!()
}

// ---- given: edits below this line are ignored ----

thread_local! {
    /// How many buns this process has baked.
    static BAKED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Bakes a bun, which takes some time. A baker without flour goes home instead.
fn bake() {
    if BAKED.replace(BAKED.get() + 1) == argument(3, u32::MAX) {
        println!("a baker has no flour left");
        gone_home().lock().update(|bakers| bakers + 1);
        std::process::exit(0);
    }
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
}

/// How many bakers have gone home.
static GONE_HOME: std::sync::OnceLock<mp::Value<u32>> = std::sync::OnceLock::new();

/// That number, in memory that the processes share.
fn gone_home() -> &'static mp::Value<u32> {
    GONE_HOME.get_or_init(|| mp::Value::named("gone home", 0))
}

/// What a baker says before going home.
fn done(number: u32, buns: u32) {
    println!("baker {number} baked {buns} buns");
    gone_home().lock().update(|bakers| bakers + 1);
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (bakers, buns) = (argument(1, 3), argument(2, 2));
    gone_home().set(0);
    let count = open_bakery(bakers, buns)?;
    println!("{} bakers have gone home", gone_home().get());
    println!("{count} buns are on the shelf");
    Ok(())
}
