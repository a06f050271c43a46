//! verdict: wrong_order, cause: not_atomic
//!
//! No bun is lost, but between the two guards some are in no tray, and may be counted so.

use mp::Array;

fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    walk();
    trays.lock().update(from, |there| there - buns);
    trays.lock().update(to, |there| there + buns);
}

fn count(trays: &Array<i32>) -> i32 {
    trays.to_vec().iter().sum()
}

// ---- given: edits below this line are ignored ----

/// Walks through the shop, which takes some time.
fn walk() {
    let _inside = mp::section("work");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
}

/// Reads `0-1-5`: from tray 0 to tray 1, 5 buns.
fn parse(errand: &str) -> (usize, usize, i32) {
    let numbers: Vec<u16> = errand
        .split('-')
        .filter_map(|text| text.parse().ok())
        .collect();
    match numbers[..] {
        [from @ 0..3, to @ 0..3, buns] => (from.into(), to.into(), buns.into()),
        _ => panic!("an errand is FROM-TO-BUNS with trays 0 to 2, not {errand:?}"),
    }
}

/// A helper's process.
fn helper(trays: &mp::Array<i32>, errand: &str) {
    let (from, to, buns) = parse(errand);
    carry(trays, from, to, buns);
    println!("{buns} buns went from tray {from} to tray {to}");
}

/// The process of the one who counts.
fn counter(trays: &mp::Array<i32>) {
    println!("there are {} buns in the shop", count(trays));
}

fn main() -> std::io::Result<()> {
    let mut errands: Vec<String> = std::env::args().skip(1).collect();
    if errands.is_empty() {
        errands = ["0-1-5", "1-2-12"].map(String::from).to_vec();
    }
    let trays = mp::Array::named("trays", [10_i32, 10, 10]);
    let mut started = Vec::new();
    for errand in &errands {
        started.push(mp::Process::new(|| helper(&trays, errand)).start()?);
    }
    started.push(mp::Process::new(|| counter(&trays)).start()?);
    for child in &started {
        child.join();
    }
    println!("the trays have {:?}", trays.to_vec());
    Ok(())
}
