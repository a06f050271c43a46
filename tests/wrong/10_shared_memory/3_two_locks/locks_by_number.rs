//! verdict: data_race, cause: two_locks
//!
//! Bakers with an even number lock another door than those with an odd one.

use std::io;

use mp::Process;

fn baker(number: u32, shelf: &Shelf) {
    let door = if number % 2 == 0 {
        &shelf.back
    } else {
        &shelf.front
    };
    for _ in 0..2 {
        bake();
        let _held = door.lock();
        put_bun(shelf);
    }
    println!("baker {number} put 2 buns");
}

fn open_bakery(bakers: u32, shelf: &Shelf) -> io::Result<()> {
    let mut started = Vec::new();
    for number in 1..=bakers {
        started.push(Process::new(move || baker(number, shelf)).start()?);
    }
    for child in &started {
        child.join();
    }
    Ok(())
}

// ---- given: edits below this line are ignored ----

/// A shelf in the wall between bakery and shop, and the locks of the doors on its two sides.
struct Shelf {
    buns: mp::RawValue<u32>,
    back: mp::Lock,
    front: mp::Lock,
}

/// Bakes a bun, which takes some time.
fn bake() {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
}

/// Puts one more bun on the shelf. Nobody else may use the shelf meanwhile.
#[track_caller]
fn put_bun(shelf: &Shelf) {
    shelf.buns.set(shelf.buns.get() + 1);
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
