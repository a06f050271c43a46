//! Wake up everybody concerned.
//!
//! `notify_one` wakes up one of those who wait, and you cannot say whom. It is right if a change is
//! enough for one, and any of those who wait can use it. Here some customers wait for a sesame bun
//! and others for a poppy bun, all in one condition. When a poppy bun comes, and somebody is woken
//! who wants sesame, the wake-up is used up: who wants poppy sleeps on beside a poppy bun.
//!
//! The task: write both sides. `put` adds the buns of a tray, all of one kind, to those on the
//! shelf, and wakes up whom it concerns. `get` waits for a bun of the wanted kind, and takes it
//! with `take`. `shelf.buns[kind]` is how many there are, and it is changed only while holding the
//! lock of the condition `shelf.changed`. Nobody asks again and again.
//!
//! The arguments are the trays, `p-ss` for one with a poppy bun and one with two sesame buns, and
//! what the customers want, `ssp`. There must be enough of each kind.
//!
//! Why it matters: a `notify_one` that is one too few is a program that hangs, and only when the
//! wrong one happens to be woken.
//!
//! Try it by hand:  `course run 06_condition/4_notify_all p-ss ssp`
//! Check it:        `course check 06_condition/4_notify_all`

/// Puts so many buns of a kind on the shelf, and wakes up whom it concerns.
fn put(shelf: &Shelf, kind: usize, buns: u32) {
    let held = shelf.changed.lock();
    shelf.buns[kind].set(shelf.buns[kind].get() + buns);
    // Which of those who wait want this kind, only they can tell: all have to look.
    held.notify_all();
}

/// Waits until there is a bun of this kind, and takes it.
fn get(shelf: &Shelf, kind: usize) {
    let mut held = shelf.changed.lock();
    held.wait_for(|| shelf.buns[kind].get() > 0);
    take(shelf, kind);
}

// ---- given: edits below this line are ignored ----

/// The kinds of buns.
const KINDS: [&str; 2] = ["sesame", "poppy"];

/// The shelf between the baker and the customers.
struct Shelf {
    /// The shelf's lock, and the place to wait for a change on the shelf.
    changed: mp::Condition<'static>,
    /// How many buns of each kind are on the shelf.
    buns: [mp::Value<u32>; 2],
    /// How many were taken.
    taken: [mp::Value<u32>; 2],
}

/// Takes a bun of this kind from the shelf, where one must be. Hold the shelf's lock.
#[track_caller]
fn take(shelf: &Shelf, kind: usize) {
    let mut buns = shelf.buns[kind].lock();
    match buns.get() {
        0 => println!("there is no {} bun to take", KINDS[kind]),
        there => {
            buns.set(there - 1);
            shelf.taken[kind].lock().update(|taken| taken + 1);
            println!("a {} bun is taken", KINDS[kind]);
        }
    }
}

/// Reads `s` for sesame, and `p` for poppy.
fn kind(letter: char) -> usize {
    let kind = KINDS.iter().position(|name| name.starts_with(letter));
    kind.expect("a kind is s or p")
}

/// The baker's process: a tray after the other.
fn baker(shelf: &Shelf, trays: &str) {
    for tray in trays.split('-') {
        std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
        let kinds = tray.chars().map(kind);
        put(
            shelf,
            kinds.max().expect("no empty tray"),
            tray.len() as u32,
        );
    }
}

fn main() -> std::io::Result<()> {
    let argument = |at| std::env::args().nth(at);
    let trays = argument(1).unwrap_or("p-ss".to_owned());
    let customers = argument(2).unwrap_or("ssp".to_owned());
    let shelf = Shelf {
        changed: mp::Condition::named("shelf"),
        buns: KINDS.map(|kind| mp::Value::named(kind, 0)),
        taken: KINDS.map(|kind| mp::Value::named(&format!("{kind} taken"), 0)),
    };
    let baker = mp::Process::new(|| baker(&shelf, &trays)).name("baker");
    let mut started = vec![baker.start()?];
    for (number, letter) in (1..).zip(customers.chars()) {
        let customer = mp::Process::new(|| get(&shelf, kind(letter)));
        started.push(customer.name(format!("customer {number}")).start()?);
    }
    for child in &started {
        child.join();
    }
    for (kind, name) in KINDS.iter().enumerate() {
        let all = shelf.buns[kind].get() + shelf.taken[kind].get();
        println!("{all} {name} buns were baked");
    }
    Ok(())
}
