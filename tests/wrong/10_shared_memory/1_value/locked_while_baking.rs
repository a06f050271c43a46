//! verdict: requirement
//!
//! The shelf is locked while a bun is in the oven: one bakes, the others wait.

use std::io;

use mp::{Process, Value};

fn baker(number: u32, buns: u32, shelf: &Value<u32>) {
    for _ in 0..buns {
        let mut shelf = shelf.lock();
        bake();
        shelf.update(|count| count + 1);
    }
    done(number, buns);
}

fn open_bakery(bakers: u32, buns: u32) -> io::Result<u32> {
    let shelf = &Value::new(0_u32);
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

/// Bakes a bun, which takes some time.
fn bake() {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
}

/// How many bakers have gone home.
static GONE_HOME: std::sync::OnceLock<mp::Value<u32>> = std::sync::OnceLock::new();

/// That number, in memory that the processes share.
fn gone_home() -> &'static mp::Value<u32> {
    GONE_HOME.get_or_init(|| mp::Value::new(0))
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
