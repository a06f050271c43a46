//! A shared array.
//!
//! An `Array` is a row of numbers in shared memory, of fixed length. Its `get` and `set` are each
//! atomic, for one element. It has one lock, for all elements: whoever holds the guard of `lock`
//! has the whole array, and uses the guard's `get`, `set` and `update`. Don't use the array itself
//! meanwhile: its methods want the same lock, and would wait for you for ever.
//!
//! The task: three trays of buns are an array; a tray with -3 owes three buns. Helpers carry buns
//! from tray to tray, and one more process counts them all, some time in between. Write `carry`:
//! the helper moves the buns from one tray to the other, and walks for it (`walk`), before or
//! after. No bun is made or lost by that, and at no moment is one in no tray or in two. Write
//! `count`, which returns how many buns there are in all trays together. Helpers walk at the same
//! time, so that all have walked after half a second.
//!
//! An argument such as `0-1-5` sends a helper from tray 0 to tray 1 with 5 buns. At first there are
//! ten buns in each tray, or as many as one that begins with `=` tells: `=4-0-9`. With `=?` they
//! are others each time.
//!
//! Why it matters: every number can be right, and their sum is wrong, when they are not from the
//! same moment.
//!
//! Try it by hand:  `course run 10_shared_memory/2_array 0-1-5 1-2-12`
//! Check it:        `course check 10_shared_memory/2_array`

use mp::Array;

/// Moves `buns` from tray `from` to tray `to`; the two may be the same.
fn carry(trays: &Array<i32>, from: usize, to: usize, buns: i32) {
    // TODO: walk, then take out and put in, in one piece.
    todo!()
}

/// How many buns there are in all trays.
fn count(trays: &Array<i32>) -> i32 {
    // TODO: all trays as they are at one moment.
    todo!()
}

// ---- given: edits below this line are ignored ----

/// Walks through the shop, which takes some time.
fn walk() {
    let _inside = mp::section("walk");
    std::thread::sleep(std::time::Duration::from_millis(mp::random(100..500)));
    WALKED.set(true);
}

thread_local! {
    /// Whether this process has walked.
    static WALKED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
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

/// Reads `=4-0-9`: so many buns in the trays. `?` stands for more than ten in each.
fn laid_out(trays: &str) -> [i32; 3] {
    if trays == "?" {
        // Never thirty in all, whatever is drawn.
        return [(); 3].map(|()| mp::random(11..30) as i32);
    }
    let numbers: Vec<i32> = trays.split('-').filter_map(|it| it.parse().ok()).collect();
    let three = numbers.try_into();
    three.unwrap_or_else(|_| panic!("there are three trays, not {trays:?}"))
}

/// A helper's process.
fn helper(trays: &mp::Array<i32>, errand: &str) {
    let (from, to, buns) = parse(errand);
    carry(trays, from, to, buns);
    println!("{buns} buns went from tray {from} to tray {to}");
    if !WALKED.get() {
        println!("nobody has walked for that");
    }
}

/// The process of the one who counts.
fn counter(trays: &mp::Array<i32>, unknown: Option<i32>) {
    match (count(trays), unknown) {
        (buns, None) => println!("there are {buns} buns in the shop"),
        (buns, Some(all)) if buns == all => println!("all buns are in the shop"),
        (buns, Some(all)) => println!("there are {buns} of {all} buns in the shop"),
    }
}

fn main() -> std::io::Result<()> {
    let mut errands: Vec<String> = std::env::args().skip(1).collect();
    if errands.is_empty() {
        errands = ["0-1-5", "1-2-12"].map(String::from).to_vec();
    }
    let unknown = errands.iter().any(|word| word == "=?");
    let mut at_first = [10; 3];
    errands.retain(|word| match word.strip_prefix('=') {
        Some(trays) => {
            at_first = laid_out(trays);
            false
        }
        None => true,
    });
    let trays = mp::Array::named("trays", at_first);
    let unknown = unknown.then(|| at_first.iter().sum());
    let mut started = Vec::new();
    for (number, errand) in (1..).zip(&errands) {
        let helper = mp::Process::new(|| helper(&trays, errand));
        started.push(helper.name(format!("helper {number}")).start()?);
    }
    let counter = mp::Process::new(|| counter(&trays, unknown)).name("counter");
    started.push(counter.start()?);
    for child in &started {
        child.join();
    }
    match unknown {
        None => println!("the trays have {:?}", trays.to_vec()),
        Some(all) if trays.to_vec().iter().sum::<i32>() == all => println!("the trays have all"),
        Some(all) => println!("the trays have {:?} of {all}", trays.to_vec()),
    }
    Ok(())
}
