//! verdict: deadlock, cause: held_while_waiting
//!
//! Holds the number's own lock while it waits: the baker can never add a bun.

fn eater(shelf: &Shelf) {
    let mut held = shelf.changed.lock();
    loop {
        let buns = shelf.buns.lock();
        if buns.get() > 0 {
            break;
        }
        held.wait();
    }
    take(shelf);
    drop(held);
    eat();
}

// ---- given: edits below this line are ignored ----

/// The shelf between the baker and the eaters.
struct Shelf {
    /// The shelf's lock, and the place to wait for a change on the shelf.
    changed: mp::Condition<'static>,
    /// How many buns are on the shelf.
    buns: mp::Value<u32>,
}

/// Takes a bun from the shelf, where one must be. Hold the shelf's lock.
fn take(shelf: &Shelf) {
    let mut buns = shelf.buns.lock();
    match buns.get() {
        0 => println!("there is no bun to take"),
        there => {
            buns.set(there - 1);
            println!("a bun is taken");
        }
    }
}

/// Eats a bun, which takes some time.
fn eat() {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    println!("it was good");
}

/// The baker's process: puts buns on the shelf, and for each wakes up one who waits.
fn baker(shelf: &Shelf, buns: u32) {
    for _ in 0..buns {
        std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
        let held = shelf.changed.lock();
        shelf.buns.lock().update(|there| there + 1);
        held.notify_one();
    }
}

/// The argument at `position`, or `default` where there is none.
fn argument(position: usize, default: u32) -> u32 {
    let text = std::env::args().nth(position);
    text.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() -> std::io::Result<()> {
    let (eaters, buns) = (argument(1, 2), argument(2, 4));
    assert!(buns >= 2 * eaters, "two buns each, or some wait for ever");
    let shelf = Shelf {
        changed: mp::Condition::named("shelf"),
        buns: mp::Value::named("buns", 0),
    };
    let baker = mp::Process::new(|| baker(&shelf, buns)).name("baker");
    let mut started = vec![baker.start()?];
    for number in 1..=eaters {
        let two_buns = || (0..2).for_each(|_| eater(&shelf));
        let eater = mp::Process::new(two_buns).name(format!("eater {number}"));
        started.push(eater.start()?);
    }
    for child in &started {
        child.join();
    }
    println!("the eaters have gone home");
    Ok(())
}
