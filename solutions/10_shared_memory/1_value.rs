//! A shared counter.
//!
//! A `Value` lies in memory that all processes share: what one sets, the others get. Its `get` is
//! atomic, and so is its `set`: each happens at once or not yet. The two together are not. If two
//! processes get 4, both set 5, and one bun is lost. `lock` gives a guard that holds the value's
//! own lock, for whatever has to happen in one piece.
//!
//! The task: every baker bakes some buns with `bake`, and after each one counts it in shared
//! memory, on one shelf or several. After the last it says `done(number, buns)`. Write `baker`, and
//! `open_bakery`, which starts the bakers 1, 2, 3, ... and returns how many buns are on the shelf
//! when all have gone home: their processes have been joined. The bakers bake at the same time:
//! hold the lock to count, not to bake. And they may run out of flour. `bake` then ends the baker's
//! process, and only what was counted before is on the shelf. Nobody asks again and again.
//!
//! The arguments are the number of bakers, and how many buns each of them bakes. With `short`
//! behind them all have flour for fewer, and nobody knows for how many.
//!
//! Why it matters: the lost update is the most common mistake there is with shared memory.
//!
//! Try it by hand:  `course run 10_shared_memory/1_value 3 2`
//! Check it:        `course check 10_shared_memory/1_value`

use std::io;

use mp::{Process, Value};

/// Bakes `buns` buns, counts each of them on the shelf, and says so at the end.
fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        bake();
        // Reading and writing back under one guard: nobody can count between the two.
        shelf.lock().update(|count| count + 1);
    }
    done(number, buns);
}

/// Lets all bakers bake, and returns how many buns are on the shelf in the end.
fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    // Made before the start: the bakers inherit their way to the same piece of memory.
    let shelf = &Value::named("shelf", 0_u32);
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, buns, shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(shelf.get())
}

// ---- given: edits below this line are ignored ----

/// Who has flour for how many buns. Nobody but `bake` and main look here.
mod flour {
    /// For how many buns was flour used, by all together.
    static USED: std::sync::OnceLock<mp::Value<u32>> = std::sync::OnceLock::new();

    thread_local! {
        /// For how many buns this process still has flour; `None` before the first.
        static LEFT: std::cell::Cell<Option<u64>> = const { std::cell::Cell::new(None) };
    }

    pub(super) fn begin() {
        USED.get_or_init(|| mp::Value::named("buns baked", 0));
    }

    pub(super) fn is_short() -> bool {
        std::env::args().nth(3).is_some()
    }

    pub(super) fn is_untouched() -> bool {
        LEFT.get().is_none()
    }

    pub(super) fn is_out() -> bool {
        let buns = super::argument(2, 2).into();
        let first = || {
            if is_short() {
                // For some: who counts nothing before the end is then wrong whatever is drawn.
                mp::random(u64::from(buns > 1)..buns)
            } else {
                buns
            }
        };
        let left = LEFT.get().unwrap_or_else(first);
        LEFT.set(Some(left.saturating_sub(1)));
        is_short() && left == 0
    }

    pub(super) fn use_up() {
        let used = USED.get().expect("main has begun");
        used.lock().update(|used| used + 1);
    }

    pub(super) fn used() -> u32 {
        USED.get().map_or(0, |used| used.get())
    }
}

/// Bakes a bun, which takes some time. A baker without flour goes home instead.
fn bake() {
    let is_first = flour::is_untouched();
    if flour::is_out() {
        println!("a baker has no flour left");
        gone_home().lock().update(|bakers| bakers + 1);
        std::process::exit(0);
    }
    let _inside = mp::section("bake");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    if is_first || !flour::is_short() {
        println!("a bun is baked");
    }
    flour::use_up();
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
    flour::begin();
    let count = open_bakery(bakers, buns)?;
    println!("{} bakers have gone home", gone_home().get());
    match (flour::is_short(), flour::used()) {
        (true, baked) if count == baked => println!("all that were baked are on the shelf"),
        (true, baked) => println!("{baked} buns were baked, and {count} are on the shelf"),
        (false, _) => println!("{count} buns are on the shelf"),
    }
    Ok(())
}
