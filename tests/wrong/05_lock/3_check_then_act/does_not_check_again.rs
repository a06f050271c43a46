//! verdict: wrong_order, cause: check_then_act
//!
//! Checks outside, reads again under the lock, but does not check what it read then.

use mp::Lock;

fn buy(list: &str, lock: &Lock) -> Option<u32> {
    decide();
    if left(list) == 0 {
        return None;
    }
    let _held = lock.lock();
    let bun = left(list);
    note(list, bun.saturating_sub(1));
    Some(bun)
}

// ---- given: edits below this line are ignored ----

/// How many buns are left, as the list says. A list that says nothing means none.
#[track_caller]
fn left(list: &str) -> u32 {
    let text = std::fs::read_to_string(list).unwrap_or_default();
    text.trim().parse().unwrap_or(0)
}

/// Writes on the list how many buns are left.
#[track_caller]
fn note(list: &str, left: u32) {
    std::fs::write(list, format!("{left}\n")).expect("the list can be written");
}

/// The customer decides to have a bun, which takes some time.
fn decide() {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// A customer's process.
fn customer(list: &str, lock: &mp::Lock) {
    match buy(list, lock) {
        Some(bun) => println!("here is bun number {bun}"),
        None => println!("sorry, sold out"),
    }
}

fn main() -> std::io::Result<()> {
    let (buns, customers) = (argument(1, 2), argument(2, 3));
    let list = format!("buns-{}.txt", std::process::id());
    note(&list, buns);
    let lock = mp::Lock::named("list");
    let mut started = Vec::new();
    for _ in 0..customers {
        started.push(mp::Process::new(|| customer(&list, &lock)).start()?);
    }
    for child in &started {
        child.join();
    }
    println!("{} buns are left", left(&list));
    std::fs::remove_file(&list)
}
