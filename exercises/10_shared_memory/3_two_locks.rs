//! One value, two locks.
//!
//! A `RawValue` is shared memory without a lock of its own. A lock protects it only because all who
//! use the value hold the same lock: the lock knows nothing of the value. Where two use one value
//! at the same time, one of them writes, and nothing orders them, that is a data race: it is wrong
//! even when the number happens to be right.
//!
//! The task: the shelf has a back door and a front door, with a lock each. Every baker bakes a bun
//! and puts it on the shelf through the back door, then bakes another and puts it there through the
//! front door, and says `baker 1 put 2 buns` then (with the own number). The program that this one
//! is taken from holds the lock of the back door for the first bun and that of the front door for
//! the second: so two bakers, one at each door, are on the shelf at once. Write it right. Two
//! bakers put 4 buns. `open_bakery` starts the bakers 1, 2, 3, ... and waits until each has said
//! so. They bake at the same time: hold locks to `put_bun`, not to `bake`. Who waits does not ask
//! again and again.
//!
//! The argument is the number of bakers.
//!
//! Why it matters: every single place looks well protected, and the whole is not protected at all.
//!
//! Try it by hand:  `course run 10_shared_memory/3_two_locks 2`
//! Check it:        `course check 10_shared_memory/3_two_locks`

use std::io;

use mp::Process;

/// Bakes a bun for the back door and one for the front door, and says so.
fn baker(number: u32, shelf: &Shelf) {
    // TODO: twice `bake` and `put_bun`. Which lock has to be held, each time?
    todo!()
}

/// Lets bakers 1 to `bakers` bake, and waits for all of them.
fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    // TODO: a process for each baker.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// A shelf in the wall between bakery and shop, and the locks of the doors on its two sides.
struct Shelf {
    buns: mp::RawValue<u32>,
    back: mp::Lock,
    front: mp::Lock,
}

thread_local! {
    /// How many buns this process has baked and not yet put on the shelf.
    static IN_HAND: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

/// Bakes a bun, which takes some time.
fn bake() {
    let _inside = mp::section("bake");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    println!("a bun is baked");
    if IN_HAND.replace(IN_HAND.get() + 1) > 0 {
        println!("another bun is baked that is not on the shelf yet");
    }
}

/// Puts one more bun on the shelf. Nobody else may use the shelf meanwhile.
#[track_caller]
fn put_bun(shelf: &Shelf) {
    match IN_HAND.get().checked_sub(1) {
        Some(others) => IN_HAND.set(others),
        None => println!("no bun is baked that could be put there"),
    }
    shelf.buns.set(shelf.buns.get() + 1);
    println!("a bun is put on the shelf");
}

fn main() -> std::io::Result<()> {
    let first = std::env::args().nth(1);
    let bakers = first.and_then(|text| text.parse().ok()).unwrap_or(2);
    let shelf = Shelf {
        buns: mp::RawValue::named("shelf", 0_u32),
        back: mp::Lock::named("back door"),
        front: mp::Lock::named("front door"),
    };
    open_bakery(bakers, &shelf)?;
    println!("{} buns are on the shelf", shelf.buns.get());
    Ok(())
}
