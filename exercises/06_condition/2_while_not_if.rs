//! Look again.
//!
//! The baker puts buns on the shelf, and for each bun wakes up one of those who wait. So who
//! was woken has a bun, it seems. But before that one has the lock again, somebody may have come
//! in who never waited, seen the bun, and taken it. Being woken tells that it is worth looking,
//! and nothing more.
//!
//! The task: each eater is a process. Write `eater`: it waits until a bun is on the shelf, takes
//! it with `take`, and eats it with `eat`. The state is `shelf.buns`, and it is changed only while
//! holding the lock of the condition `shelf.changed`. Eaters eat at the same time: hold the lock to
//! take a bun, not to eat it. And who waits does not ask again and again.
//!
//! The arguments are how many eaters there are, and how many buns the baker bakes, one after the
//! other. Each eater eats two, so `eater` is called twice; there must be enough buns for all.
//!
//! Why it matters: with an `if` the program is right nearly always, and every test on your machine
//! will tell you that it is.
//!
//! Try it by hand:  `course run 06_condition/2_while_not_if 2 4`
//! Check it:        `course check 06_condition/2_while_not_if`

/// Waits for a bun, takes it, and eats it.
fn eater(shelf: &Shelf) {
    // TODO: wait for a bun; `take(shelf)`; then let others take theirs, and `eat()`.
    todo!()
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
#[track_caller]
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
    let _inside = mp::section("eat");
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
